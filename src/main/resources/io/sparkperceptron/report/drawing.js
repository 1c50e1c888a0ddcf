import { centred } from "./centring.js";
import { onThemeChange } from "./colours.js";
import { isFlat, labelOf, report, runNamed, runsWithWeights } from "./data.js";
import { byId, element, followRunChoice, say } from "./dom.js";
import { inputsOf, noWeightsSentence, runnerUpOf, scoresOf, winnerOf } from "./perceptrons.js";
import { inkPicture, meanSheet } from "./pictures.js";
import { showReasons } from "./reasons.js";
import { showScores } from "./scores.js";

const DRAWING_WIDTH = 280;
const STROKE_SHARE = 0.09;
const drawing = { context: null, last: null, scores: null };

export function buildDrawing() {
    const runs = runsWithWeights();
    if (!report.image || isFlat() || runs.length === 0) {
        byId("draw-panel").hidden = true;
        say("draw-text", [
            !report.image
                ? "The features of this data are no pixels, so nothing can be drawn."
                : isFlat()
                  ? `Images of ${report.image.height}x${report.image.width} pixels are too flat to draw.`
                  : noWeightsSentence("to try"),
        ]);
        return;
    }
    say("draw-text", [
        "Your drawing is treated as MNIST's digits were: scaled into a box of 20 of 28 pixels, its centre of mass "
            + "put in the middle.",
        'Then the perceptrons of the run you choose score it. They know no "neither": whatever you draw, one of '
            + "them wins.",
    ]);
    followRunChoice("draw-run", runs, scoreDrawing);
    byId("draw-rival").replaceChildren(
        element("option", { value: "" }, "the second"),
        ...Array.from({ length: report.classes }, (_, label) => element("option", { value: label }, labelOf(label))),
    );
    byId("draw-rival").addEventListener("change", scoreDrawing);
    onThemeChange(scoreDrawing);
    byId("draw-clear").addEventListener("click", clearDrawing);
    const canvas = byId("draw-canvas");
    canvas.width = DRAWING_WIDTH;
    canvas.height = Math.round((DRAWING_WIDTH * report.shown.height) / report.shown.width);
    drawing.context = canvas.getContext("2d", { willReadFrequently: true });
    canvas.addEventListener("pointerdown", beginStroke);
    // The window listens, so that a stroke may leave the canvas and come back.
    addEventListener("pointermove", goOnStroke);
    ["pointerup", "pointercancel"].forEach((kind) => addEventListener(kind, () => (drawing.last = null)));
    canvas.addEventListener("keydown", (event) => {
        if (event.key === "Delete" || event.key === "Backspace") {
            event.preventDefault();
            clearDrawing();
        }
    });
    clearDrawing();
    meanSheet.open().then(scoreDrawing);
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
    const { context } = drawing;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.lineWidth = STROKE_SHARE * Math.min(context.canvas.width, context.canvas.height);
    context.beginPath();
    context.moveTo(...drawing.last);
    context.lineTo(...point);
    context.stroke();
    drawing.last = point;
    scoreDrawing();
}

function clearDrawing() {
    const { context } = drawing;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    scoreDrawing();
}

function drawnInk() {
    const { context } = drawing;
    const { width, height } = context.canvas;
    const pixels = context.getImageData(0, 0, width, height).data;
    return Float32Array.from({ length: width * height }, (_, pixel) => pixels[pixel * 4 + 3] / 255);
}

function scoreDrawing() {
    const { width, height } = drawing.context.canvas;
    const grey = centred(drawnInk(), width, height, report.shown)?.subarray(0, report.features);
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
