import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../main/resources/io/sparkperceptron/report/data.js";
import {
    bounces,
    costAt,
    lineOf,
    saturationOf,
    stepIntroduction,
    stepSentences,
    turnsOf,
} from "../../main/resources/io/sparkperceptron/report/step.js";
import { madeUpRun, show } from "./madeup.js";

/** On a parabola, 2 - 2 s + s^2, all is known; its curvature along the gradient is 2/4 of its slope at 0 squared, so that 1 is the best rate. */
function parabolaLine() {
    show([madeUpRun()]);
    return lineOf(report.runs[0], 0, 0);
}

const near = (actual, expected, tolerance = 1e-4) =>
    assert.ok(Math.abs(actual - expected) <= tolerance, `expected ${expected}, got ${actual}`);

test("between its places a line is the cubic that fits costs and slopes", () => {
    const line = parabolaLine();
    for (const s of [0, 0.01, 0.5, 1, 1.7, 3.999, 4]) {
        near(costAt(line, s).cost, 2 - 2 * s + s * s);
        near(costAt(line, s).slope, 2 * s - 2);
    }
});

test("steps along a line settle, jump to and fro, or leave it, as the rate is", () => {
    const line = parabolaLine();
    bounces(line, 0.5)
        .slice(0, 4)
        .forEach((s, step) => near(s, 1 - 0.5 ** step));
    bounces(line, 2).forEach((s, step) => near(s, step % 2 === 0 ? 0 : 2, 1e-3));
    assert.equal(bounces(line, 2).length, 13);
    assert.deepEqual(
        bounces(line, 3.5).map((s) => Math.round(10 * s) / 10),
        [0, 3.5],
    );
});

test("a line's lowest place, and where it is as high as at its start", () => {
    const { lowest, least, high } = turnsOf(parabolaLine());
    near(lowest, 1, 0.02);
    near(least, 1, 1e-3);
    near(high, 2, 0.02);
});

test("what a step does is said", () => {
    const line = parabolaLine();
    const said = (rate) => stepSentences(report.runs[0], line, rate).join(" ").replaceAll("\u00a0", " ");
    assert.match(said(0.5), /^logistic-1, class 0, after epoch 0: its cost is 2\. A step with rate 0\.5 lowers it to 1\.25\./);
    assert.match(said(3), /A step with rate 3 raises it to 5\. It would be least, 1, with (1|0\.99\d|1\.00\d)\. Steps longer than 2(\.0\d)? raise it\./);
    assert.match(said(5), /A step with rate 5 leaves the line\./);
    assert.match(said(0), /its cost is 2\. A step with rate 0 leaves it as it is\./);
    assert.match(said(1e-5), /its cost is 2\. A step with rate 0\.00001 lowers it to 1\.99998\./);
    assert.match(said(1), /On 12\.5 % of the examples this perceptron is saturated/);
    assert.match(stepIntroduction().join(" "), /on 512 of the training examples/);
});

test("where a perceptron has no line, the next one's is shown", () => {
    show([madeUpRun()]);
    assert.equal(lineOf(report.runs[0], 4, 0).unit, 1);
    assert.equal(lineOf(report.runs[0], 0, 1).unit, 1);
});

test("shares of saturated examples, of all classes and of one", () => {
    show([madeUpRun()]);
    assert.deepEqual(saturationOf(report.runs[0], 0), { epochs: [0, 4], mean: [0.25, 0.5], own: [0.125, null] });
});
