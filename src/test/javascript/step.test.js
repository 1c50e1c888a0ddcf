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
import { floats, madeUpRun, parabola, show } from "./madeup.js";

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

const said = (run, rate = run.rate, epoch = 0, others = {}) => {
    show([run], others);
    return stepSentences(report.runs[0], lineOf(report.runs[0], epoch, 0), rate).join(" ").replaceAll("\u00a0", " ");
};

test("what the run's own step did, on all examples", () => {
    assert.match(
        said(madeUpRun()),
        /^logistic-1, class 0, after epoch 0: on all 1,000 training examples, the run's step takes the class's cost from 2 to 1\. The cost would/,
    );
    const standing = madeUpRun({ measured: { ...madeUpRun().measured, lines: [{ ...parabola(0, 0, 0), after: 2 }] } });
    assert.match(said(standing), /, the run's step leaves the class's cost at 2\. /);
    const small = madeUpRun({ measured: { ...madeUpRun().measured, lines: [{ ...parabola(0, 0, 0), after: 1.9999998 }] } });
    assert.match(said(small), /takes the class's cost from 2 to 1\.9999998\. /);
});

test("after the last epoch a run takes no step", () => {
    assert.match(said(madeUpRun(), 1, 4), /, one more step of the run would take the class's cost from 2 to 1\./);
});

test("a step of heavy ball is known only at the start, where there is no momentum", () => {
    const ball = madeUpRun({ momentum: 0.9, lastEpoch: 8 });
    assert.match(said(ball), /, the run's step takes the class's cost from 2 to 1\./);
    assert.match(
        said(ball, 1, 4),
        /, a step with the run's rate against this gradient alone, without momentum, would take the class's cost from 2 to 1\./,
    );
});

test("with a penalty the cost includes it", () => {
    assert.match(said(madeUpRun({ l2: 0.1 })), /takes the class's cost with the penalty from 2 to 1\./);
});

test("what another step would do is said by the curve", () => {
    assert.match(said(madeUpRun(), 0.5), /to 1\. A step with rate 0\.5 lowers the cost to about 1\.25\. The cost would be least, about 1, with rate about (1|0\.99|1\.0\d)\./);
    assert.match(said(madeUpRun(), 3), /A step with rate 3 raises the cost to about 5\. .* Steps longer than about (2|2\.0|2\.1) raise it\./);
    assert.match(said(madeUpRun(), 2.01), /The curve does not tell whether a step with rate 2\.01 lowers the cost\./);
    assert.match(said(madeUpRun(), 5), /A step with rate 5 leaves the line\./);
    assert.match(said(madeUpRun(), 1e-5), /A step with rate 0\.00001 lowers the cost to about 1\.99998\./);
    assert.doesNotMatch(said(madeUpRun(), 1), /A step with rate/);
});

test("a curve of a sample has a standard error, one of all examples has none", () => {
    // Up to 1.25 times 2, where the cost is as high as at 0.
    assert.match(said(madeUpRun()), /The standard error of the curve, where it is shown, is at most 0\.13\./);
    show([madeUpRun()]);
    assert.match(stepIntroduction().join(" "), /cost at the run's own rate are of all 1,000 training examples\. Elsewhere it is an estimate from 512 of them\./);
    const all = said(madeUpRun(), 0.5, 0, { lineRows: 1000 });
    assert.doesNotMatch(all, /standard error|about/);
    assert.match(all, /A step with rate 0\.5 lowers the cost to 1\.25\. The cost would be least, 1, with rate/);
    show([madeUpRun()], { lineRows: 1000 });
    assert.match(stepIntroduction().join(" "), /It is of all 1,000 training examples\./);
    assert.doesNotMatch(stepIntroduction().join(" "), /estimate/);
});

test("of a line that is flat in all digits no least cost is said", () => {
    const flat = { ...parabola(0, 0, 0.125), costs: floats(2, 2, 1.999999, 2) };
    const text = said(madeUpRun({ measured: { ...madeUpRun().measured, lines: [flat] } }), 0.5);
    assert.match(text, /from 2 to 1\. No step up to 4, the end of the line, changes it by more than a millionth of it\. On 12\.5 %/);
    assert.doesNotMatch(text, /least|raise|standard error|A step with rate/);
    assert.doesNotMatch(said(madeUpRun()), /millionth/);
});

test("saturated examples are counted", () => {
    const withShare = (saturated) =>
        said(madeUpRun({ measured: { ...madeUpRun().measured, lines: [parabola(0, 0, saturated)] } }));
    assert.match(withShare(0.125), /On 12\.5 % of the 1,000 training examples this perceptron is saturated/);
    assert.match(withShare(0.0004), /On less than 0\.1 % of the 1,000 training examples/);
    assert.match(withShare(0.9999), /On more than 99\.9 % of the 1,000 training examples/);
    assert.match(withShare(1), /On all of the 1,000 training examples/);
    assert.match(withShare(0), /On none of the 1,000 training examples/);
});

test("where a perceptron has no curve, the next one's is shown", () => {
    show([madeUpRun()]);
    assert.equal(lineOf(report.runs[0], 4, 0).unit, 1);
    assert.equal(lineOf(report.runs[0], 0, 1).unit, 1);
});

test("shares of saturated examples, of all classes and of one", () => {
    show([madeUpRun()]);
    assert.deepEqual(saturationOf(report.runs[0], 0), { epochs: [0, 4], mean: [0.25, 0.75], own: [0.125, 1] });
});
