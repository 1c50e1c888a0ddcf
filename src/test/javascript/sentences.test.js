import assert from "node:assert/strict";
import { test } from "node:test";
import { answers } from "../../main/resources/io/sparkperceptron/report/answers.js";
import { climbSentence, cycleSentence } from "../../main/resources/io/sparkperceptron/report/behaviour.js";
import { cellIn, cellSentence, confusedPairs, confusionText } from "../../main/resources/io/sparkperceptron/report/confusion.js";
import { curvatureText, residualSentence } from "../../main/resources/io/sparkperceptron/report/curvature.js";
import { dashName, extraWidth } from "../../main/resources/io/sparkperceptron/report/colours.js";
import { families, reading, report } from "../../main/resources/io/sparkperceptron/report/data.js";
import { sectionRunText } from "../../main/resources/io/sparkperceptron/report/dom.js";
import { changedSentence, rivalrySentence } from "../../main/resources/io/sparkperceptron/report/evidence.js";
import { cutOffSentence, dashKey, largestOfCalm, runsOfButton, trialKey } from "../../main/resources/io/sparkperceptron/report/curves.js";
import { derivativeSentence } from "../../main/resources/io/sparkperceptron/report/formulas.js";
import { kickerText, noteSentences, resultSentence } from "../../main/resources/io/sparkperceptron/report/header.js";
import { histogramText } from "../../main/resources/io/sparkperceptron/report/histogram.js";
import { curvesText, doublingSentence } from "../../main/resources/io/sparkperceptron/report/learning.js";
import { noWeightsSentence, runnerUpOf } from "../../main/resources/io/sparkperceptron/report/perceptrons.js";
import { ratesText, spreadKey } from "../../main/resources/io/sparkperceptron/report/rates.js";
import { boundMarks, curvatureMarks } from "../../main/resources/io/sparkperceptron/report/rateaxis.js";
import { reachedCell, reachedText, reasonableText } from "../../main/resources/io/sparkperceptron/report/reasonable.js";
import { differenceSentence, sumSentence } from "../../main/resources/io/sparkperceptron/report/reasons.js";
import { weightsText } from "../../main/resources/io/sparkperceptron/report/reading.js";
import {
    compareValues,
    reasonableCell,
    sweepColumns,
    sweepText,
} from "../../main/resources/io/sparkperceptron/report/sweep.js";
import { curves, divergedRun, floats, integers, last, lbfgsRun, madeUpRun, show } from "./madeup.js";

/** Paragraphs or sentences as one text, with plain spaces. */
function spoken(text) {
    return [text].flat(2).filter(Boolean).join(" ").replaceAll("\u00a0", " ");
}

function says(text, ...parts) {
    const all = spoken(text);
    assert.doesNotMatch(all, /undefined|NaN|null|\[object/);
    parts.forEach((part) => assert.ok(all.includes(part), `expected "${part}" in: ${all}`));
}

function saysNot(text, ...parts) {
    parts.forEach((part) => assert.ok(!spoken(text).includes(part), `expected no "${part}" in: ${spoken(text)}`));
}

test("the header says what the chosen run comes to, and how sure that is", () => {
    show([madeUpRun()]);
    says(resultSentence(), "logistic-1 gets 11.00 % of 100 test images wrong after 4 epochs on 1,000 training images.");
    says(noteSentences(), "interval, 9.00–13.00 %,", "took 90 seconds");
    saysNot(noteSentences(), "It is the best of");
});

test("the header says who chose among several", () => {
    show([madeUpRun(), divergedRun()], { finished: "2024-01-01T01:00:00Z" });
    says(noteSentences(), "best of 2 runs by test error. As the test set itself did the choosing", "took 60 minutes");
    show([madeUpRun({ last: last({ train: 0.1, validation: 0.1, test: 0.1 }) }), divergedRun()], {
        chooser: "validation",
        finished: null,
    });
    says(noteSentences(), "by validation error. The test set had no part in the choice.");
    saysNot(noteSentences(), "The training took");
    report.folds = 5;
    says(noteSentences(), "by validation error, the mean over 5 folds. The test set had no part in the choice.");
});

test("without a finite run there is no result", () => {
    show([divergedRun()]);
    says(resultSentence(), "mse-100 diverged, so there is no result");
    assert.deepEqual(noteSentences(), []);
    show([divergedRun(), divergedRun({ name: "mse-1000" })]);
    says(resultSentence(), "Every run diverged");
});

test("features that are no pixels belong to examples, not images", () => {
    show([madeUpRun()], { image: null });
    says(resultSentence(), "100 test examples wrong");
});

test("curves: how far the error falls, where it flattens and settles, and the gap", () => {
    const epochs = integers(0, 5, 10, 15, 20);
    show([madeUpRun({ lastEpoch: 20, margin: 0.02 })], { epochs });
    says(
        curvesText(),
        "falls from 60.00 % at the start to 11.00 % at its best, after epoch 3. Nine tenths of this fall are done by epoch 10,",
        "From epoch 2 on it stays within one standard error (2.00 percentage points) of its best: more epochs change less",
        "after epoch 20, it gets 10.00 % of the training set and 11.00 % of the test set wrong.",
        "no sign of overfitting",
    );
    saysNot(curvesText(), "stopping earlier");
});

test("curves: a steep fall flattens", () => {
    const steep = { curves: curves({ train: [0.5, 0.1, 0.1, 0.1, 0.1], test: [0.6, 0.11, 0.11, 0.11, 0.11] }) };
    show([madeUpRun({ ...steep, lastEpoch: 20 })], { epochs: integers(0, 5, 10, 15, 20) });
    says(curvesText(), "done by epoch 5; then the curve flattens.");
    show([madeUpRun(steep)]);
    says(curvesText(), "at its best, after epoch 3.");
    saysNot(curvesText(), "Nine tenths", "flatten");
});

test("curves: a run may overfit, rise again, not settle, or not fall at all", () => {
    show([madeUpRun({ last: last({ train: 0.05, test: 0.25 }), reasonableEpochs: null })]);
    says(
        curvesText(),
        "The test error is 20.00 percentage points higher",
        "ends above its best by more than a standard error: stopping earlier",
        "Within 4 epochs it does not settle at its best",
    );
    show([madeUpRun({ margin: 0.6 })]);
    says(curvesText(), "The test error of logistic-1 falls by no more than a standard error.");
});

test("curves: the validation set chooses where there is one", () => {
    show(
        [
            madeUpRun({
                curves: curves({ train: [0.5, 0.1], validation: [0.4, 0.11], test: [0.6, 0.2] }),
                last: last({ train: 0.1, validation: 0.11, test: 0.2 }),
            }),
        ],
        { chooser: "validation" },
    );
    says(curvesText(), "The validation error of logistic-1 falls from 40.00 %");
});

test("curves: folds may be at their best after the run on all rows has ended", () => {
    show(
        [
            madeUpRun({
                lastEpoch: 20,
                curves: curves({ train: [0.5, 0.4], validation: [0.6, 0.5], test: [0.6, 0.5] }),
                last: last({ train: 0.4, validation: 0.5, test: 0.5 }),
                best: { error: 0.2, epoch: 31 },
                reasonableEpochs: null,
            }),
        ],
        { chooser: "validation", folds: 5, epochs: integers(0, 20) },
    );
    says(
        curvesText(),
        "falls from 60.00 % at the start to 20.00 % at its best, after epoch 31, when folds were still trained and the run on all "
            + "rows had ended.",
    );
    saysNot(curvesText(), "Nine tenths", "stopping earlier");
});

test("curves: neither without epochs nor of a run that diverged is there one", () => {
    show([divergedRun()]);
    says(curvesText(), "No run ended with finite weights");
    show([madeUpRun({ lastEpoch: 0 })], { epochs: "AAAAAA==" });
    says(curvesText(), "This training has no epochs");
});

test("the table counts verdicts", () => {
    show([madeUpRun(), divergedRun(), divergedRun({ name: "mse-1000" })]);
    says(sweepText(), "Of 3 runs: 1 steady and 2 diverged.", "the test error stays within", "Rate / bound");
    show([divergedRun()]);
    says(sweepText(), "The only run is diverged.");
});

test("the table says how many epochs are reasonable, or that it takes more than there were", () => {
    assert.equal(reasonableCell(madeUpRun()), "2");
    assert.equal(reasonableCell(madeUpRun({ reasonableEpochs: null })), "> 4");
    const saturated = { kind: "saturated", epoch: 1, reason: "" };
    assert.equal(reasonableCell(madeUpRun({ reasonableEpochs: null, verdict: saturated })), "–");
    assert.equal(reasonableCell(divergedRun()), "–");
});

test("missing values come last, whichever way a column is sorted", () => {
    for (const descending of [false, true]) {
        const sorted = [2, null, 1, null, 3].sort((a, b) => compareValues(a, b, descending));
        assert.deepEqual(sorted, [...(descending ? [3, 2, 1] : [1, 2, 3]), null, null]);
    }
});

test("rates: the best of each loss, and what became of the others", () => {
    const verdict = (kind) => ({ kind, epoch: 1, reason: "" });
    show([
        madeUpRun({ name: "logistic-0.1", rate: 0.1, verdict: verdict("too slow"), last: last({ train: 0.4, test: 0.4 }) }),
        madeUpRun(),
        madeUpRun({ name: "logistic-2", rate: 2, verdict: verdict("oscillating"), last: last({ train: 0.3, test: 0.3 }) }),
        divergedRun(),
    ]);
    says(
        ratesText(),
        "With the logistic loss the lowest final test error, 11.00 %, is at rate 1; too slow within these epochs: 0.1; "
            + "oscillating: 2.",
        "With the mse loss every run diverged.",
        "eigenvalue of XᵀX/n is 20;",
        "at most L = 5 per unit",
        "below 2/L = 0.4 logistic descent never raises the cost",
        "The slope of the mse cost changes by at most L = 1.5, so its rate is 1.3.",
    );
});

test("rates: a bound is never rounded upwards, nor what is at most so much downwards", () => {
    const mse = madeUpRun({ name: "mse-1", loss: "mse", bound: 0.6659 });
    show([madeUpRun({ bound: 0.20507 }), mse], {
        stability: {
            eigenvalue: 39.0126,
            losses: [
                { label: "logistic", smoothness: 9.75312, rate: 0.20507, saturates: false },
                { label: "mse", smoothness: 3.00424, rate: 0.66573, saturates: true },
            ],
        },
    });
    assert.deepEqual(
        boundMarks().map(({ label }) => label),
        ["guaranteed, logistic: 0.205", "guaranteed, mse: 0.665"],
    );
    says(
        ratesText(),
        "at most L = 9.754 per unit of weight. With a rate below 2/L = 0.205 logistic descent",
        "at most L = 3.005, so its rate is 0.665.",
    );
    show([madeUpRun({ bound: 0.20559 })]);
    says(answers()[1].sentence, "Below 0.205 no step can raise the cost.");
});

test("a third loss has its sentences, marks, families and dashes", () => {
    const hinge = { loss: "hinge", bound: 0.1 };
    show([madeUpRun(), madeUpRun({ name: "hinge-1", ...hinge }), madeUpRun({ name: "hinge-2", rate: 2, ...hinge })], {
        stability: {
            eigenvalue: 20,
            losses: [
                { label: "logistic", smoothness: 5, rate: 0.4, saturates: false },
                { label: "mse", smoothness: 1.5, rate: 1.3, saturates: true },
                { label: "hinge", smoothness: 20, rate: 0.1, saturates: false },
            ],
        },
    });
    says(
        ratesText(),
        "With the hinge loss the lowest final test error",
        "The slope of the hinge cost changes by at most L = 20, so its rate is 0.1.",
    );
    saysNot(ratesText(), "mse");
    assert.ok(boundMarks().some(({ label }) => label === "guaranteed, hinge: 0.1"));
    assert.deepEqual(
        families().map(({ label, runs }) => [label, runs.length]),
        [
            ["logistic", 1],
            ["hinge", 2],
        ],
    );
    assert.deepEqual(report.runs.map(dashName), ["solid", "dotted", "dotted"]);
    assert.equal(dashKey(), "Solid: logistic; dashed: mse; dotted: hinge.");
    show([madeUpRun()]);
    assert.equal(dashKey(), "");
});

test("the table does not say that a rate beside its bound is at it", () => {
    const { show: text, value } = sweepColumns().find(({ heading }) => heading === "rate / bound");
    assert.equal(typeof value, "function");
    const ratios = [0.997, 1, 1.003, 2.438].map((rate) => text(madeUpRun({ rate, bound: 1 })));
    assert.deepEqual(ratios, ["< 1", "1", "> 1", "2.4"]);
});

test("rates: where more than they is varied, runs go by their names", () => {
    const punished = madeUpRun({ name: "logistic-1-l2-0.5", l2: 0.5, momentum: 0.9, last: last({ train: 0.1, test: 0.1 }) });
    const slow = madeUpRun({
        name: "logistic-0.1-l2-0",
        rate: 0.1,
        verdict: { kind: "too slow", epoch: 1, reason: "Its cost is still falling." },
    });
    show([punished, slow]);
    says(
        ratesText(),
        "10.00 %, is at rate 1 (logistic-1-l2-0.5); too slow within these epochs: logistic-0.1-l2-0.",
        "With an l2 penalty λ, read L + λ for L",
        "With momentum β the rate is 2 (1 + β)/L",
    );
    says(curvatureText(), "read rate × (curvature + λ) / (1 + β) for rate × curvature.");
    show([madeUpRun(), slow]);
    saysNot(ratesText(), "l2 penalty", "momentum");
    saysNot(curvatureText(), "(1 + β)");
});

test("rates: one rate cannot show what others would do", () => {
    show([madeUpRun()]);
    says(ratesText(), "has only one rate, 1,");
    saysNot(ratesText(), "mse cost");
    assert.deepEqual(boundMarks(), [{ x: 0.4, label: "guaranteed, logistic: 0.4" }]);
    show([madeUpRun(), madeUpRun({ name: "mse-1", loss: "mse", bound: 1.3 })]);
    assert.deepEqual(
        boundMarks().map(({ label }) => label),
        ["guaranteed, logistic: 0.4", "guaranteed, mse: 1.3"],
    );
});

test("reasonable epochs: their range, and how many runs have none", () => {
    const open = { rate: 3, reasonableEpochs: null };
    show([
        madeUpRun(),
        madeUpRun({ name: "logistic-2", rate: 2, reasonableEpochs: 1 }),
        madeUpRun({ name: "logistic-3", ...open }),
        divergedRun(),
    ]);
    says(
        reasonableText(),
        "for the last fifth of the epochs, or if the run is too slow, saturated or diverged.",
        "1 run saturated or diverged: more epochs would not help.",
        "it ranges from 1 (logistic-2, best error 11.00 %) to 2 (logistic-1, 11.00 %).",
        "1 run did not settle within the budget: how many epochs it needs,",
    );
    show([madeUpRun(), madeUpRun({ name: "logistic-2", rate: 2 })]);
    says(reasonableText(), "Of all 2 runs that have one it is 2.");
    saysNot(reasonableText(), "ranges");
    show([madeUpRun(), madeUpRun({ name: "logistic-3", ...open }), madeUpRun({ name: "logistic-4", ...open })]);
    says(reasonableText(), "Of logistic-1 it is 2.", "2 runs did not settle", "they need");
    saysNot(reasonableText(), "would not help");
    show([madeUpRun()]);
    saysNot(reasonableText(), "settle within the budget", "no praise");
});

test("curvature: a rate above the bound may calm down", () => {
    show([madeUpRun(), divergedRun()]);
    says(
        curvatureText(),
        "The one logistic run above the bound ends with rate × curvature at 2 or below.",
        "For logistic-1 it goes from 5 (epoch 0) to 1.5 (epoch 4).",
    );
    show([madeUpRun({ rate: 2 })]);
    says(curvatureText(), "The one logistic run above the bound ends with rate × curvature above 2.");
    show([madeUpRun(), madeUpRun({ name: "logistic-2", rate: 2 })]);
    says(curvatureText(), "Of 2 logistic runs above the bound, 1 end with rate × curvature at 2 or below.");
    show([madeUpRun({ rate: 0.3 }), divergedRun()]);
    says(curvatureText(), "No logistic run here has a rate above the bound");
});

test("curvature: a sample is said to be one", () => {
    show([madeUpRun()]);
    says(curvatureText(), "largest in size of any perceptron's second derivative of the cost. A few steps");
    show([madeUpRun()], { curvatureRows: 400 });
    says(
        curvatureText(),
        "second derivative of the cost, estimated on 400 of the 1,000 training examples, evenly spread.",
    );
});

test("weights: extremes, the middle, and how much neighbours resemble each other", () => {
    show([madeUpRun()]);
    says(
        weightsText(report.runs[0]),
        "The weights of logistic-1 go from −1.00 (class 0, row 0, column 1) to +1.00 (class 0, row 0, column 0).",
        "Weights of neighbouring pixels correlate with −0.89: the pictures are mostly grain",
    );
    saysNot(weightsText(report.runs[0]), "In the middle");
});

/** Two classes of three by three pixels. */
function showPixels(first, second) {
    show([madeUpRun({ weights: floats(...first, 0, ...second, 0) })], { features: 9, image: { height: 3, width: 3 } });
    return weightsText(report.runs[0]);
}

/** All pixels alike but that in the middle. */
const around = (outer, middle) => [outer, outer, outer, outer, middle, outer, outer, outer, outer];

test("weights: what ink in the middle speaks for, and what not", () => {
    says(
        showPixels(around(0.5, -0.3), around(0.5, 0.4)),
        "In the middle of the image ink speaks most against 0 (mean weight −0.30) and most for 1 (+0.40).",
    );
    says(
        showPixels(around(0.5, -0.3), around(0.5, -0.1)),
        "ink speaks most against 0 (mean weight −0.30) and least against 1 (−0.10).",
    );
    says(showPixels(around(0.5, 0.3), around(0.5, 0.1)), "ink speaks least for 1 (mean weight +0.10) and most for 0 (+0.30).");
    says(showPixels(around(0.5, 0.3), around(0.5, 0.001)), "least for 1 (mean weight 0.00) and most for 0 (+0.30).");
    for (const [first, second] of [
        [-0.034, -0.031],
        [0.001, -0.001],
        [0.2, 0.2],
    ]) {
        saysNot(showPixels(around(0.5, first), around(0.5, second)), "In the middle");
    }
});

test("weights: small ones have digits, alike ones are one, and zero has no sign", () => {
    says(
        showPixels(around(1e-5, 0), around(0, -0.0002)),
        "go from −0.00020 (class 1, row 1, column 1) to +0.00001 (class 0, row 0, column 0).",
    );
    says(showPixels(around(0.5, 0.25), around(0.5, 0.5)), "from +0.25 (class 0, row 1, column 1) to +0.50 (class 0, row 0, column 0)");
    says(showPixels(around(0.5, 0.5), around(0.5, 0.501)), "All weights of logistic-1 are +0.50.");
});

test("weights: neighbours that do not resemble each other do not correlate with minus zero", () => {
    // In each picture the product of one pair of neighbours is 1, that of another -1, and the mean of all is 0.
    const text = showPixels([1, 1, 0, -1, 1, 0, 0, 0, 0], [-1, -1, 0, 1, -1, 0, 0, 0, 0]);
    says(text, "Weights of neighbouring pixels do not correlate: the pictures are mostly grain");
    saysNot(text, "0.00:");
});

test("weights: smooth pictures are told from grain", () => {
    const ramp = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const picture = (weights) => show([madeUpRun({ weights: floats(...weights, 0, ...weights, 0) })], {
        features: 9,
        image: { height: 3, width: 3 },
    });
    picture(ramp);
    says(weightsText(report.runs[0]), "smooth, as strokes are");
    picture([1, -1, 1, -1, 1, -1, 1, -1, 1]);
    says(weightsText(report.runs[0]), "mostly grain");
    picture([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    saysNot(weightsText(report.runs[0]), "correlate");
});

test("weights: there may be none, or nothing learnt", () => {
    show([madeUpRun({ lastEpoch: 0 })]);
    says(weightsText(report.runs[0]), "After 0 epochs", "nothing is learnt");
    says(noWeightsSentence("to show"), "There was no room on this page for weights to show");
    show([divergedRun()]);
    says(noWeightsSentence("to try"), "No run here has finite weights to try.");
});

test("histogram: why it peaks at zero", () => {
    show([madeUpRun()]);
    says(
        histogramText(report.runs[0]),
        "Of the 8 weights of logistic-1, 6 (75 %) are within ±0.05 of zero.",
        "1 feature of 4 is zero in every training example.",
        "(2 in all classes) stay where they started: at zero.",
        "Of the other 4 weights there, 75 % belong to features",
        "The rest belong to",
    );
});

test("histogram: a random start, all features rare, none still, no epochs", () => {
    const measured = (histogram) => ({ ...madeUpRun().measured, histogram });
    show([madeUpRun({ measured: measured({ width: 1, moving: [0, 2, 0], still: [1, 1, 0], rarelyInked: 1 }) })], {
        neverMoving: 2,
    });
    says(histogramText(report.runs[0]), "2 features of 4 are zero", "stay where they started; 1 of them are in the middle");
    saysNot(histogramText(report.runs[0]), "The rest belong to");
    show([madeUpRun({ lastEpoch: 0, measured: measured({ width: 1, moving: [0, 0, 1], still: [0, 0, 0], rarelyInked: null }) })], {
        neverMoving: 0,
    });
    says(histogramText(report.runs[0]), "After 0 epochs every weight is where it started.", "none is held still");
    saysNot(histogramText(report.runs[0]), "Of the other");
});

test("histogram: neither all nor nothing where it is neither", () => {
    const histogram = { width: 1, moving: [1, 999, 0], still: [0, 0, 0], rarelyInked: 0.998 };
    show([madeUpRun({ measured: { ...madeUpRun().measured, histogram } })]);
    says(
        histogramText(report.runs[0]),
        "Of the 1,000 weights of logistic-1, 999 (over 99 %) are within",
        "over 99 % belong to features that are not zero",
        "The rest belong to",
    );
    assert.equal(spoken(answers()[3].number), "over 99 %");
});

test("confusion: how many are wrong, which most, and how sure the perceptrons are", () => {
    show([madeUpRun()]);
    says(
        confusionText(report.runs[0]),
        "logistic-1 gets 11 of 100 test images wrong. Most frequent: 0 taken for 1 (10) and 1 taken for 0 (1).",
        "On 3 test images no perceptron says yes (z > 0), on 1 several do: the largest score decides.",
    );
    saysNot(confusionText(report.runs[0]), "the largest score is shared");
    assert.deepEqual(confusedPairs(report.runs[0])[0], { label: 0, prediction: 1, rows: 10 });
});

test("confusion: ties, and no mistakes", () => {
    const measured = (others) => ({ ...madeUpRun().measured, ...others });
    show([
        madeUpRun({ measured: measured({ answers: { none: 0, several: 0, ties: 2 } }) }),
        madeUpRun({ measured: measured({ confusion: [60, 0, 0, 40], recalls: [1, 1] }) }),
    ]);
    says(confusionText(report.runs[0]), "On 2 the largest score is shared");
    says(confusionText(report.runs[1]), "gets every test example right");
});

test("confusion: the URL names a cell", () => {
    show([madeUpRun()]);
    assert.deepEqual(cellIn("0,1"), [0, 1]);
    for (const text of [undefined, "", "0", "0,2", "1,-1", "a,b", "0,1.0"]) {
        assert.equal(cellIn(text), null, text);
    }
});

test("confusion: a cell says how many there are and how many are shown", () => {
    show([madeUpRun()]);
    says(cellSentence(0, 1, 10, 2), "Label 0, answer 1: 10 images, of which this page stores 2.");
    says(cellSentence(0, 1, 1, 1), "1 image, the most confident first.");
    says(cellSentence(0, 1, 10, 0), "none of them is stored in this page.");
    assert.ok(spoken(cellSentence(1, 1, 0, 0)).endsWith("0 images."));
});

test("classes are called by their labels", () => {
    show([madeUpRun()], { labels: [-1, 7] });
    says(confusionText(report.runs[0]), "-1 taken for 7 (10)");
    says(cellSentence(0, 1, 10, 2), "Label -1, answer 7: 10 images");
    says(rivalrySentence([2, 0.5], 0, 1, true), "Right: -1 leads 7, the second,");
    says(weightsText(report.runs[0]), "(class -1, row");
});

test("weights of scaled pixels say so", () => {
    show([madeUpRun()]);
    saysNot(weightsText(report.runs[0]), "standard deviations");
    show([madeUpRun()], { factors: floats(1, 2, 0.5, 1) });
    says(weightsText(report.runs[0]), "Ink is counted in standard deviations of its pixel");
});

test("evidence: who wins by how much, and what adds up to it", () => {
    show([madeUpRun()]);
    says(rivalrySentence([2, 0.5], 0, 1, true), "Right: 0 leads 1, the second, by 1.5 in z.");
    says(rivalrySentence([2, 0.5], 0, 1, false), "Wrong: 0 beats the true 1 by 1.5 in z.");
    says(rivalrySentence([0.5, 0.5], 0, 1, true), "Right: 0 has the z of 1, the second, as far as this page's digits tell. The");
    says(rivalrySentence([0.5, 0.5], 0, 1, false), "Wrong: 0 has the z of the true 1, as far as this page's digits tell. The");
    says(changedSentence([0.5, 0.5], 0, 1, 3), "the answer is 0: 0 and 1 have the same z.");
    says(sumSentence([1, -0.5, 0.25], -0.25), "+1.25 for, −0.50 against, bias −0.25");
    says(sumSentence([0.001], -0.001), "0.00 for, 0.00 against, bias 0.00");
    const run = report.runs[0];
    says(
        differenceSentence(run, [1, -0.5, 0.25, 0], [2, 0.75], [[0, "the answer"], [1, "second"]]),
        "0 less 1: +1.25 for, −0.50 against, bias +0.50: a difference of +1.250 in z",
    );
    says(changedSentence([2, 0.5], 0, 1, 3), "With 3 pixels of it changed the answer is 0: 0 leads 1 by 1.5 in z.");
    says(changedSentence([0.5, 2], 0, 1, 1), "With 1 pixel of it changed the answer is 1: 1 leads 0 by 1.5 in z.");
    assert.equal(runnerUpOf([3, 1, 2], 0), 2);
});

test("the formulas' derivatives agree with central differences", () => {
    says(derivativeSentence(), "at 321 places from −8 to 8");
    const [, exponent] = /at most \d+e−(\d+)\.$/.exec(derivativeSentence());
    assert.ok(Number(exponent) >= 8, exponent);
});

test("answers: a number and a sentence for each question", () => {
    show([madeUpRun()]);
    const [epochs, rate, weights, histogram, mistakes] = answers();
    assert.equal(epochs.number, "2");
    says(epochs.sentence, "From then on the test error of logistic-1 stays within a standard error of its best.");
    assert.equal(rate.number, "1");
    says(rate.sentence, "The only rate of this training. Below 0.4 no step can raise the cost.");
    assert.equal(weights.number, "class 0");
    assert.equal(spoken(histogram.number), "75 %");
    says(histogram.sentence, "of the weights are within ±0.05 of zero. Of these, 2 never moved: their features are zero in every training example.");
    assert.equal(mistakes.number, "11 of 100");
    says(mistakes.sentence, "most often it takes 0 for 1, 10 times.");
});

test("answers: what is not known is not said", () => {
    const run = madeUpRun({ reasonableEpochs: null, lastEpoch: 20, measured: null, weights: null });
    show([run, madeUpRun({ name: "logistic-2", rate: 2 })], { epochs: integers(0, 5, 10, 15, 20) });
    const [epochs, rate, ...others] = answers();
    assert.equal(spoken(epochs.number), "> 20");
    says(epochs.sentence, "has not settled. From epoch 10 to 20 its test error fell from 12.00 % to 11.00 %.");
    says(rate.sentence, "Of 2 rates with logistic it ends with the lowest test error, 11.00 %.");
    assert.deepEqual(others, []);
    show([madeUpRun({ reasonableEpochs: null, verdict: { kind: "saturated", epoch: 1, reason: "" } })]);
    assert.equal(answers()[0].number, "–");
    says(answers()[0].sentence, "logistic-1 is saturated: more epochs would not help.");
    show([madeUpRun(), divergedRun({ loss: "logistic" })]);
    says(answers()[1].sentence, "The only rate with logistic that has not diverged. Below 0.4");
    show([divergedRun()]);
    assert.deepEqual(answers(), []);
    show([madeUpRun({ weights: floats(0, 0, 0, 0, 1, 0, 0, 0, 0, 1) })]);
    assert.ok(answers().every(({ section }) => section !== "weights"));
});

test("curves: a test error that is lower tells of the test set", () => {
    show([madeUpRun({ last: last({ train: 0.15, test: 0.11 }) })]);
    says(curvesText(), "The test error is 4.00 percentage points lower, by more than its standard error");
    saysNot(curvesText(), "no sign of overfitting");
});

test("curves: what the last doubling of the epochs was good for", () => {
    show([madeUpRun()]);
    assert.equal(doublingSentence(report.runs[0]), "");
    show([madeUpRun({ lastEpoch: 20 })], { epochs: integers(0, 5, 10, 15, 20) });
    says(doublingSentence(report.runs[0]), "From epoch 10 to 20 its test error fell from 12.00 % to 11.00 %.");
    const still = curves({ train: [0.5, 0.1], test: [0.6, 0.3, 0.11003, 0.11, 0.11] });
    show([madeUpRun({ lastEpoch: 20, curves: still })], { epochs: integers(0, 5, 10, 15, 20) });
    says(doublingSentence(report.runs[0]), "From epoch 10 to 20 its test error stayed at 11.00 %.");
});

test("curves: of a difference that two digits do not show it is not said how large it is", () => {
    show([madeUpRun({ margin: 0, last: last({ train: 0.1, test: 0.10003 }) })]);
    says(curvesText(), "The test error is less than 0.01 percentage points higher");
    const still = curves({ train: [0.5, 0.1], test: [0.10003, 0.1] });
    show([madeUpRun({ margin: 0, curves: still, best: { error: 0.1, epoch: 1 } })]);
    says(curvesText(), "The test error of logistic-1 stays at 10.00 %.");
});

test("rates: why an error climbs while the cost falls", () => {
    const rising = curves({ train: [0.5, 0.2, 0.4, 0.6, 0.8], test: [0.6, 0.3, 0.4, 0.6, 0.8] });
    rising.train.cost = floats(5, 4, 3, 2, 1);
    show([madeUpRun({ name: "mse-2", loss: "mse", curves: rising })]);
    says(climbSentence(), "of mse-2 climbs from 20.00 % (epoch 1) to 80.00 % (epoch 4), while its cost falls from 4 to 1.");
    rising.train.cost = floats(4.0003, 4.0002, 4.0001, 4.0001, 4.0001);
    show([madeUpRun({ loss: "mse", curves: rising })]);
    says(climbSentence(), "while its cost falls from 4.0002 to 4.0001.");
    show([madeUpRun({ loss: "mse" })]);
    assert.equal(climbSentence(), "");
});

test("rates: a climb on the way counts, also if the error falls later", () => {
    const humped = curves({ train: [0.5, 0.2, 0.7, 0.3, 0.1], test: [0.6, 0.3, 0.4, 0.6, 0.8] });
    humped.train.cost = floats(5, 4, 3, 2, 1);
    show([madeUpRun({ name: "mse-2", loss: "mse", curves: humped })]);
    says(climbSentence(), "climbs from 20.00 % (epoch 1) to 70.00 % (epoch 2), while its cost falls from 4 to 3.");
});

test("rates: when an error was reached, or was not", () => {
    show([madeUpRun()]);
    says(reachedText(), "The first epoch after which the test error is this low");
    assert.equal(reachedCell(report.runs[0], 1), "1");
    assert.equal(spoken(reachedCell(report.runs[0], null)), "→ 4");
    show([madeUpRun()], { thresholds: [] });
    assert.equal(reachedText(), "");
});

test("confusion: what mistakes come from depends on what became of the run", () => {
    const of = (kind) => madeUpRun({ verdict: { kind, epoch: 1, reason: "" }, lastFifth: { from: 3, low: 0.1, high: 0.2, errors: floats(0.2, 0.1) } });
    for (const [kind, part] of [
        ["saturated", "This run saturated"],
        ["too slow", "This run was too slow: more epochs or a larger rate would change these mistakes."],
        ["oscillating", "From epoch 3 to 4 its test error was between 10.00 % and 20.00 %."],
    ]) {
        show([of(kind)]);
        says(confusionText(report.runs[0]), part);
        saysNot(confusionText(report.runs[0]), "share most of their ink");
        saysNot(weightsText(report.runs[0]), "as strokes are", "grain");
    }
    says(noteSentences(), "so where it ended is chance, too. From epoch 3 to 4");
    const standing = { from: 3, low: 0.10001, high: 0.10003, errors: floats(0.1, 0.1) };
    show([madeUpRun({ verdict: { kind: "oscillating", epoch: 1, reason: "" }, lastFifth: standing })]);
    says(noteSentences(), "From epoch 3 to 4 its test error was 10.00 %.");
});

test("confusion: classes that are never answered are named", () => {
    const measured = { ...madeUpRun().measured, confusion: [60, 0, 40, 0] };
    show([madeUpRun({ measured })]);
    says(confusionText(report.runs[0]), "It never answers 1.");
});

test("curvature: its way down and up again is told", () => {
    const curvature = [5, 0.01, 3, 1.5].map((largest, epoch) => ({ epoch, largest }));
    show([madeUpRun({ measured: { ...madeUpRun().measured, curvature } })]);
    says(curvatureText(), "goes from 5 (epoch 0) down to 0.01 (epoch 1), up to 3 (epoch 2) and to 1.5 (epoch 3).");
});

test("curvature: turns that its digits do not show are not told", () => {
    const of = (...values) => {
        const curvature = values.map((largest, epoch) => ({ epoch, largest }));
        show([madeUpRun({ measured: { ...madeUpRun().measured, curvature } })]);
        return curvatureText();
    };
    says(of(5, 4.9999, 5.0001, 5), "For logistic-1 it stays at 5.");
    says(of(5, 1.0001, 1.0002, 1.5), "goes from 5 (epoch 0) to 1.5 (epoch 3).");
});

test("curvature: what the chart cannot show is said", () => {
    const measured = {
        ...madeUpRun().measured,
        curvature: [
            { epoch: 0, largest: 5 },
            { epoch: 1, largest: -0.1 },
            { epoch: 4, largest: 1.5 },
        ],
    };
    show([madeUpRun({ measured })]);
    says(
        curvatureText(),
        "the eigenvalue that is largest in size of any perceptron's second derivative",
        "Of all runs' 3 values, 1 is below 0: there one perceptron's cost bends down more than any perceptron's cost bends up.",
    );
});

test("rates: from thirty on, every error of the last epochs is a dot", () => {
    show([madeUpRun()]);
    says(spreadKey(), "Bars: the least and the largest test error in the last fifth");
    show(Array.from({ length: 30 }, (_, index) => madeUpRun({ name: `logistic-${index}`, rate: index + 1 })));
    says(spreadKey(), "Dots: the test errors after each of the last epochs");
});

test("cycles are named with their periods, proven ones apart from near ones", () => {
    show([madeUpRun()]);
    assert.equal(cycleSentence(), "");
    show([
        madeUpRun({ name: "logistic-3", cycle: { period: 2, exact: true } }),
        madeUpRun({ name: "logistic-4", cycle: { period: 4, exact: false } }),
        madeUpRun({ name: "logistic-5", cycle: { period: 1638, exact: true } }),
    ]);
    says(
        cycleSentence(),
        "All weights came back to the same bits, by a digest of 64, which proves a cycle",
        "go on alike: logistic-3 every 2 epochs and logistic-5 every 1,638 epochs.",
        "The cost nearly repeats itself, to within 5 % of its range: logistic-4 every 4 epochs. Weights were not seen",
    );
    says(ratesText(), "logistic-4 every 4 epochs");
    show([...Array(10).keys()].map((k) => madeUpRun({ name: `logistic-${k}`, cycle: { period: 2, exact: false } })));
    says(cycleSentence(), "of its range: 10 runs, logistic-0 to logistic-9, every 2 epochs.");
});

test("the sharpest direction at the end of each loss's best run marks a rate", () => {
    show([
        madeUpRun({ name: "logistic-1", last: last({ train: 0.1, test: 0.2 }) }),
        madeUpRun({ name: "logistic-2", momentum: 0.5, l2: 0.5, last: last({ train: 0.1, test: 0.1 }) }),
        divergedRun(),
    ]);
    assert.deepEqual(curvatureMarks(), [{ x: 1.5, label: "2/curvature at the end of logistic-2" }]);
});

test("curvature: what the residuals are", () => {
    show([madeUpRun()]);
    says(residualSentence(), "Half of the residuals here are at most 0, the largest is 0.13.");
    show([divergedRun()]);
    assert.equal(residualSentence(), "");
});

test("rates: of very many only the ends are named", () => {
    const verdict = { kind: "oscillating", epoch: 1, reason: "" };
    show([...Array(12).keys()].map((k) => madeUpRun({ name: `logistic-${k + 1}`, rate: k + 1, verdict })));
    says(ratesText(), "; oscillating: 12 rates, 1 to 12.");
});

test("curves: buttons tick all runs, none, those of a loss, or the best three", () => {
    const ending = (name, test) => madeUpRun({ name, last: last({ train: test, test }) });
    show([ending("a", 0.4), ending("b", 0.1), divergedRun(), ending("c", 0.3), ending("d", 0.2)], { chosen: 1 });
    const names = (wanted) => runsOfButton(wanted).map((run) => run.name);
    assert.deepEqual(names("best"), ["b", "d", "c"]);
    assert.deepEqual(names("mse"), ["mse-100"]);
    assert.equal(names("all").length, 5);
    assert.deepEqual(names("none"), []);
});

test("a section says whose data it shows if it lacks those of the chosen run", () => {
    show([madeUpRun(), lbfgsRun()]);
    assert.equal(sectionRunText(report.runs[0]), "logistic-1");
    reading.name = "logistic-1";
    assert.equal(sectionRunText(report.runs[0]), "logistic-1");
    reading.name = "mse-lbfgs";
    assert.equal(sectionRunText(report.runs[0]), "logistic-1. This page has no such data of mse-lbfgs.");
    reading.name = null;
});

test("curves: the height is that of the runs that are steady or too slow", () => {
    const oscillating = { kind: "oscillating", epoch: 1, reason: "" };
    show([
        madeUpRun(),
        madeUpRun({ name: "logistic-5", verdict: oscillating, curves: curves({ train: [0.5, 0.9], test: [0.6, 0.8] }) }),
        divergedRun(),
    ]);
    const test = (run) => Array.from(run.curves.test.error);
    assert.equal(largestOfCalm([report.runs[0]], test).toFixed(3), "0.600");
    says(cutOffSentence(report.runs, test), "that are steady or too slow; 1 other goes higher.");
    assert.equal(largestOfCalm([report.runs[1]], test), Infinity);
    assert.equal(cutOffSentence([report.runs[1], report.runs[2]], test), "");
});

test("the header says what the runs are trained by", () => {
    show([madeUpRun()]);
    assert.equal(spoken(kickerText()), "2 perceptrons, one for each class, trained by gradient descent");
    show([madeUpRun(), lbfgsRun()]);
    assert.equal(spoken(kickerText()), "2 perceptrons, one for each class, trained by gradient descent and L-BFGS");
    show([lbfgsRun()]);
    assert.equal(spoken(kickerText()), "2 perceptrons, one for each class, trained by L-BFGS");
});

test("curves: spikes of L-BFGS are explained, and its lines are thick", () => {
    show([madeUpRun(), lbfgsRun()]);
    assert.equal(
        trialKey(),
        "L-BFGS measures a trial point in each epoch: a spike of the cost is a step that was rejected and halved.",
    );
    assert.deepEqual(report.runs.map(extraWidth), [0, 1.5]);
    show([madeUpRun(), divergedRun()]);
    assert.equal(trialKey(), "");
});

test("L-BFGS may end with a step that was rejected", () => {
    const rejected = "Its last step was rejected for at least one perceptron";
    show([lbfgsRun()]);
    saysNot(noteSentences(), rejected);
    says(resultSentence(), "logistic-lbfgs gets 9.00 % of 100 test images wrong after 4 epochs");
    const ends = curves({ train: [0.5, 0.1, 0.09, 0.08, 0.3], test: [0.6, 0.12, 0.1, 0.09, 0.4] });
    show([lbfgsRun({ curves: ends, last: last({ train: 0.3, test: 0.4 }) })]);
    says(noteSentences(), rejected + ", which keeps its best weights");
    saysNot(curvesText(), "stopping earlier");
    show([madeUpRun({ curves: ends, last: last({ train: 0.3, test: 0.4 }) })]);
    saysNot(noteSentences(), rejected);
    says(curvesText(), "stopping earlier");
});

test("answers: the rate is that of the best run that has one", () => {
    show([madeUpRun({ name: "logistic-2", rate: 2, last: last({ train: 0.3, test: 0.3 }) }), madeUpRun(), lbfgsRun()], {
        chosen: 2,
    });
    const [epochs, rate] = answers();
    says(epochs.sentence, "the test error of logistic-lbfgs stays");
    assert.equal(rate.number, "1");
    says(rate.sentence, "Of 2 rates with logistic it ends with the lowest test error, 11.00 %. Below 0.4");
    show([lbfgsRun()]);
    assert.ok(answers().every(({ section }) => section !== "rates"));
    assert.equal(answers().length, 4);
    show([lbfgsRun(), divergedRun()]);
    assert.ok(answers().every(({ section }) => section !== "rates"));
});

test("the table has a ratio of rate and bound only for runs with a rate", () => {
    show([madeUpRun(), lbfgsRun()]);
    const { show: text, value } = sweepColumns().at(-1);
    assert.deepEqual(report.runs.map(text), ["2.5", "–"]);
    assert.equal(value(report.runs[1]), null);
    says(sweepText(), "Rate / bound");
    show([lbfgsRun()]);
    assert.ok(sweepColumns().every(({ heading }) => heading !== "rate / bound"));
    saysNot(sweepText(), "Rate / bound");
});

test("rates: sentences and marks leave out runs without a rate", () => {
    const cycle = { period: 2, exact: false };
    const mse = lbfgsRun({ name: "mse-lbfgs", loss: "mse", cycle });
    show([madeUpRun(), madeUpRun({ name: "logistic-2", rate: 2, last: last({ train: 0.3, test: 0.3 }) }), lbfgsRun(), mse]);
    says(ratesText(), "With the logistic loss the lowest final test error of gradient descent, 11.00 %, is at rate 1.");
    saysNot(ratesText(), "lbfgs", "mse");
    assert.equal(cycleSentence(), "");
    assert.deepEqual(boundMarks(), [{ x: 0.4, label: "guaranteed, logistic: 0.4" }]);
    assert.deepEqual(
        curvatureMarks().map(({ label }) => label),
        ["2/curvature at the end of logistic-1"],
    );
    says(curvatureText(), "Of 2 logistic runs above the bound");
    show([lbfgsRun(), madeUpRun(), divergedRun()]);
    says(ratesText(), "With the mse loss every run by gradient descent diverged.");
    show([madeUpRun(), divergedRun()]);
    says(ratesText(), "With the mse loss every run diverged.");
    saysNot(ratesText(), "of gradient descent");
});

test("rates: a climb of a run without a rate is not told", () => {
    const rising = curves({ train: [0.5, 0.2, 0.4, 0.6, 0.8], test: [0.6, 0.3, 0.4, 0.6, 0.8] });
    rising.train.cost = floats(5, 4, 3, 2, 1);
    show([lbfgsRun({ name: "mse-lbfgs", loss: "mse", curves: rising })]);
    assert.equal(climbSentence(), "");
});

test("confusion: mistakes of a run without a rate do not come from one", () => {
    const of = (run, kind) => {
        show([{ ...run, verdict: { kind, epoch: 1, reason: "" } }]);
        return confusionText(report.runs[0]);
    };
    says(of(madeUpRun(), "saturated"), "a unit that is wrong where z is far from 0 hardly learns any more.");
    says(of(madeUpRun(), "too slow"), "more epochs or a larger rate would change these mistakes.");
    says(of(lbfgsRun(), "too slow"), "too slow: more epochs would change these mistakes.");
});
