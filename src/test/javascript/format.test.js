import assert from "node:assert/strict";
import { test } from "node:test";
import {
    count,
    counted,
    decimal,
    listed,
    percent,
    percentRange,
    points,
    probability,
    setName,
    signed,
} from "../../main/resources/io/sparkperceptron/report/format.js";

const SPACE = "\u00a0";

test("fractions become per cent", () => {
    assert.equal(percent(0.1072), `10.72${SPACE}%`);
    assert.equal(percent(0.8333, 1), `83.3${SPACE}%`);
    assert.equal(percent(null), "–");
    assert.equal(percentRange({ low: 0.09, high: 0.125 }), `9.00–12.50${SPACE}%`);
    assert.equal(points(0.0123), "1.23 percentage points");
});

test("counts have separators and their plural", () => {
    assert.equal(count(60000), "60,000");
    assert.equal(counted(1, "epoch"), `1${SPACE}epoch`);
    assert.equal(counted(2, "epoch"), `2${SPACE}epochs`);
    assert.equal(counted(2, "class", "classes"), `2${SPACE}classes`);
});

test("decimals have significant digits only, and a true minus sign", () => {
    assert.equal(decimal(0.123456), "0.1235");
    assert.equal(decimal(2), "2");
    assert.equal(decimal(-1.5, 2), "−1.5");
    assert.equal(decimal(Infinity), "infinite");
    assert.equal(signed(-0.5), "−0.50");
    assert.equal(signed(0.5, 1), "+0.5");
});

test("a small p is below its bound, a larger one has two digits", () => {
    assert.equal(probability(0.00004), "p < 0.0001");
    assert.equal(probability(0), "p < 0.0001");
    assert.equal(probability(0.0002137), "p = 0.00021");
    assert.equal(probability(0.5), "p = 0.5");
});

test("lists end in and", () => {
    assert.equal(listed([]), "");
    assert.equal(listed(["a"]), "a");
    assert.equal(listed(["a", "b"]), "a and b");
    assert.equal(listed(["a", "b", "c"]), "a, b and c");
});

test("sets have names for people", () => {
    assert.deepEqual(["train", "validation", "test"].map(setName), ["training", "validation", "test"]);
});
