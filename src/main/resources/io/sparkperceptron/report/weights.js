import { divergingTable, onThemeChange, themeColour } from "./colours.js";
import { classNumbers, isFlat, labelOf, placeOf, report, runNamed, runsWithWeights } from "./data.js";
import { byId, followRunChoice, say } from "./dom.js";
import { buildFeatures } from "./features.js";
import { framesOf } from "./film.js";
import { signed } from "./format.js";
import { biasOf, noWeightsSentence } from "./perceptrons.js";
import { fillColourBar, weightPicture } from "./pictures.js";
import { playWith } from "./player.js";
import { weightsText } from "./reading.js";

const LABEL_HEIGHT = 24;
const LABEL_WIDTH = 110;
const sheetView = { run: null, frames: [], layout: null, cursor: null };

export function buildWeights() {
    const runs = runsWithWeights();
    byId("weights-panel").hidden = !report.image || runs.length === 0;
    if (runs.length === 0) {
        say("weights-text", [noWeightsSentence("to show")]);
        return;
    }
    if (!report.image) {
        buildFeatures(runs);
        return;
    }
    followRunChoice("weights-run", runs, openWeights);
    byId("weights-epoch").addEventListener("input", drawSheet);
    playWith(byId("weights-play"), byId("weights-epoch"), drawSheet);
    const canvas = byId("weights-sheet");
    canvas.addEventListener("pointermove", (event) => moveSheetCursor(pixelUnder(event)));
    canvas.addEventListener("pointerdown", (event) => moveSheetCursor(pixelUnder(event)));
    canvas.addEventListener("pointerleave", () => moveSheetCursor(null));
    canvas.addEventListener("keydown", moveByKey);
    new ResizeObserver(() => sheetView.layout?.width !== canvas.clientWidth && drawSheet()).observe(canvas);
    onThemeChange(drawSheet);
    openWeights();
}

function openWeights() {
    const run = runNamed(byId("weights-run").value);
    sheetView.run = run;
    sheetView.frames = framesOf(run);
    sheetView.cursor = null;
    const slider = byId("weights-epoch");
    slider.max = sheetView.frames.length - 1;
    slider.value = slider.max;
    slider.disabled = sheetView.frames.length === 1;
    byId("weights-play").disabled = slider.disabled;
    say("weights-text", ...weightsText(run));
    drawSheet();
}

function currentFrame() {
    return sheetView.frames[Number(byId("weights-epoch").value)];
}

/** Chooses as many columns as fit, but few enough to make the last row about as full as the others. */
function layoutSheet(width) {
    const pictures = classNumbers().length;
    const fitting = Math.max(1, Math.min(pictures, Math.floor(width / (width > 700 ? 180 : 105))));
    const rows = Math.ceil(pictures / fitting);
    const columns = Math.ceil(pictures / rows);
    const gap = 12;
    const room = Math.min(240, (width - gap * (columns - 1)) / columns);
    const [pixelWidth, pixelHeight] = pixelSize(report.shown, room);
    const pictureWidth = pixelWidth * report.shown.width;
    const cellWidth = Math.max(pictureWidth, isFlat() ? Math.min(room, LABEL_WIDTH) : 0);
    const cellHeight = pixelHeight * report.shown.height + LABEL_HEIGHT;
    const left = Math.max(0, (width - columns * cellWidth - (columns - 1) * gap) / 2);
    const height = rows * (cellHeight + gap);
    return { width, columns, rows, gap, pixelWidth, pixelHeight, pictureWidth, cellWidth, cellHeight, left, height };
}

/** A whole number of screen pixels where there is room; pixels of flat images have a minimum width or height. */
function pixelSize({ width, height }, room) {
    const fitting = Math.min(room / width, (2 * room) / height) * devicePixelRatio;
    const pixel = (fitting < 1 ? fitting : Math.floor(fitting)) / devicePixelRatio;
    return isFlat()
        ? [width, height].map((pixels) => Math.max(pixel, Math.min(room / pixels, 12, 36 / pixels)))
        : [pixel, pixel];
}

function cellCorner(label) {
    const { columns, gap, cellWidth, cellHeight, left } = sheetView.layout;
    const place = classNumbers().indexOf(label);
    return [left + (place % columns) * (cellWidth + gap), Math.floor(place / columns) * (cellHeight + gap)];
}

function drawSheet() {
    const canvas = byId("weights-sheet");
    const frame = currentFrame();
    const scale = frame.scale || 1;
    const layout = layoutSheet(canvas.clientWidth);
    sheetView.layout = layout;
    canvas.width = Math.round(layout.width * devicePixelRatio);
    canvas.height = Math.round(layout.height * devicePixelRatio);
    canvas.style.height = layout.height + "px";
    const context = canvas.getContext("2d");
    context.scale(devicePixelRatio, devicePixelRatio);
    context.imageSmoothingEnabled = false;
    context.font = "14px system-ui, sans-serif";
    context.fillStyle = themeColour("ink");
    const table = divergingTable();
    for (const label of classNumbers()) {
        const [left, top] = cellCorner(label);
        context.fillText(cellTitle(label, frame), left, top + 16);
        context.drawImage(
            weightPicture(frame.values(label), scale / frame.unit, table),
            left,
            top + LABEL_HEIGHT,
            layout.pictureWidth,
            layout.cellHeight - LABEL_HEIGHT,
        );
    }
    outlineCursor(context);
    fillColourBar(byId("weights-scale"), scale);
    const epoch = `epoch ${frame.epoch}`;
    byId("weights-epoch-value").textContent = epoch;
    byId("weights-epoch").setAttribute("aria-valuetext", epoch);
    canvas.setAttribute(
        "aria-label",
        `Weights of ${sheetView.run.name} after ${epoch}; arrow keys move from pixel to pixel`,
    );
    sayPixel();
}

function cellTitle(label, frame) {
    return frame.final ? `${labelOf(label)}   bias ${signed(biasOf(sheetView.run, label))}` : labelOf(label);
}

function outlineCursor(context) {
    if (!sheetView.cursor) {
        return;
    }
    const { pixelWidth, pixelHeight } = sheetView.layout;
    const [left, top] = cellCorner(sheetView.cursor.label);
    context.strokeStyle = themeColour("ink");
    context.lineWidth = 1.5;
    context.strokeRect(
        left + sheetView.cursor.column * pixelWidth - 1,
        top + LABEL_HEIGHT + sheetView.cursor.row * pixelHeight - 1,
        pixelWidth + 2,
        pixelHeight + 2,
    );
}

function pixelUnder(event) {
    const { columns, gap, pixelWidth, pixelHeight, cellWidth, cellHeight, left } = sheetView.layout;
    const across = Math.floor((event.offsetX - left) / (cellWidth + gap));
    const label = classNumbers()[Math.floor(event.offsetY / (cellHeight + gap)) * columns + across];
    if (across < 0 || across >= columns || label === undefined) {
        return null;
    }
    const [cellLeft, cellTop] = cellCorner(label);
    const column = Math.floor((event.offsetX - cellLeft) / pixelWidth);
    const row = Math.floor((event.offsetY - cellTop - LABEL_HEIGHT) / pixelHeight);
    const inside = column >= 0 && row >= 0 && column < report.shown.width;
    return inside && featureAt({ row, column }) < report.features ? { label, row, column } : null;
}

function featureAt({ row, column }) {
    return row * report.shown.width + column;
}

function moveSheetCursor(cursor) {
    sheetView.cursor = cursor;
    drawSheet();
}

/** Arrow keys move the cursor; at a picture's edge it moves to the next picture. */
function moveByKey(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) {
        return;
    }
    event.preventDefault();
    const { width, height } = report.shown;
    const { columns } = sheetView.layout;
    const start = sheetView.cursor ?? { label: classNumbers()[0], row: Math.floor(height / 2), column: Math.floor(width / 2) };
    const row = start.row + step[0];
    const column = start.column + step[1];
    const classes = classNumbers();
    const label = classes[classes.indexOf(start.label) + Math.floor(column / width) + columns * Math.floor(row / height)];
    const cursor = { label, row: (row + height) % height, column: (column + width) % width };
    if (label !== undefined && featureAt(cursor) < report.features) {
        moveSheetCursor(cursor);
    }
}

function sayPixel() {
    const { cursor } = sheetView;
    const frame = currentFrame();
    byId("weights-pixel").textContent = cursor
        ? `Class ${labelOf(cursor.label)}, ${placeOf(featureAt(cursor))}: weight `
          + signed(frame.values(cursor.label)[featureAt(cursor)] * frame.unit, 4)
        : "Point at a pixel for its weight.";
}
