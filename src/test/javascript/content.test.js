import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answers } from "../../main/resources/io/sparkperceptron/report/answers.js";
import { confusionText } from "../../main/resources/io/sparkperceptron/report/confusion.js";
import { curvatureText } from "../../main/resources/io/sparkperceptron/report/curvature.js";
import { load, report } from "../../main/resources/io/sparkperceptron/report/data.js";
import { framesOf } from "../../main/resources/io/sparkperceptron/report/film.js";
import { noteSentences, resultSentence } from "../../main/resources/io/sparkperceptron/report/header.js";
import { histogramText } from "../../main/resources/io/sparkperceptron/report/histogram.js";
import { curvesText } from "../../main/resources/io/sparkperceptron/report/learning.js";
import { mcnemarSentence, mcnemarText } from "../../main/resources/io/sparkperceptron/report/mcnemar.js";
import { inputsOf, scoresOf } from "../../main/resources/io/sparkperceptron/report/perceptrons.js";
import { ratesText } from "../../main/resources/io/sparkperceptron/report/rates.js";
import { neededText } from "../../main/resources/io/sparkperceptron/report/needed.js";
import { weightsText } from "../../main/resources/io/sparkperceptron/report/reading.js";
import { sweepColumns, sweepText } from "../../main/resources/io/sparkperceptron/report/sweep.js";

/** Files with the contents of pages as Java writes them; PageScriptsTest names them. */
const files = process.env.PAGE_CONTENT;

test("the scripts find all they speak of in what Java writes", { skip: files ? false : "no PAGE_CONTENT" }, () => {
    files.split(":").forEach(checkSentences);
});

function checkSentences(file) {
    load(readFileSync(file, "utf8"));
    const texts = [
        resultSentence(),
        noteSentences(),
        curvesText(),
        sweepText(),
        mcnemarText(),
        ratesText(),
        neededText(),
        curvatureText(),
        answers().map(({ number, sentence }) => `${number} ${sentence}`),
    ];
    for (const { question, sentence } of answers()) {
        assert.ok(sentence.split(/\s+/).length <= 20, `${question} ${sentence}`);
    }
    for (const run of report.runs) {
        if (run.measured) {
            texts.push(histogramText(run), confusionText(run));
        }
        if (run.weights) {
            texts.push(weightsText(run));
            framesOf(run).forEach((frame) => assert.equal(frame.values(0).length, report.features));
            assert.ok(scoresOf(run, inputsOf(new Uint8Array(report.features).fill(1))).every(Number.isFinite));
        }
        sweepColumns()
            .filter((column) => column.heading !== "verdict")
            .forEach((column) => texts.push(column.show(run)));
    }
    const compared = report.comparison.runs.map((index) => report.runs[index]);
    compared.forEach((run) => compared.forEach((other) => texts.push(mcnemarSentence(run, other))));
    const spoken = texts.flat(2);
    assert.ok(spoken.length > 50, String(spoken.length));
    spoken.forEach((text) => assert.doesNotMatch(text, /undefined|NaN|null|\[object/));
}
