import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../main/resources/io/sparkperceptron/report/data.js";
import { framesOf } from "../../main/resources/io/sparkperceptron/report/film.js";
import { biasOf, classWeights, inputsOf, scoresOf, winnerOf } from "../../main/resources/io/sparkperceptron/report/perceptrons.js";
import { floats, madeUpRun, show } from "./madeup.js";

test("scores are w.x + b of each class", () => {
    show([madeUpRun()]);
    const [run] = report.runs;
    assert.deepEqual([...classWeights(run, 1)], [-1, 1, -0.5, 0]);
    assert.equal(biasOf(run, 0), 0.25);
    const inputs = inputsOf([2, 4, 6, 8]);
    assert.deepEqual([...inputs], [1, 2, 3, 4]);
    assert.deepEqual(scoresOf(run, inputs), [1 - 2 + 1.5 + 0.25, -1 + 2 - 1.5 - 0.25]);
});

test("without a common factor each example is scaled to length 1", () => {
    show([madeUpRun()], { factor: null });
    assert.deepEqual([...inputsOf([2, 2, 2, 2])], [0.5, 0.5, 0.5, 0.5]);
    assert.deepEqual([...inputsOf([0, 0, 0, 0])], [0, 0, 0, 0]);
});

test("with factors of its own each feature is scaled by itself", () => {
    show([madeUpRun()], { factor: 1, factors: floats(1, 2, 0.5, 0) });
    assert.deepEqual([...inputsOf([2, 4, 6, 8])], [2, 8, 3, 0]);
});

test("the largest score wins, of equal ones the lowest class", () => {
    assert.equal(winnerOf([1, 3, 2]), 1);
    assert.equal(winnerOf([1, 3, 3]), 1);
});

test("the film ends with the last weights", () => {
    show([madeUpRun()]);
    const [first, end] = framesOf(report.runs[0]);
    assert.equal(first.epoch, 1);
    assert.deepEqual(
        [...first.values(1)].map((value) => value * first.unit),
        [-2, 2, 0, 0],
    );
    assert.deepEqual([end.epoch, end.scale, end.unit, end.final], [4, 1, 1, true]);
    assert.deepEqual([...end.values(0)], [1, -1, 0.5, 0]);
});
