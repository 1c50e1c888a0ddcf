import { themeColour } from "./colours.js";
import { count, decimal, MINUS } from "./format.js";

/** bothSigns: the axis has zero, is linear up to this number on both sides, and logarithmic beyond. */
export function chartScale({ log, bothSigns, range }) {
    const distribution = bothSigns ? { distr: 4, asinh: bothSigns } : log ? { distr: 3 } : {};
    return { time: false, ...distribution, ...(range ? { range } : {}) };
}

export function chartAxis({ label, log, bothSigns }, size) {
    return {
        label,
        size,
        labelSize: 22,
        labelFont: "13px system-ui, sans-serif",
        font: "12px system-ui, sans-serif",
        stroke: themeColour("soft"),
        grid: { stroke: themeColour("grid"), width: 1 },
        ticks: { stroke: themeColour("line"), width: 1, size: 5 },
        values: (_, ticks) => ticks.map((value) => (value === null ? "" : tickText(value, log))),
        ...(log ? { splits: (_, axis, low, high) => logTicks(low, high), filter: thinLogTicks } : {}),
        ...(bothSigns ? { splits: (_, axis, low, high) => signedTicks(bothSigns, low, high), filter: (_, ticks) => ticks } : {}),
    };
}

/** Zero, and powers of ten on both sides, from where the axis is no longer linear. */
export function signedTicks(linearUpTo, low, high) {
    const most = Math.max(Math.abs(low), Math.abs(high));
    const powers = [];
    for (let power = linearUpTo; power <= most; power *= 10) {
        powers.push(Number(power.toPrecision(1)));
    }
    return [...powers.map((power) => -power).reverse(), 0, ...powers].filter((tick) => tick >= low && tick <= high);
}

export function tickText(value, log) {
    if (log && (value >= 1e5 || value < 1e-4)) {
        return value.toExponential(0).replace("-", MINUS);
    }
    return Math.abs(value) >= 1000 ? count(value) : decimal(value, 6);
}

/** One-digit multiples of the powers of ten in a range. uPlot's own ticks start at the low end, round or not. */
export function logTicks(low, high) {
    const ticks = [];
    for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++) {
        for (let digit = 1; digit <= 9; digit++) {
            const value = Number(`${digit}e${exponent}`);
            if (value >= low && value <= high) {
                ticks.push(value);
            }
        }
    }
    return ticks;
}

/** Leaves labels only where there is room: all digits, 1, 2 and 5, or powers of ten; null is a tick without a label. */
function thinLogTicks(plot, ticks, axis) {
    const horizontal = axis === 0;
    const scale = plot.scales[plot.axes[axis].scale];
    const length = (horizontal ? plot.bbox.width : plot.bbox.height) / devicePixelRatio;
    const decade = length / Math.log10(scale.max / scale.min);
    const digits = decade > (horizontal ? 700 : 420) ? /[1-9]/ : decade > (horizontal ? 150 : 60) ? /[125]/ : /1/;
    return ticks.map((value) => (digits.test(value.toExponential(0)[0]) ? value : null));
}

/** A range for a logarithmic axis, with some room; it cuts off what no axis can show well. */
export function logRange(low, high) {
    if (!(low > 0 && high > 0)) {
        return [1, 10];
    }
    const start = Math.min(1e12, Math.max(1e-12, low / 1.2));
    return [start, Math.min(1e15, Math.max(high * 1.2, start * 1.5))];
}

export function logFit(_, low, high) {
    return logRange(low, high);
}

/** A range without room at the ends, for a horizontal axis. */
export function tightLogFit(_, low, high) {
    return low > 0 && low < high ? [low, high] : logRange(low, high);
}

export function tightFit(_, low, high) {
    return low < high ? [low, high] : [(low ?? 0) - 1, (low ?? 0) + 1];
}

/** A range for a linear axis of values that are never negative. */
export function fromZero(_, low, high) {
    return [0, high > 0 ? high * 1.05 : 1];
}
