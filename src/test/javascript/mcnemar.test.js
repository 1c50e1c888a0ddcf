import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../main/resources/io/sparkperceptron/report/data.js";
import { mcnemarSentence, mcnemarText, nextBest } from "../../main/resources/io/sparkperceptron/report/mcnemar.js";
import { divergedRun, floats, integers, last, madeUpRun, show } from "./madeup.js";

const better = madeUpRun();
const worse = madeUpRun({ name: "logistic-2", last: last({ train: 0.2, test: 0.2 }) });

function comparison(onlyBetter, onlyWorse, pValue, chiSquare) {
    show([better, worse], {
        comparison: {
            runs: [0, 1],
            onlyFirstWrong: integers(0, onlyBetter, onlyWorse, 0),
            pValues: floats(1, pValue, pValue, 1),
            chiSquares: floats(NaN, chiSquare, chiSquare, NaN),
        },
    });
    return sentence(report.runs[0], report.runs[1]);
}

/** With plain spaces. */
function sentence(a, b) {
    return mcnemarSentence(a, b).replaceAll("\u00a0", " ");
}

test("a small p shows that one is better, whichever is named first", () => {
    const test = "(exact binomial test, p = 0.0021): logistic-1 is better, and chance alone would rarely";
    assert.ok(
        comparison(2, 15, 0.0021, NaN).startsWith(
            "Only logistic-1 is wrong on 2 test images, only logistic-2 on 15 " + test,
        ),
    );
    assert.ok(
        sentence(report.runs[1], report.runs[0]).startsWith(
            "Only logistic-2 is wrong on 15 test images, only logistic-1 on 2 " + test,
        ),
    );
});

test("a large p shows nothing", () => {
    assert.match(comparison(9, 11, 0.82, NaN), /p = 0\.82\): chance alone could well make .* neither is shown/);
});

test("of many examples chi-square is told", () => {
    assert.match(comparison(500, 600, 0.0028, 8.91), /\(chi-square 8\.91 with continuity correction, p = 0\.0028\)/);
});

test("runs that are wrong on the same examples need no test", () => {
    assert.match(comparison(0, 0, 1, NaN), /on 0: they are wrong on exactly the same ones\.$/);
});

test("a run is compared with the best of the others first", () => {
    show([worse, better, divergedRun()], { chosen: 1 });
    assert.equal(nextBest(report.runs[1]), report.runs[0]);
    assert.equal(nextBest(report.runs[0]), report.runs[1]);
});

test("where not all runs are compared, that is said", () => {
    comparison(1, 2, 1, NaN);
    assert.equal(mcnemarText().filter(Boolean).length, 3);
    const two = {
        comparison: {
            runs: [0, 2],
            onlyFirstWrong: integers(0, 1, 4, 0),
            pValues: floats(1, 1, 1, 1),
            chiSquares: floats(NaN, NaN, NaN, NaN),
        },
    };
    show([better, divergedRun(), worse], two);
    assert.equal(mcnemarText().filter(Boolean).length, 3);
    show([better, madeUpRun({ name: "mse-1" }), worse], two);
    assert.match(mcnemarText().at(-1), /compares the 2 runs with the lowest test error; it has no room for all 3\./);
    assert.match(sentence(report.runs[0], report.runs[2]), /on 1 test image, only logistic-2 on 4 /);
});
