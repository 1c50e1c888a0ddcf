import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingText } from "../../main/resources/io/sparkperceptron/report/drawing.js";
import { drawByKeys, nextPixel } from "../../main/resources/io/sparkperceptron/report/penkeys.js";
import { madeUpRun, show } from "./madeup.js";

function showShape(height, width) {
    show([madeUpRun()], { image: { height, width }, shown: { height, width } });
}

/** A canvas with keys that draw, and what was asked of the pen. */
function padWithKeys() {
    const canvas = new EventTarget();
    const asked = [];
    const tell = (what) => (...places) => asked.push([what, ...places]);
    drawByKeys(canvas, { show: tell("show"), draw: tell("draw"), clear: tell("clear") });
    const press = (key, shiftKey = false) => {
        const event = Object.assign(new Event("keydown", { cancelable: true }), { key, shiftKey });
        asked.length = 0;
        canvas.dispatchEvent(event);
        return { asked: [...asked], taken: event.defaultPrevented };
    };
    return { canvas, asked, press };
}

test("the box of a drawing is that of the images", () => {
    showShape(28, 28);
    assert.match(drawingText()[0], /into a box of 20x20 of 28x28 pixels,/);
    assert.equal(drawingText()[1], "");
    showShape(20, 14);
    assert.match(drawingText()[0], /into a box of 14x10 of 20x14 pixels,/);
    assert.match(drawingText()[1], /made in another way/);
});

test("arrow keys move the cursor from the middle, and stop at the edges", () => {
    showShape(3, 5);
    assert.deepEqual(nextPixel("ArrowLeft", null), [1, 1]);
    assert.deepEqual(nextPixel("ArrowLeft", [0, 1]), [0, 1]);
    assert.deepEqual(nextPixel("ArrowDown", [4, 2]), [4, 2]);
    assert.deepEqual(nextPixel(" ", null), [2, 1]);
    assert.equal(nextPixel("Tab", [0, 0]), null);
});

test("Space draws a dot, Shift with an arrow key a line, Delete clears", () => {
    showShape(3, 5);
    const { canvas, asked, press } = padWithKeys();
    assert.deepEqual(press("ArrowRight"), { asked: [["show", [3, 1]]], taken: true });
    assert.deepEqual(press(" ").asked, [["show", [3, 1]], ["draw", [3, 1], [3, 1]]]);
    assert.deepEqual(press("Enter").asked, press(" ").asked);
    assert.deepEqual(press("ArrowDown", true).asked, [["show", [3, 2]], ["draw", [3, 1], [3, 2]]]);
    assert.deepEqual(press("Delete"), { asked: [["clear"]], taken: true });
    assert.deepEqual(press("Tab"), { asked: [], taken: false });
    asked.length = 0;
    canvas.dispatchEvent(new Event("blur"));
    assert.deepEqual(asked, [["show", null]]);
});
