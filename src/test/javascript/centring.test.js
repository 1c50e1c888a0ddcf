import assert from "node:assert/strict";
import { test } from "node:test";
import { centred } from "../../main/resources/io/sparkperceptron/report/centring.js";

const TARGET = { width: 28, height: 28 };

function rectangle(width, height, left, top, right, bottom) {
    return Float32Array.from({ length: width * height }, (_, pixel) => {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        return x >= left && x < right && y >= top && y < bottom ? 1 : 0;
    });
}

/** The bounds of what is inked, and its centre of mass. */
function frameOf(grey, { width, height }) {
    const frame = { left: width, right: 0, top: height, bottom: 0, x: 0, y: 0, mass: 0 };
    grey.forEach((value, pixel) => {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        if (value > 0) {
            frame.left = Math.min(frame.left, x);
            frame.right = Math.max(frame.right, x + 1);
            frame.top = Math.min(frame.top, y);
            frame.bottom = Math.max(frame.bottom, y + 1);
        }
        frame.mass += value;
        frame.x += value * (x + 0.5);
        frame.y += value * (y + 0.5);
    });
    return { ...frame, x: frame.x / frame.mass, y: frame.y / frame.mass };
}

test("without ink there is no image", () => {
    assert.equal(centred(new Float32Array(100), 10, 10, TARGET), null);
    assert.equal(centred(new Float32Array(100).fill(0.01), 10, 10, TARGET), null);
});

test("ink anywhere is scaled to a box of 20 of 28 pixels in the middle", () => {
    for (const [left, top] of [
        [0, 0],
        [60, 30],
    ]) {
        const frame = frameOf(centred(rectangle(100, 100, left, top, left + 40, top + 40), 100, 100, TARGET), TARGET);
        assert.deepEqual([frame.left, frame.right, frame.top, frame.bottom], [4, 24, 4, 24]);
    }
});

test("its shape is kept", () => {
    const frame = frameOf(centred(rectangle(100, 100, 10, 10, 20, 50), 100, 100, TARGET), TARGET);
    assert.deepEqual([frame.top, frame.bottom], [4, 24]);
    assert.ok(frame.right - frame.left <= 6, "a quarter as wide as high");
});

test("the centre of mass, not of the frame, is put in the middle", () => {
    const ink = rectangle(100, 100, 20, 20, 80, 80).map((value, pixel) => (pixel % 100 < 50 ? value : 0.25 * value));
    const frame = frameOf(centred(ink, 100, 100, TARGET), TARGET);
    assert.ok(Math.abs(frame.x - 14) < 0.1, String(frame.x));
    assert.ok(Math.abs(frame.y - 14) < 0.1, String(frame.y));
    assert.ok(frame.right > 24, "the pale side sticks out");
});

test("full ink is white, half of it grey", () => {
    const full = centred(rectangle(100, 100, 20, 20, 80, 80), 100, 100, TARGET);
    assert.equal(full[14 * 28 + 14], 255);
    const half = centred(
        rectangle(100, 100, 20, 20, 80, 80).map((value) => value / 2),
        100,
        100,
        TARGET,
    );
    assert.equal(half[14 * 28 + 14], 128);
});

test("an image need not be square", () => {
    const target = { width: 14, height: 28 };
    const frame = frameOf(centred(rectangle(100, 200, 10, 20, 60, 120), 100, 200, target), target);
    assert.deepEqual([frame.left, frame.right, frame.top, frame.bottom], [2, 12, 4, 24]);
});
