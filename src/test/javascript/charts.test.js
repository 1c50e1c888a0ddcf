import assert from "node:assert/strict";
import { test } from "node:test";
import { fromZero, logRange, logTicks, signedTicks, tickText, tightFit, tightLogFit } from "../../main/resources/io/sparkperceptron/report/axes.js";
import { labelStart, roomForMarks, roomForNames, spreadOut } from "../../main/resources/io/sparkperceptron/report/overlays.js";
import { drawable, numberRows } from "../../main/resources/io/sparkperceptron/report/charts.js";
import { bandOf } from "../../main/resources/io/sparkperceptron/report/curves.js";
import { between, channels, rgba } from "../../main/resources/io/sparkperceptron/report/colours.js";

test("logarithmic ticks are one-digit multiples of powers of ten", () => {
    assert.deepEqual(logTicks(0.5, 20), [0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]);
});

test("the numbers of a chart are thinned out, with the last", () => {
    assert.deepEqual(numberRows([[0, 1], [0.25, null]]), [["0", "0.25"], ["1", "–"]]);
    const epochs = Array.from({ length: 250 }, (_, epoch) => epoch);
    const rows = numberRows([epochs, epochs]);
    assert.equal(rows.length, 84);
    assert.deepEqual(rows.at(-1), ["249", "249"]);
});

test("ticks are written for people", () => {
    assert.equal(tickText(60000, false), "60,000");
    assert.equal(tickText(0.25, false), "0.25");
    assert.equal(tickText(1e-5, true), "1e−5");
});

test("ranges hold what is shown, and are never empty", () => {
    assert.deepEqual(logRange(0, 1), [1, 10]);
    const [low, high] = logRange(1, 1);
    assert.ok(low < 1 && high > 1);
    assert.deepEqual(tightLogFit(null, 1, 60), [1, 60]);
    assert.deepEqual(tightFit(null, 0, 60), [0, 60]);
    assert.deepEqual(tightFit(null, 3, 3), [2, 4]);
    assert.deepEqual(tightFit(null, null, null), [-1, 1]);
    assert.deepEqual(fromZero(null, 0, 0), [0, 1]);
});

test("what a chart cannot draw becomes a gap", () => {
    assert.deepEqual(drawable([0, 0.5, Infinity, NaN], false, 100), [0, 50, null, null]);
    assert.deepEqual(drawable([0, 0.5], true), [null, 0.5]);
});

test("colours between stops are mixed", () => {
    assert.deepEqual(channels("#0072b2"), [0, 114, 178]);
    const stops = [
        [0, 0, 0],
        [100, 200, 50],
        [255, 255, 255],
    ];
    assert.deepEqual([0, 0.25, 0.5, 1, 7].map((place) => between(stops, place)), [
        [0, 0, 0],
        [50, 100, 25],
        [100, 200, 50],
        [255, 255, 255],
        [255, 255, 255],
    ]);
    assert.equal(rgba([1, 2, 3], 0.5), "rgba(1, 2, 3, 0.5)");
});

test("a band is one standard error below and above the mean over folds", () => {
    const run = { curves: { validation: { error: [0.5, 0.25, NaN] } }, band: [0.25, 0.125, NaN] };
    assert.deepEqual(bandOf(run), { below: [0.25, 0.125, NaN], above: [0.75, 0.375, NaN] });
});

test("an axis of both signs has zero and powers of ten on both sides", () => {
    assert.deepEqual(signedTicks(0.1, -0.5, 20), [-0.1, 0, 0.1, 1, 10]);
});

test("names of runs have their room, or are not shown", () => {
    const lines = (...names) => names.map((label) => ({ label }));
    const widthOf = (name) => 7 * name.length;
    assert.equal(roomForNames(lines("mse-1", "logistic-1"), 400, widthOf), 6 + 70);
    assert.equal(roomForNames(lines("mse-1", "logistic-1-l2-0.001-momentum-0.9"), 400, widthOf), 14);
    assert.equal(roomForNames(lines("mse-1", "logistic-1-l2-0.001-momentum-0.9"), 1200, widthOf), 6 + 7 * 32);
    assert.equal(roomForNames([...lines("mse-1"), { label: "the edge of a band", width: 0 }], 400, widthOf), 6 + 35);
    assert.equal(roomForNames(lines(...Array(25).fill("mse-1")), 1200, widthOf), 14);
});

test("names that would overlap are moved apart, and stay in their room", () => {
    const things = [{ y: 10 }, { y: 11 }, { y: 50 }, { y: 99 }, { y: 100 }];
    spreadOut(things, 10, 0, 100);
    assert.deepEqual(
        things.map(({ y }) => y),
        [10, 20, 50, 90, 100],
    );
});

test("labels of upright lines stand above the chart, within its width", () => {
    assert.equal(roomForMarks([{ x: 1, label: "a" }, { y: 2, label: "b" }, { x: 3, label: "c" }]), 32);
    assert.equal(roomForMarks(undefined), 0);
    assert.equal(labelStart(100, 5, 80, 360), 105);
    assert.equal(labelStart(300, 5, 80, 360), 280);
    assert.equal(labelStart(300, 5, 400, 360), 0);
});
