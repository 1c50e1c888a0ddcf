import { themeColour } from "./colours.js";

const NAME_HEIGHT = 13;
const MARK_HEIGHT = 16;
const NAME_GAP = 6;
const NO_NAMES = 14;

/** Names that would take more of a chart's width are not shown, because the chart would be too small. */
const MOST_FOR_NAMES = 0.35;

/** Above this many names, some would stand far from their lines. */
const MOST_NAMES = 24;

/** An upright line with a short one across at both ends. */
export function drawBar(plot, { x, low, high, colour }) {
    const { ctx, bbox } = plot;
    const across = plot.valToPos(x, "x", true);
    const [top, bottom] = [plot.valToPos(high, "y", true), plot.valToPos(low, "y", true)];
    const cap = 4 * devicePixelRatio;
    ctx.save();
    clip(ctx, bbox);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(across - cap, top);
    ctx.lineTo(across + cap, top);
    ctx.moveTo(across, top);
    ctx.lineTo(across, bottom);
    ctx.moveTo(across - cap, bottom);
    ctx.lineTo(across + cap, bottom);
    ctx.stroke();
    ctx.restore();
}

function clip(ctx, { left, top, width, height }) {
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
}

export function drawDots(plot, { x, values, colour }) {
    const { ctx, bbox } = plot;
    const across = plot.valToPos(x, "x", true);
    const size = 1.5 * devicePixelRatio;
    ctx.save();
    clip(ctx, bbox);
    ctx.fillStyle = colour;
    values.forEach((value) => ctx.fillRect(across - size / 2, plot.valToPos(value, "y", true) - size / 2, size, size));
    ctx.restore();
}

export function drawPath(plot, route) {
    const { ctx, bbox } = plot;
    const places = route.map(({ x, y }) => [plot.valToPos(x, "x", true), plot.valToPos(y, "y", true)]);
    ctx.save();
    clip(ctx, bbox);
    ctx.strokeStyle = ctx.fillStyle = themeColour("second");
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    places.forEach((place) => ctx.lineTo(...place));
    ctx.stroke();
    places.forEach(([across, down], index) => {
        ctx.beginPath();
        ctx.arc(across, down, (index === 0 ? 5 : 3.5) * devicePixelRatio, 0, 2 * Math.PI);
        ctx.fill();
    });
    ctx.restore();
}

/** The room at the right of a chart for the names of its lines. Names are shown whole, or not at all. */
export function roomForNames(series, width, widthOf = nameWidth) {
    const names = series.filter((line) => line.width !== 0).map(({ label }) => label);
    const room = NAME_GAP + Math.max(0, ...names.map(widthOf));
    return names.length <= MOST_NAMES && room <= MOST_FOR_NAMES * width ? Math.max(NO_NAMES, Math.ceil(room)) : NO_NAMES;
}

function nameWidth(name) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = nameFont(1);
    return context.measureText(name).width;
}

function nameFont(scale) {
    return `${12 * scale}px system-ui, sans-serif`;
}

/** Names of lines at their last visible points, moved apart where they would overlap. */
export function drawNames(plot) {
    const { ctx, bbox } = plot;
    const wanted = roomForNames(plot.series.slice(1), Infinity);
    if (wanted === NO_NAMES || plot.width - (bbox.left + bbox.width) / devicePixelRatio < wanted) {
        return;
    }
    const names = plot.series
        .map((series, index) => ({ series, end: index > 0 && series.width > 0 ? lastInSight(plot, index) : null }))
        .filter(({ end }) => end !== null)
        .map(({ series, end }) => ({ series, y: Math.max(bbox.top, Math.min(bbox.top + bbox.height, plot.valToPos(end, "y", true))) }))
        .sort((first, second) => first.y - second.y);
    const height = NAME_HEIGHT * devicePixelRatio;
    spreadOut(names, height, bbox.top + height / 2, bbox.top + bbox.height - height / 2);
    ctx.save();
    ctx.font = nameFont(devicePixelRatio);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    for (const { series, y } of names) {
        ctx.fillStyle = series.stroke();
        ctx.fillText(series.label, bbox.left + bbox.width + NAME_GAP * devicePixelRatio, y);
    }
    ctx.restore();
}

function lastInSight(plot, series) {
    const values = plot.data[series];
    for (let index = values.length - 1; index >= 0; index--) {
        if (plot.data[0][index] <= plot.scales.x.max && Number.isFinite(values[index])) {
            return plot.data[0][index] >= plot.scales.x.min ? values[index] : null;
        }
    }
    return null;
}

/** Moves things in a row apart, and those at the far end back into the range. Modified: their y. */
export function spreadOut(things, distance, low, high) {
    let least = low;
    for (const thing of things) {
        thing.y = Math.max(thing.y, least);
        least = thing.y + distance;
    }
    let most = high;
    for (const thing of [...things].reverse()) {
        thing.y = Math.min(thing.y, most);
        most = thing.y - distance;
    }
}

/** The height that labels of upright lines take above a chart, where they cover no point. */
export function roomForMarks(marks = []) {
    return MARK_HEIGHT * marks.filter((mark) => "x" in mark).length;
}

/** Where a label begins: right of its line, or further left if it would not fit before the end. */
export function labelStart(line, gap, length, end) {
    return Math.max(0, Math.min(line + gap, end - length));
}

/** A labelled line across the chart, over the series. Labels of upright lines stand above it, below each other. */
export function drawMark(plot, mark, index) {
    const { ctx, bbox } = plot;
    const vertical = "x" in mark;
    const position = plot.valToPos(vertical ? mark.x : mark.y, vertical ? "x" : "y", true);
    const start = vertical ? bbox.left : bbox.top;
    const end = start + (vertical ? bbox.width : bbox.height);
    if (!(position >= start && position <= end)) {
        return;
    }
    const top = (4 + MARK_HEIGHT * index) * devicePixelRatio;
    ctx.save();
    ctx.strokeStyle = themeColour("mark");
    ctx.fillStyle = themeColour("ink");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(vertical ? position : bbox.left, vertical ? top : position);
    ctx.lineTo(vertical ? position : bbox.left + bbox.width, vertical ? bbox.top + bbox.height : position);
    ctx.stroke();
    ctx.font = nameFont(devicePixelRatio);
    const gap = 5 * devicePixelRatio;
    const length = ctx.measureText(mark.label).width;
    ctx.textAlign = "left";
    ctx.textBaseline = vertical ? "top" : "bottom";
    const x = vertical ? labelStart(position, gap, length, ctx.canvas.width) : bbox.left + bbox.width - gap - length;
    const y = vertical ? top : position - gap / 2;
    // A rim in the background's colour keeps the letters apart from lines behind them.
    ctx.setLineDash([]);
    ctx.strokeStyle = themeColour("paper");
    ctx.lineWidth = 4 * devicePixelRatio;
    ctx.lineJoin = "round";
    ctx.strokeText(mark.label, x, y);
    ctx.fillText(mark.label, x, y);
    ctx.restore();
}
