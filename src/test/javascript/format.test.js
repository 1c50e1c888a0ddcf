import assert from "node:assert/strict";
import { test } from "node:test";
import {
    count,
    counted,
    decimal,
    decimalAbove,
    decimalBelow,
    decimalsApart,
    listed,
    percent,
    percentRange,
    points,
    probability,
    setName,
    share,
    signed,
} from "../../main/resources/io/sparkperceptron/report/format.js";

const SPACE = "\u00a0";

test("fractions become per cent", () => {
    assert.equal(percent(0.1072), `10.72${SPACE}%`);
    assert.equal(percent(0.8333, 1), `83.3${SPACE}%`);
    assert.equal(percent(null), "–");
    assert.equal(percentRange({ low: 0.09, high: 0.125 }), `9.00–12.50${SPACE}%`);
    assert.equal(points(0.0123), "1.23");
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
    assert.equal(decimal(-1e-7, 2), "−1e−7");
    assert.equal(signed(0.5, 1), "+0.5");
    assert.equal(signed(-0.004), "0.00");
    assert.equal(signed(0.004), "0.00");
    assert.equal(signed(-0.004, 3), "−0.004");
});

test("decimals can keep to one side of a number", () => {
    const told = (number, digits) => [decimalBelow(number, digits), decimalAbove(number, digits)];
    assert.deepEqual(told(0.20506, 2), ["0.2", "0.21"]);
    assert.deepEqual(told(0.20506, 3), ["0.205", "0.206"]);
    assert.deepEqual(told(9.996, 3), ["9.99", "10"]);
    assert.deepEqual(told(0.0999, 2), ["0.099", "0.1"]);
    assert.deepEqual(told(-1.26, 2), ["−1.3", "−1.2"]);
    assert.deepEqual(told(123456), ["123400", "123500"]);
    assert.deepEqual(told(0.25), ["0.25", "0.25"]);
    assert.deepEqual(told(1e-9, 1), ["1e−9", "1e−9"]);
    assert.deepEqual(told(0), ["0", "0"]);
    assert.deepEqual(told(Infinity), ["infinite", "infinite"]);
    for (let number = 1e-12; number < 1e12; number *= 1.37) {
        const [below, above] = told(number, 3).map((text) => Number(text.replaceAll("−", "-")));
        assert.ok(below <= number && number <= above && above - below <= 0.0101 * number, String(number));
    }
});

test("numbers are told apart where digits allow", () => {
    assert.deepEqual(decimalsApart(1, 2), ["1", "2"]);
    assert.deepEqual(decimalsApart(1.000012, 1.00001), ["1.000012", "1.00001"]);
    assert.deepEqual(decimalsApart(1 + 1e-12, 1), ["1", "1"]);
    assert.deepEqual(decimalsApart(3, Infinity), ["3", "infinite"]);
});

test("a share is all or nothing only where it is", () => {
    const told = ["0", "under 1", "75", "over 99", "100"].map((text) => `${text}${SPACE}%`);
    assert.deepEqual([0, 0.004, 0.75, 0.996, 1].map(share), told);
    assert.equal(points(0.00003), "less than 0.01");
    assert.equal(points(0), "0.00");
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
