import { boxOf, centred } from "./centring.js";
import { onThemeChange } from "./colours.js";
import { classNumbers, isFlat, labelOf, report, runNamed, runsWithWeights } from "./data.js";
import { byId, element, followRunChoice, say } from "./dom.js";
import { decimal } from "./format.js";
import { CURSOR_COLOUR, drawByKeys } from "./penkeys.js";
import { inputsOf, noWeightsSentence, runnerUpOf, scoresOf, winnerOf } from "./perceptrons.js";
import { inkPicture, meanSheet } from "./pictures.js";
import { showReasons } from "./reasons.js";
import { showScores } from "./scores.js";

const DRAWING_WIDTH = 280;
const STROKE_SHARE = 0.09;
/** The ink has a canvas of its own, because the visible canvas also shows the cursor of the keys. */
const drawing = { ink: null, last: null, cursor: null, grey: null };

export function buildDrawing() {
    const runs = runsWithWeights();
    if (!report.image || isFlat() || runs.length === 0) {
        byId("draw-panel").hidden = true;
        say("draw-text", [
            !report.image
                ? "The features of this data are not pixels, so nothing can be drawn."
                : isFlat()
                  ? `Images of ${report.image.height}x${report.image.width} pixels are too flat to draw.`
                  : noWeightsSentence("to try"),
        ]);
        return;
    }
    say("draw-text", drawingText());
    followRunChoice("draw-run", runs, scoreDrawing);
    byId("draw-rival").replaceChildren(
        element("option", { value: "" }, "the second"),
        ...classNumbers().map((label) => element("option", { value: label }, labelOf(label))),
    );
    byId("draw-rival").addEventListener("change", scoreDrawing);
    onThemeChange(() => {
        showDrawing();
        scoreDrawing();
    });
    byId("draw-clear").addEventListener("click", clearDrawing);
    const canvas = byId("draw-canvas");
    canvas.width = DRAWING_WIDTH;
    canvas.height = Math.round((DRAWING_WIDTH * report.shown.height) / report.shown.width);
    const { width, height } = canvas;
    drawing.ink = element("canvas", { width, height }).getContext("2d", { willReadFrequently: true });
    canvas.addEventListener("pointerdown", beginStroke);
    // The window listens, so that a stroke may leave the canvas and come back.
    addEventListener("pointermove", goOnStroke);
    ["pointerup", "pointercancel"].forEach((kind) => addEventListener(kind, () => (drawing.last = null)));
    drawByKeys(canvas, { show: moveKeyCursor, draw: strokeByKey, clear: clearDrawing });
    clearDrawing();
    meanSheet.open().then(scoreDrawing);
}

export function drawingText() {
    const { width, height } = report.shown;
    const box = boxOf(report.shown);
    return [
        `Your drawing is scaled into a box of ${decimal(box.height, 2)}x${decimal(box.width, 2)} of `
            + `${height}x${width} pixels, its centre of mass put in the middle, as MNIST's digits were.`,
        width === 28 && height === 28
            ? ""
            : "Perceptrons that learned from images made in another way may take it for something else.",
        'Then the perceptrons score it. They know no "neither": whatever you draw, one of them wins.',
    ];
}

function drawingPoint(event) {
    const canvas = byId("draw-canvas");
    const frame = canvas.getBoundingClientRect();
    return [
        ((event.clientX - frame.left) * canvas.width) / frame.width,
        ((event.clientY - frame.top) * canvas.height) / frame.height,
    ];
}

function beginStroke(event) {
    if (!event.isPrimary && event.pointerType === "touch") {
        return;
    }
    event.preventDefault();
    byId("draw-canvas").focus({ preventScroll: true });
    drawing.last = drawingPoint(event);
    strokeTo(drawing.last);
}

function goOnStroke(event) {
    if (drawing.last) {
        strokeTo(drawingPoint(event));
    }
}

function strokeTo(point) {
    const { ink } = drawing;
    ink.lineCap = "round";
    ink.lineJoin = "round";
    ink.lineWidth = STROKE_SHARE * Math.min(ink.canvas.width, ink.canvas.height);
    ink.beginPath();
    ink.moveTo(...drawing.last);
    ink.lineTo(...point);
    ink.stroke();
    drawing.last = point;
    showDrawing();
    scoreDrawing();
}

/** The side of one of the image's pixels on the canvas. */
function pixelSide() {
    return DRAWING_WIDTH / report.shown.width;
}

function strokeByKey(from, to) {
    const middle = (pixel) => pixel.map((place) => (place + 0.5) * pixelSide());
    drawing.last = middle(from);
    strokeTo(middle(to));
    drawing.last = null;
}

function moveKeyCursor(cursor) {
    drawing.cursor = cursor;
    showDrawing();
}

function showDrawing() {
    const { ink, cursor } = drawing;
    const context = byId("draw-canvas").getContext("2d");
    context.clearRect(0, 0, ink.canvas.width, ink.canvas.height);
    context.drawImage(ink.canvas, 0, 0);
    if (cursor) {
        context.strokeStyle = CURSOR_COLOUR;
        context.lineWidth = 2;
        context.strokeRect(...cursor.map((place) => place * pixelSide()), pixelSide(), pixelSide());
    }
}

function clearDrawing() {
    const { ink } = drawing;
    ink.clearRect(0, 0, ink.canvas.width, ink.canvas.height);
    showDrawing();
    scoreDrawing();
}

/** The drawing as the perceptrons get it; null if nothing is drawn. */
export function drawnImage() {
    return drawing.grey;
}

function drawnInk() {
    const { ink } = drawing;
    const { width, height } = ink.canvas;
    const pixels = ink.getImageData(0, 0, width, height).data;
    return Float32Array.from({ length: width * height }, (_, pixel) => pixels[pixel * 4 + 3] / 255);
}

function scoreDrawing() {
    const { width, height } = drawing.ink.canvas;
    const grey = centred(drawnInk(), width, height, report.shown)?.subarray(0, report.features);
    drawing.grey = grey ?? null;
    inkPicture(grey ?? new Uint8Array(report.features), byId("draw-result"));
    const run = runNamed(byId("draw-run").value);
    const inputs = grey ? inputsOf(grey) : null;
    const scores = grey ? scoresOf(run, inputs) : null;
    byId("draw-answer").textContent = scores ? labelOf(winnerOf(scores)) : "";
    showScores("draw-scores", scores);
    if (!scores) {
        byId("draw-evidence").replaceChildren();
        return;
    }
    const winner = winnerOf(scores);
    const wanted = byId("draw-rival").value;
    const rival = wanted === "" || Number(wanted) === winner ? runnerUpOf(scores, winner) : Number(wanted);
    showReasons("draw-evidence", run, inputs, scores, [
        [winner, "the answer"],
        [rival, wanted === String(rival) ? "chosen" : "second"],
    ]);
}
