import assert from "node:assert/strict";
import { test } from "node:test";
import { correlation, largestMagnitude, sigmoid, softplus, steps, total } from "../../main/resources/io/sparkperceptron/report/numerics.js";

test("the sigmoid is a half at zero, symmetric, and finite far out", () => {
    assert.equal(sigmoid(0), 0.5);
    assert.ok(Math.abs(sigmoid(3) + sigmoid(-3) - 1) < 1e-15);
    assert.equal(sigmoid(1000), 1);
    assert.equal(sigmoid(-1000), 0);
});

test("softplus is log 2 at zero, hugs its asymptotes and never overflows", () => {
    assert.equal(softplus(0), Math.LN2);
    assert.equal(softplus(1000), 1000);
    assert.equal(softplus(-1000), 0);
    assert.ok(Math.abs(softplus(2) - softplus(-2) - 2) < 1e-15);
});

test("steps include both ends", () => {
    assert.deepEqual(steps(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
});

test("a total of nothing is zero", () => {
    assert.equal(total([]), 0);
    assert.equal(total([1, 2, 3]), 6);
});

test("correlation is 1 of what rises together, -1 of what does not, NaN of what never changes", () => {
    assert.ok(Math.abs(correlation([1, 2, 4], [10, 20, 40]) - 1) < 1e-12);
    assert.ok(Math.abs(correlation([1, 2, 4], [-1, -2, -4]) + 1) < 1e-12);
    assert.ok(Math.abs(correlation([1, 2, 3, 4], [1, 3, 2, 4]) - 0.8) < 1e-12);
    assert.ok(Number.isNaN(correlation([1, 1], [1, 2])));
});

test("the largest magnitude is of either sign, and can be divided by", () => {
    assert.equal(largestMagnitude([1, -3, 2]), 3);
    assert.equal(largestMagnitude([0, 0]), 1);
});
