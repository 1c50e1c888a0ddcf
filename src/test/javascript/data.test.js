import assert from "node:assert/strict";
import { test } from "node:test";
import {
    allDiverged,
    choosingError,
    chosenRun,
    distinctRates,
    families,
    reach,
    errorAfter,
    exampleWord,
    hasRate,
    isFlat,
    lossesHere,
    placeOf,
    pointAt,
    preferredRun,
    reading,
    quantityNames,
    report,
    runNamed,
    runsWithRate,
    runsWithWeights,
    selection,
    weightsOf,
} from "../../main/resources/io/sparkperceptron/report/data.js";
import { curves, divergedRun, floats, integers, last, lbfgsRun, madeUpRun, show } from "./madeup.js";

test("quantities of runs are named unless all are zero", () => {
    show([madeUpRun(), divergedRun()]);
    assert.deepEqual(quantityNames(), ["gradient norm"]);
    const quantities = { "gradient norm": floats(1), penalty: floats(0.5) };
    show([madeUpRun(), madeUpRun({ quantities })]);
    assert.deepEqual(quantityNames(), ["gradient norm", "penalty"]);
});

test("arrays are decoded", () => {
    show([madeUpRun()]);
    assert.deepEqual([...report.epochs], [0, 1, 2, 3, 4]);
    assert.equal(report.lastEpoch, 4);
    const [run] = report.runs;
    assert.equal(run.points, 5);
    assert.ok(Math.abs(run.curves.train.cost[1] - 2) < 1e-6);
    assert.equal(run.curves.validation, null);
    assert.equal(run.quantities["gradient norm"][3], 0.25);
    assert.equal(weightsOf(run)[9], -0.25);
    assert.equal(weightsOf(run), weightsOf(run));
});

test("images are flat as they are shown, and places are those of the image itself", () => {
    show([madeUpRun()], { image: { height: 1, width: 784 }, shown: { height: 28, width: 28 } });
    assert.ok(!isFlat());
    assert.equal(placeOf(100), "row 0, column 100");
    show([madeUpRun()], { image: { height: 3, width: 50 }, shown: { height: 3, width: 50 } });
    assert.ok(isFlat());
    assert.equal(placeOf(100), "row 2, column 0");
});

test("runs are found by name, rate and loss", () => {
    show([madeUpRun(), divergedRun(), madeUpRun({ name: "logistic-0.5", rate: 0.5 })], { chosen: 2 });
    assert.equal(chosenRun().name, "logistic-0.5");
    assert.equal(runNamed("mse-100"), report.runs[1]);
    assert.deepEqual(distinctRates(), [0.5, 1, 100]);
    assert.deepEqual(lossesHere(), ["logistic", "mse"]);
    assert.deepEqual(runsWithWeights(), [report.runs[0], report.runs[2]]);
    assert.equal(preferredRun(runsWithWeights()), report.runs[2]);
    assert.equal(preferredRun([report.runs[0]]), report.runs[0]);
    reading.name = "logistic-1";
    assert.equal(preferredRun(runsWithWeights()), report.runs[0]);
    reading.name = null;
    assert.equal(allDiverged(), false);
    assert.equal(exampleWord(), "images");
});

test("all runs are selected at first, then those that are named, and listeners hear of it", () => {
    show([madeUpRun(), divergedRun()]);
    assert.equal(selection.runs().length, 2);
    let heard = 0;
    selection.listeners.push(() => heard++);
    selection.set(["mse-100"]);
    assert.deepEqual(selection.runs(), [report.runs[1]]);
    assert.equal(heard, 1);
});

test("runs that differ in their rate alone are a family", () => {
    show([madeUpRun(), divergedRun(), madeUpRun({ rate: 2 })]);
    assert.deepEqual(
        families().map(({ label, runs }) => [label, runs.length]),
        [
            ["logistic", 2],
            ["mse", 1],
        ],
    );
    show([madeUpRun(), madeUpRun({ l2: 0.001 }), madeUpRun({ rate: 2, momentum: 0.9 })]);
    assert.deepEqual(
        families().map(({ label }) => label),
        ["logistic, l2 0, momentum 0", "logistic, l2 0.001, momentum 0", "logistic, l2 0, momentum 0.9"],
    );
});

test("runs without a rate are of no family, but of a loss", () => {
    const mse = lbfgsRun({ name: "mse-lbfgs", loss: "mse" });
    show([madeUpRun(), lbfgsRun(), mse]);
    assert.deepEqual(distinctRates(), [1]);
    assert.deepEqual(report.runs.map(hasRate), [true, false, false]);
    assert.deepEqual(
        families().map(({ label, runs }) => [label, runs]),
        [["logistic", [report.runs[0]]]],
    );
    assert.deepEqual(lossesHere(), ["logistic", "mse"]);
    assert.deepEqual(lossesHere(runsWithRate()), ["logistic"]);
    show([lbfgsRun()]);
    assert.deepEqual(distinctRates(), []);
    assert.deepEqual(families(), []);
});

test("a penalty adds to the curvature, and momentum takes from the reach", () => {
    assert.equal(reach(madeUpRun({ rate: 0.5, momentum: 0.5, l2: 1 }), 5), 2);
});

test("runs are chosen by the validation set where there is one", () => {
    const errors = { train: 0.1, validation: 0.2, test: 0.3 };
    show([madeUpRun({ last: last(errors) })], { chooser: "validation" });
    assert.equal(choosingError(report.runs[0]), 0.2);
    show([madeUpRun({ last: last(errors) })]);
    assert.equal(choosingError(report.runs[0]), 0.3);
});

test("the point of an epoch is the last at or before it", () => {
    show([madeUpRun({ lastEpoch: 30, curves: curves({ train: [4, 3, 2, 1], test: [4, 3, 2, 1] }) })], {
        epochs: integers(0, 10, 20, 30),
        seconds: floats(0, 1, 2, 3),
    });
    assert.deepEqual([0, 9, 10, 29, 30, 99].map(pointAt), [0, 0, 1, 2, 3, 3]);
});

test("a run that ended keeps its error, unless it diverged", () => {
    show([madeUpRun({ lastEpoch: 1, curves: curves({ train: [0.5, 0.25], test: [0.5, 0.25] }) }), divergedRun()]);
    assert.equal(errorAfter(report.runs[0], "test", 4), 0.25);
    assert.equal(errorAfter(report.runs[1], "test", 4), null);
    assert.equal(errorAfter(report.runs[1], "train", 1), null);
    assert.ok(Math.abs(errorAfter(report.runs[1], "test", 0) - 0.6) < 1e-6);
});
