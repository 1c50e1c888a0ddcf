import assert from "node:assert/strict";
import { test } from "node:test";
import { answers } from "../../main/resources/io/sparkperceptron/report/answers.js";
import { climbSentence, cycleSentence, muteSentence, silentSentence } from "../../main/resources/io/sparkperceptron/report/behaviour.js";
import { cellIn, cellSentence, classesInMatrix, confusedPairs, confusionText } from "../../main/resources/io/sparkperceptron/report/confusion.js";
import { curvatureText, residualSentence } from "../../main/resources/io/sparkperceptron/report/curvature.js";
import { dashName, extraWidth } from "../../main/resources/io/sparkperceptron/report/colours.js";
import { classNumbers, families, featureName, labelOf, reading, report } from "../../main/resources/io/sparkperceptron/report/data.js";
import { sectionRunText } from "../../main/resources/io/sparkperceptron/report/dom.js";
import { changedSentence, rivalrySentence } from "../../main/resources/io/sparkperceptron/report/evidence.js";
import { cutOffSentence, dashKey, largestOfCalm, runsOfButton, trialKey } from "../../main/resources/io/sparkperceptron/report/curves.js";
import { featuresText, largestWeights } from "../../main/resources/io/sparkperceptron/report/features.js";
import { derivativeSentence } from "../../main/resources/io/sparkperceptron/report/formulas.js";
import { kickerText, noteSentences, resultSentence } from "../../main/resources/io/sparkperceptron/report/header.js";
import { histogramHeading, histogramText, peaksAtZero } from "../../main/resources/io/sparkperceptron/report/histogram.js";
import { curvesText, doublingSentence } from "../../main/resources/io/sparkperceptron/report/learning.js";
import { noWeightsSentence, runnerUpOf } from "../../main/resources/io/sparkperceptron/report/perceptrons.js";
import { ratesNamed, ratesText, spreadKey } from "../../main/resources/io/sparkperceptron/report/rates.js";
import { boundMarks, curvatureMarks } from "../../main/resources/io/sparkperceptron/report/rateaxis.js";
import { drawnThreshold, neededText, reachedCells, reachedHeadings } from "../../main/resources/io/sparkperceptron/report/needed.js";
import { differenceSentence, sumSentence } from "../../main/resources/io/sparkperceptron/report/reasons.js";
import { weightsText } from "../../main/resources/io/sparkperceptron/report/reading.js";
import { compareValues, sweepColumns, sweepText } from "../../main/resources/io/sparkperceptron/report/sweep.js";
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
    says(noteSentences(), "Another test set could give 9.00–13.00 % (95 % interval).", "The epochs took 5 seconds.");
    saysNot(noteSentences(), "the best of");
});

test("the header says who chose among several", () => {
    show([madeUpRun(), divergedRun()], { seconds: floats(1, 2, 3, 4, 3600) });
    says(noteSentences(), "best of 2 runs by their last test error, so the figure is a little too good.", "took 60 minutes");
    show([madeUpRun({ last: last({ train: 0.1, validation: 0.1, test: 0.1 }) }), divergedRun()], {
        chooser: "validation",
    });
    says(noteSentences(), "by their last validation error.");
    saysNot(noteSentences(), "too good", "folds");
    report.folds = 5;
    report.choice = { run: "mse-1", epochs: 1, testError: 0.1 };
    says(
        noteSentences(),
        "by their last validation error, the mean over 5 folds.",
        "Over all epochs the folds choose mse-1 after 1 epoch, where 10.00 % of the test images are wrong.",
    );
});

test("without a finite run there is no result", () => {
    show([divergedRun()]);
    says(resultSentence(), "mse-100 diverged, so there is no result");
    assert.deepEqual(noteSentences(), []);
    show([divergedRun(), divergedRun({ name: "mse-1000" })]);
    says(resultSentence(), "Every run diverged");
});

test("features that are not pixels belong to examples, not images", () => {
    show([madeUpRun()], { image: null });
    says(resultSentence(), "100 test examples wrong");
});

test("features that are not pixels have names, and the largest weights of a class are shown", () => {
    show([madeUpRun()], { image: null, featureNames: ["length", " ", "length", "<b>" + "x".repeat(50)] });
    says(
        featuresText(),
        "A weight is what one unit of its feature adds to the score of the class.",
        "Weights of features in different units do not compare.",
    );
    saysNot(featuresText(), "have no names", "first 100", "largest weights");
    report.features = 6;
    says(featuresText(), "The table has the 5 largest weights of each sign.");
    assert.deepEqual(
        [0, 1, 2, 3].map(featureName),
        ["length (feature 0)", '" "', "length (feature 2)", "<b>" + "x".repeat(36) + "…"],
    );
    show([madeUpRun()], { image: null, scaling: "standard", classes: 101 });
    says(featuresText(), "one standard deviation", "have no names here", "The table has the first 100 classes.");
    saysNot(featuresText(), "different units");
    assert.equal(featureName(2), "feature 2");
    for (const [scaling, meaning] of [["pixel", "255 units"], ["unit-norm", "a row that has no other feature"]]) {
        report.scaling = scaling;
        says(featuresText(), meaning);
    }
    const weights = Float32Array.of(0.5, -3, 0, 2, 1, 7, -1, 4, 6, 7);
    const places = (sign) => largestWeights(weights, sign).map(({ feature }) => feature);
    assert.deepEqual(places(1), [5, 9, 8, 7, 3]);
    assert.deepEqual(places(-1), [1, 6]);
    assert.deepEqual(largestWeights(Float32Array.of(0, 0), 1), []);
});

test("curves: how far the error falls, when it first was how low, and the gap", () => {
    show([madeUpRun()]);
    says(
        curvesText(),
        "what counts is the error on new images.",
        "The test error of logistic-1 falls from 60.00 % to 11.00 %, its best, at epoch 3.",
        "It first was at 30 % after epoch 1.",
        "It ends at 10.00 % training error and 11.00 % test error: no sign of overfitting.",
    );
    saysNot(curvesText(), "fewer epochs", "found", "within");
    show([madeUpRun({ reached: [1, 4] })]);
    says(curvesText(), "It first was at 30 and 10 % after epochs 1 and 4.");
    show([madeUpRun({ reached: [0, null] })]);
    saysNot(curvesText(), "It first was");
});

test("curves: how far from the least cost, where L-BFGS shows it", () => {
    show([madeUpRun({ goal: goal() }), lbfgsRun()]);
    says(
        curvesText(),
        "logistic-1 ends 25 % above the least cost found, 0.8 by logistic-lbfgs.",
        "Its cost was first within 10 and 5 % of the least at epochs 2 and 4.",
    );
    show([madeUpRun({ l2: 0.1, goal: goal({ above: 0, by: "logistic-1", within: [1, null, null] }) })]);
    says(
        curvesText(),
        "logistic-1 has the least cost plus penalty found, 0.8.",
        "Its cost plus penalty was first within 10 % of the least at epoch 1.",
    );
    show([madeUpRun({ goal: goal({ within: [null, null, null] }) })]);
    saysNot(curvesText(), "was first within");
});

function goal(others = {}) {
    return { floor: 0.8, by: "logistic-lbfgs", above: 0.25, within: [2, 4, null], ...others };
}

test("curves: a run may overfit, rise again, or not fall at all", () => {
    show([madeUpRun({ last: last({ train: 0.05, test: 0.25 }) })]);
    says(curvesText(), "test error: it overfits by 20.00 percentage points.", "above its best: fewer epochs would have been better.");
    show([madeUpRun({ margin: 0.6 })]);
    says(curvesText(), "The test error of logistic-1 falls by no more than a standard error.");
});

test("curves: L-BFGS may overfit while its cost falls", () => {
    const rising = { train: [0.5, 0.2, 0.1, 0.05, 0.01], test: [0.6, 0.3, 0.1, 0.15, 0.2] };
    const search = { curves: curves(rising), last: last({ train: 0.01, test: 0.2 }), best: { error: 0.1, epoch: 2 } };
    show([madeUpRun(), lbfgsRun(search)]);
    says(
        curvesText(),
        "logistic-lbfgs overfits: from epoch 2 its training cost falls, and its test error rises from 10.00 % to 20.00 %.",
    );
    says(fitCard().sentence, "logistic-lbfgs's error rises from 10.00 % to 20.00 %.");
    show([madeUpRun(), lbfgsRun({ ...search, margin: 0.2 })]);
    saysNot(curvesText(), "overfits: from");
    show([madeUpRun(), lbfgsRun({ ...search, curves: curves({ ...rising, train: [0.5, 0.2, 0.1, 0.3, 0.2] }) })]);
    saysNot(curvesText(), "overfits: from");
    saysNot(fitCard().sentence, "rises");
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
    says(curvesText(), "The validation error of logistic-1 falls from 40.00 % to 11.00 %");
});

test("curves: folds may be at their best after the run on all rows has ended", () => {
    show(
        [
            madeUpRun({
                lastEpoch: 20,
                curves: curves({ train: [0.5, 0.4], validation: [0.6, 0.5], test: [0.6, 0.5] }),
                last: last({ train: 0.4, validation: 0.5, test: 0.5 }),
                best: { error: 0.2, epoch: 31 },
            }),
        ],
        { chooser: "validation", folds: 5, epochs: integers(0, 20) },
    );
    says(
        curvesText(),
        "falls from 60.00 % to 20.00 %, its best, at epoch 31, when folds were still trained and the run on all rows had ended.",
    );
    saysNot(curvesText(), "fewer epochs");
});

test("curves: neither without epochs nor of a run that diverged is there one", () => {
    show([divergedRun()]);
    says(curvesText(), "No run ended with finite weights");
    show([madeUpRun({ lastEpoch: 0 })], { epochs: "AAAAAA==" });
    says(curvesText(), "This training has no epochs");
});

test("the table counts verdicts", () => {
    show([madeUpRun(), divergedRun(), divergedRun({ name: "mse-1000" })]);
    says(sweepText(), "Of 3 runs: 1 steady and 2 diverged.", "Rate / bound");
    show([divergedRun()]);
    says(sweepText(), "The only run is diverged.");
});

test("the table has the validation error apart from the interval of the test error", () => {
    show([madeUpRun({ last: last({ train: 0.1, validation: 0.11, test: 0.2 }) })], { chooser: "validation" });
    const headings = sweepColumns().map(({ heading }) => heading);
    assert.equal(headings.indexOf("95 % interval"), headings.indexOf("test error") + 1);
    assert.equal(headings.indexOf("validation error"), headings.indexOf("training error") + 1);
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
        "With the logistic loss rate 1 ends lowest without oscillation: 11.00 % test error; too slow: 0.1; oscillating: 2.",
        "With the mse loss every run diverged.",
        "No step with a rate below 2/L = 0.4 raises the logistic cost: its slope changes by at most L = 5.",
        "No step with a rate below 2/L = 1.3 raises the mse cost: its slope changes by at most L = 1.5.",
        "L is the largest eigenvalue of XᵀX/n, 20, times",
        "Vertical lines mark these rates.",
    );
    show([madeUpRun({ name: "mse-1", loss: "mse" })]);
    says(ratesText(), "only one rate, 1.", "a rate below 2/L = 1.3 raises the mse cost");
    saysNot(ratesText(), "logistic", "Vertical lines");
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
        "a rate below 2/L = 0.205 raises the logistic cost: its slope changes by at most L = 9.754.",
        "a rate below 2/L = 0.665 raises the mse cost: its slope changes by at most L = 3.005.",
    );
    show([madeUpRun({ bound: 0.20559 })]);
    assert.equal(card("too small").number, "0.205");
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
        "With the hinge loss rate 1 ends lowest: 11.00 % test error",
        "a rate below 2/L = 0.1 raises the hinge cost: its slope changes by at most L = 20.",
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
        "logistic-1-l2-0.5 ends lowest: 10.00 % test error; too slow: logistic-0.1-l2-0.",
        "With an l2 penalty λ, read L + λ for L",
        "With momentum β the rate is 2 (1 + β)/L:",
    );
    says(curvatureText(), "read rate × (curvature + λ) / (1 + β) for rate × curvature.");
    show([madeUpRun(), slow]);
    saysNot(ratesText(), "l2 penalty", "momentum");
    saysNot(curvatureText(), "(1 + β)");
});

test("rates: one rate cannot show what others would do", () => {
    show([madeUpRun()]);
    says(ratesText(), "has only one rate, 1.");
    saysNot(ratesText(), "mse cost");
    assert.deepEqual(boundMarks(), [{ x: 0.4, label: "guaranteed, logistic: 0.4" }]);
    show([madeUpRun(), madeUpRun({ name: "mse-1", loss: "mse", bound: 1.3 })]);
    assert.deepEqual(
        boundMarks().map(({ label }) => label),
        ["guaranteed, logistic: 0.4", "guaranteed, mse: 1.3"],
    );
});

test("the epochs that a run needed: what the columns are, and an arrow where it never came there", () => {
    show([madeUpRun()]);
    says(neededText(), "The first epoch with a test error this low: it does not depend on the last epoch.");
    saysNot(neededText(), "the least found");
    assert.deepEqual(reachedHeadings().map(spoken), ["30 %", "10 %"]);
    assert.deepEqual(reachedCells(report.runs[0]).map(spoken), ["1", "→ 4"]);
    show([madeUpRun({ goal: goal() }), divergedRun()]);
    says(neededText(), "cost within 10, 5 and 1 % of the least found, which more epochs may lower.");
    assert.deepEqual(reachedHeadings().map(spoken).slice(2), ["least +10 %", "least +5 %", "least +1 %"]);
    assert.deepEqual(reachedCells(report.runs[0]).map(spoken), ["1", "→ 4", "2", "4", "→ 4"]);
    assert.deepEqual(reachedCells(report.runs[1]).map(spoken), ["→ 1", "→ 1", "→ 1", "→ 1", "→ 1"]);
    show([madeUpRun()], { thresholds: [] });
    saysNot(neededText(), "The first epoch", "arrow");
    says(neededText(), "No run's test error fell far enough to count the epochs.");
});

test("the chart of needed epochs is at the lowest error that half of the rates came to", () => {
    show([madeUpRun({ reached: [1, 2] }), madeUpRun({ reached: [1, 3] }), madeUpRun({ reached: [1, null] })]);
    assert.equal(drawnThreshold(), 1);
    show([madeUpRun({ reached: [1, 2] }), madeUpRun(), madeUpRun()]);
    assert.equal(drawnThreshold(), 0);
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
    says(curvatureText(), "Of 2 logistic runs above the bound, 1 ends with rate × curvature at 2 or below.");
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

test("weights: there may be none, or nothing learned", () => {
    show([madeUpRun({ lastEpoch: 0 })]);
    says(weightsText(report.runs[0]), "After 0 epochs", "nothing is learned");
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

test("histogram: only a peak at zero is asked why", () => {
    const run = (moving) => {
        const histogram = { width: 0.1, moving, still: moving.map(() => 0), rarelyInked: 0.5 };
        return madeUpRun({ measured: { ...madeUpRun().measured, histogram } });
    };
    const bell = [0, 10, 50, 300, 800, 1300, 1510, 1500, 1520, 1310, 800, 300, 50, 10, 0];
    const flat = bell.map(() => 50);
    const twoHills = bell.map((_, bin) => (bin === 2 || bin === 12 ? 100 : 20));
    const few = bell.map((_, bin) => (bin === 7 ? 2 : bin > 9 ? 1 : 0));
    for (const [bins, heading, sentence] of [
        [bell, "Why does the histogram of weights peak at zero?", "The rest belong to"],
        [flat, "How are the weights distributed?", "There is no clear peak at zero."],
        [few, "How are the weights distributed?", "There is no clear peak at zero."],
        [twoHills, "How are the weights distributed?", "no clear peak at zero: most, 100, are within ±0.05 of −0.5."],
    ]) {
        show([run(bins)]);
        assert.equal(peaksAtZero(report.runs[0]), bins === bell);
        assert.equal(histogramHeading(report.runs[0]), heading);
        says(histogramText(report.runs[0]), sentence);
        if (bins !== bell) {
            saysNot(histogramText(report.runs[0]), "Of the other", "The rest belong to");
        } else {
            saysNot(histogramText(report.runs[0]), "no clear peak");
        }
    }
});

test("histogram: a random start, all features rare, none still, no epochs", () => {
    const measured = (histogram) => ({ ...madeUpRun().measured, histogram });
    show([madeUpRun({ measured: measured({ width: 1, moving: [0, 2, 0], still: [1, 1, 0], rarelyInked: 1 }) })], {
        neverMoving: 2,
        startsAtZero: false,
    });
    says(histogramText(report.runs[0]), "2 features of 4 are zero", "they started; 1 of them is in the middle");
    report.runs[0].l2 = 0.01;
    says(histogramText(report.runs[0]), "Only the penalty moves their weights (2 in all classes); 1 of them is in");
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
        "over 99 % belong to features that are zero in more than 99 of 100",
        "The rest belong to",
    );
    assert.equal(spoken(card("peak").number), "over 99 %");
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
    assert.deepEqual(cellIn("0,1", [0, 1]), [0, 1]);
    for (const text of [undefined, "", "0", "0,2", "1,-1", "a,b", "0,1.0"]) {
        assert.equal(cellIn(text, [0, 1]), null, text);
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

/** The card whose question has that text; undefined if there is none. */
function card(question) {
    const cards = answers();
    for (const { sentence } of cards) {
        assert.ok(sentence.split(/\s+/).length <= 20, sentence);
    }
    const found = cards.find((one) => one.question.includes(question));
    return found && { ...found, number: spoken(found.number) };
}

const fitCard = () => card("overfit");

/** The middle bin has more than twice as many weights as any other. */
const PEAK = { ...madeUpRun().measured, histogram: { width: 0.1, moving: [1, 4, 1], still: [0, 2, 0], rarelyInked: 0.75 } };

test("answers: seven cards", () => {
    const next = { low: 0.001, high: 0.02 };
    show(
        [
            madeUpRun({ goal: goal(), doubling: { from: 2, before: 0.12, after: 0.11, next }, measured: PEAK }),
            madeUpRun({ name: "logistic-2", rate: 2, last: last({ train: 0.2, test: 0.2 }), verdict: { kind: "too slow" } }),
        ],
    );
    assert.equal(answers().length, 6, "rates are out of order: the slow one is larger");
    show(
        [
            madeUpRun({ goal: goal(), doubling: { from: 2, before: 0.12, after: 0.11, next }, measured: PEAK }),
            madeUpRun({ name: "logistic-0.1", rate: 0.1, last: last({ train: 0.2, test: 0.2 }), verdict: { kind: "too slow" } }),
        ],
    );
    assert.equal(answers().length, 7);
    assert.equal(spoken(card("goal").number), "25 % above");
    says(card("goal").sentence, "The goal is the least cost. logistic-1 ends this far above 0.8, the least found, by logistic-lbfgs.");
    assert.equal(card("How many epochs").number, "2");
    says(
        card("How many epochs").sentence,
        "logistic-1 is first within 10 % of the goal. Its last doubling brought 1.00 points; the next may bring 0.10–2.00.",
    );
    assert.equal(card("Which learning rate").number, "1");
    says(card("Which learning rate").sentence, "Of 2 rates, logistic-1 has the lowest test error.");
    saysNot(card("Which learning rate").sentence, "oscillat");
    assert.equal(card("too small").number, "> 0.1");
    says(card("too small").sentence, "Too slow: 0.1.");
    assert.equal(spoken(fitCard().number), "10.00 / 11.00 %");
    assert.equal(fitCard().sentence, "Training and test error: no sign of overfitting.");
    assert.equal(spoken(card("peak").number), "75 %");
    says(card("peak").sentence, "of the weights are within ±0.05 of zero. Of these 2 never move: their features are always zero.");
    assert.equal(card("classes go wrong").number, "11 of 100");
    says(card("classes go wrong").sentence, "test images. Most often 0 is taken for 1: 10 times.");
    show([madeUpRun({ l2: 0.1 })], { startsAtZero: false });
    says(card("peak").sentence, "Of these 2 only shrink: their features are always zero.");
});

test("answers: a run that oscillates is no answer, and is named if chance may explain the difference", () => {
    const oscillating = { kind: "oscillating", epoch: 1, reason: "" };
    const runs = [
        madeUpRun({ last: last({ train: 0.12, test: 0.12 }) }),
        madeUpRun({ name: "logistic-2", rate: 2, verdict: oscillating }),
    ];
    const comparison = (p) => ({
        comparison: {
            runs: [0, 1],
            onlyFirstWrong: integers(0, 1, 1, 0),
            pValues: floats(1, p, p, 1),
            chiSquares: floats(NaN, NaN, NaN, NaN),
        },
    });
    show(runs, { chosen: 1, ...comparison(0.3) });
    assert.equal(card("Which learning rate").number, "1");
    says(
        card("Which learning rate").sentence,
        "Of 2 rates, logistic-1 has the lowest test error without oscillation. logistic-2 oscillates; chance may explain the "
            + "difference.",
    );
    says(ratesText(), "logistic-2 oscillates, so its end is chance; McNemar's test cannot tell it from logistic-1 (p = 0.3).");
    assert.equal(card("too small").number, "< 2");
    show(runs, { chosen: 1, ...comparison(0.01) });
    saysNot(card("Which learning rate").sentence, "chance");
    saysNot(ratesText(), "cannot tell");
    show(runs.map((run) => ({ ...run, verdict: oscillating })));
    assert.equal(card("Which learning rate").number, "< 0.4");
    says(
        card("Which learning rate").sentence,
        "Every rate oscillates or diverges. Below this rate no step raises the cost.",
    );
    says(ratesText(), "With the logistic loss every rate oscillates or diverges; oscillating: 1 and 2.");
    show(runs.map((run) => ({ ...run, l2: 0.1, verdict: oscillating })));
    says(card("Which learning rate").sentence, "Below this rate no step raises the cost plus penalty.");
    show(runs.map((run) => ({ ...run, momentum: 0.9, verdict: oscillating })));
    assert.equal(card("Which learning rate").number, "< 1");
    says(card("Which learning rate").sentence, "Try smaller rates.");
});

test("answers: of many rates that fail in each way the ends are named, in at most 20 words", () => {
    const of = (kind, rates) => rates.map((rate) => madeUpRun({ rate, verdict: { kind, epoch: 1, reason: "" } }));
    const far = { last: last({ train: 0.5, test: 0.5 }) };
    show([
        ...of("too slow", [0.1, 0.2, 0.3, 0.4]).map((run) => ({ ...run, ...far })),
        madeUpRun(),
        ...of("oscillating", [2, 3, 4, 5]).map((run) => ({ ...run, ...far })),
        ...of("partly saturated", [6, 7, 8, 9]).map((run) => ({ ...run, ...far })),
    ], { chosen: 4 });
    assert.equal(card("too small").number, "> 0.4, < 2");
    says(card("too small").sentence, "Too slow: 4 rates, 0.1 to 0.4. Oscillating: 4 rates, 2 to 5. Saturated, diverged: 4 rates, 6 to 9.");
});

test("answers: weights without a peak at zero have no card, and rare features may explain one", () => {
    const of = (histogram) => show([madeUpRun({ measured: { ...PEAK, histogram } })]);
    of({ width: 0.1, moving: [3, 4, 3], still: [0, 0, 0], rarelyInked: 0.75 });
    assert.equal(card("peak"), undefined);
    of({ width: 0.1, moving: [4, 1, 4], still: [0, 0, 0], rarelyInked: 0.75 });
    assert.equal(card("peak"), undefined);
    of({ width: 0.1, moving: [1, 9, 1], still: [0, 0, 0], rarelyInked: 0.75 });
    says(card("peak").sentence, "Most belong to features that are nearly always zero.");
    of({ width: 0.1, moving: [1, 9, 1], still: [0, 0, 0], rarelyInked: 0.25 });
    says(card("peak").sentence, "of zero.");
    saysNot(card("peak").sentence, "always zero");
});

test("answers: what is not known is not said", () => {
    show([madeUpRun({ measured: null, weights: null, reached: [null, null] })]);
    assert.deepEqual(
        answers().map(({ question }) => question),
        ["What is the goal, and how far from it?", "What is too small, what too large?", "Does it overfit or underfit?"],
    );
    assert.equal(spoken(card("goal").number), "11.00 %");
    says(card("goal").sentence, "The goal is a low error on new images. logistic-1 gets this share of the test set wrong.");
    assert.equal(card("too small").number, "0.4");
    says(card("too small").sentence, "Below this rate no step raises the cost. logistic-1 is at 2.5 times this.");
    show([madeUpRun({ momentum: 0.9 })]);
    assert.equal(card("too small"), undefined);
    show([madeUpRun({ doubling: { from: 2, before: 0.1, after: 0.11, next: null } })]);
    assert.equal(card("How many epochs").number, "1");
    says(card("How many epochs").sentence, "logistic-1 is first at 30 % test error. Its last doubling lost 1.00 points.");
    show([madeUpRun({ reached: [null, null], doubling: { from: 2, before: 0.8, after: 0.79, next: null } })]);
    assert.equal(card("How many epochs").number, "> 4");
    says(card("How many epochs").sentence, "logistic-1's last doubling brought 1.00 points.");
    show([madeUpRun({ goal: goal({ above: 0, by: "logistic-1" }) })]);
    assert.equal(card("goal").number, "0.8");
    says(card("goal").sentence, "logistic-1 has the least found.");
    show([madeUpRun({ last: last({ train: 0.05, test: 0.25 }) })]);
    says(fitCard().sentence, "Training and test error: it overfits by 20.00 points.");
    show([madeUpRun(), divergedRun({ loss: "logistic" })]);
    assert.equal(card("too small").number, "< 100");
    says(card("too small").sentence, "Saturated, diverged: 100.");
    assert.equal(card("Which learning rate"), undefined);
    show([divergedRun()]);
    assert.deepEqual(answers(), []);
});

test("curves: a test error that is lower tells of the test set", () => {
    show([madeUpRun({ last: last({ train: 0.15, test: 0.11 }) })]);
    says(curvesText(), "test error: the test images are easier.");
    saysNot(curvesText(), "no sign of overfitting");
});

test("curves: what the last doubling of the epochs brought, and the next would bring", () => {
    show([madeUpRun()]);
    assert.equal(doublingSentence(report.runs[0]), "");
    const doubling = { from: 2, before: 0.12, after: 0.11, next: null };
    show([madeUpRun({ doubling })]);
    assert.equal(spoken(doublingSentence(report.runs[0])), "From epoch 2 to 4 its test error fell from 12.00 % to 11.00 %.");
    show([madeUpRun({ doubling: { ...doubling, next: { low: 0.0012, high: 0.008 } } })]);
    says(doublingSentence(report.runs[0]), "By the trend, 4 more epochs would lower it by 0.12–0.80 points.");
    show([madeUpRun({ doubling: { ...doubling, before: 0.11003 } })]);
    says(doublingSentence(report.runs[0]), "From epoch 2 to 4 its test error stayed at 11.00 %.");
    show([madeUpRun({ doubling: { ...doubling, after: 0.13 } })]);
    says(doublingSentence(report.runs[0]), "rose from 12.00 % to 13.00 %.");
});

test("curves: of a difference that two digits do not show it is not said how large it is", () => {
    show([madeUpRun({ margin: 0, last: last({ train: 0.1, test: 0.10003 }) })]);
    says(curvesText(), "it overfits by less than 0.01 percentage points");
    const still = curves({ train: [0.5, 0.1], test: [0.10003, 0.1] });
    show([madeUpRun({ margin: 0, curves: still, best: { error: 0.1, epoch: 1 } })]);
    says(curvesText(), "The test error of logistic-1 stays at 10.00 %.");
});

test("rates: an error climbs while the cost falls where perceptrons say yes to nothing", () => {
    const rising = curves({ train: [0.5, 0.2, 0.4, 0.6, 0.8], test: [0.6, 0.3, 0.4, 0.6, 0.8] });
    rising.train.cost = floats(5, 4, 3, 2, 1);
    const climbing = (measured, others = {}) =>
        madeUpRun({
            name: "mse-2",
            loss: "mse",
            curves: rising,
            last: last({ train: 0.8, test: 0.8 }),
            measured: { ...madeUpRun().measured, ...measured },
            ...others,
        });
    show([climbing({ yes: [0, 5], confusion: [0, 60, 0, 40] })]);
    says(
        climbSentence(),
        "The training error of mse-2 climbs from 20.00 % (epoch 1) to 80.00 %, while its cost falls. 1 of its 2 perceptrons "
            + "says yes to none of 100 test images, and its answer to 100 % is 1.",
    );
    show([climbing({ yes: [0, 5] })]);
    says(climbSentence(), "to none of 100 test images.");
    saysNot(climbSentence(), "its answer");
    show([climbing({ yes: [0, 0] })]);
    says(climbSentence(), "No perceptron of mse-2 says yes to any of 100 test images: the weakest no decides, and 89 % are right.");
    assert.equal(muteSentence(), "");
    show([climbing({ yes: [0, 0] }, { verdict: { kind: "saturated", epoch: 1, reason: "" } })]);
    says(muteSentence(), "No perceptron of mse-2 says yes");
    for (const run of [
        climbing({ yes: [3, 5] }),
        climbing({ yes: null }),
        climbing({ yes: [0, 0] }, { loss: "logistic" }),
        climbing({ yes: [0, 0] }, { curves: curves({ train: [0.5, 0.2, 0.1, 0.1, 0.1], test: [0.6, 0.3, 0.1, 0.1, 0.1] }) }),
        climbing({ yes: [0, 0] }, { curves: curves({ train: [0.5, 0.2, 0.4, 0.6, 0.8], test: [0.6, 0.3, 0.4, 0.6, 0.8] }) }),
    ]) {
        show([run]);
        assert.equal(climbSentence(), "");
    }
    assert.equal(silentSentence(madeUpRun()), "");
});

test("rates: with two penalties each rate counts once", () => {
    show([0.1, 0.2, 0.3, 0.4, 0.5].flatMap((rate) => [madeUpRun({ rate }), madeUpRun({ rate, l2: 1 })]));
    assert.equal(spoken(ratesNamed(report.runs)), "5 rates, 0.1 to 0.5");
    assert.equal(ratesNamed(report.runs.slice(0, 1)), "logistic-1");
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
    says(spreadKey(), "Bars: the range of the test error in the last fifth");
    show(Array.from({ length: 30 }, (_, index) => madeUpRun({ name: `logistic-${index}`, rate: index + 1 })));
    says(spreadKey(), "Dots: the test errors of the last fifth of the epochs");
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
        "so these repeat for ever: logistic-3 every 2 epochs and logistic-5 every 1,638 epochs.",
        "The cost nearly repeats itself, to within 5 % of its range: logistic-4 every 4 epochs.",
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
    assert.equal(sectionRunText(report.runs[0]), "logistic-1. This page has no such data for mse-lbfgs.");
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
    const rejected = "The run's last cost is above its least";
    show([lbfgsRun()]);
    saysNot(noteSentences(), rejected);
    says(resultSentence(), "logistic-lbfgs gets 9.00 % of 100 test images wrong after 4 epochs");
    const ends = curves({ train: [0.5, 0.1, 0.09, 0.08, 0.3], test: [0.6, 0.12, 0.1, 0.09, 0.4] });
    show([lbfgsRun({ curves: ends, last: last({ train: 0.3, test: 0.4 }) })]);
    says(noteSentences(), rejected + ": the kept model may differ from this figure.");
    saysNot(curvesText(), "fewer epochs");
    show([madeUpRun({ curves: ends, last: last({ train: 0.3, test: 0.4 }) })]);
    saysNot(noteSentences(), rejected);
    says(curvesText(), "fewer epochs");
});

test("answers: rates are of the best run that has one", () => {
    show([madeUpRun({ name: "logistic-2", rate: 2, last: last({ train: 0.3, test: 0.3 }) }), madeUpRun(), lbfgsRun()], {
        chosen: 2,
    });
    says(card("How many epochs").sentence, "logistic-1 is first at 30 % test error.");
    assert.equal(card("Which learning rate").number, "1");
    says(card("Which learning rate").sentence, "Of 2 rates, logistic-1 has the lowest test error.");
    show([lbfgsRun()]);
    assert.ok(answers().every(({ section }) => section !== "rates"));
    show([lbfgsRun(), divergedRun()]);
    assert.ok(answers().every(({ section }) => section !== "rates"));
});

test("the table has a ratio of rate and bound only for runs with a rate", () => {
    show([madeUpRun(), lbfgsRun()]);
    const { show: text, value } = sweepColumns().at(-1);
    assert.deepEqual(report.runs.map(text), ["2.5", "–"]);
    assert.equal(value(report.runs[1]), null);
    says(sweepText(), "Rate / bound: below 1, no step raises the cost.");
    report.weighted = true;
    says(sweepText(), "no step raises the cost with weights.");
    show([madeUpRun({ momentum: 0.9 })]);
    says(sweepText(), "no step without momentum raises the cost.");
    show([lbfgsRun()]);
    assert.ok(sweepColumns().every(({ heading }) => heading !== "rate / bound"));
    saysNot(sweepText(), "Rate / bound");
});

test("rates: sentences and marks leave out runs without a rate", () => {
    const cycle = { period: 2, exact: false };
    const mse = lbfgsRun({ name: "mse-lbfgs", loss: "mse", cycle });
    show([madeUpRun(), madeUpRun({ name: "logistic-2", rate: 2, last: last({ train: 0.3, test: 0.3 }) }), lbfgsRun(), mse]);
    says(ratesText(), "With the logistic loss rate 1 ends lowest: 11.00 % test error.");
    saysNot(ratesText(), "lbfgs", "mse");
    assert.equal(cycleSentence(), "");
    assert.deepEqual(boundMarks(), [{ x: 0.4, label: "guaranteed, logistic: 0.4" }]);
    assert.deepEqual(
        curvatureMarks().map(({ label }) => label),
        ["2/curvature at the end of logistic-1"],
    );
    says(curvatureText(), "Of 2 logistic runs above the bound", "bends most, for the logistic loss at σ = 1/2.");
    saysNot(ratesText(), "Training examples have weights");
    report.weighted = true;
    says(ratesText(), "the cost here is the one with weights, which no chart shows");
    show([madeUpRun({ name: "mse-1", loss: "mse" })]);
    saysNot(curvatureText(), "σ = 1/2");
    show([lbfgsRun(), madeUpRun(), divergedRun()]);
    says(ratesText(), "With the mse loss every run by gradient descent diverged.");
    show([madeUpRun(), divergedRun()]);
    says(ratesText(), "With the mse loss every run diverged.");
    saysNot(ratesText(), "by gradient descent");
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

test("classes without an example in any set are left out, and told of", () => {
    const run = madeUpRun({
        measured: { ...madeUpRun().measured, confusion: [50, 10, 0, 1, 39, 0, 0, 0, 0], recalls: [50 / 60, 39 / 40, null] },
        weights: floats(1, -1, 0.5, 0, 0.25, -1, 1, -0.5, 0, -0.25, -9, -9, -9, -9, -9),
    });
    show([run], { classes: 3, emptyClasses: [2] });
    says(kickerText(), "3 perceptrons, one for each class, 1 of them without examples and not shown, trained by");
    assert.deepEqual(classNumbers(), [0, 1]);
    assert.deepEqual(classNumbers(2), [0, 1, 2]);
    assert.deepEqual(classesInMatrix(report.runs[0]), [0, 1]);
    saysNot([...confusionText(report.runs[0]), ...weightsText(report.runs[0])], "never answers", "9.00", "class 2");
    run.measured.confusion = [50, 10, 3, 1, 36, 0, 0, 0, 0];
    show([run], { classes: 3, emptyClasses: [2] });
    assert.deepEqual(classesInMatrix(report.runs[0]), [0, 1, 2], "an answer is shown");
    says(confusionText(report.runs[0]), "0 taken for 2 (3)");
    show([run], { classes: 3, emptyClasses: [] });
    saysNot(kickerText(), "without examples");
    says(weightsText(report.runs[0]), "9.00", "class 2");
});

test("names of classes may be anything; they stay on one line and are never markup", () => {
    const odd = ["", "<b>\"a & b\"</b>", "Ελληνικά 漢字", "😀".repeat(50)];
    show([madeUpRun()], { labels: odd });
    assert.deepEqual(odd.map((_, label) => labelOf(label)), ['""', odd[1], odd[2], "😀".repeat(39) + "…"]);
    says(confusionText(report.runs[0]), '"" taken for <b>"a & b"</b> (10)');
    show([madeUpRun()], { labels: [-1, 7] });
    assert.equal(labelOf(1), "7");
});
