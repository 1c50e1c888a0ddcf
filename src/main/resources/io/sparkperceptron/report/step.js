import { fromZero, tightFit, tightLogFit } from "./axes.js";
import { Chart } from "./charts.js";
import { themeColour } from "./colours.js";
import { classNumbers, floats, labelOf, report, runNamed } from "./data.js";
import { byId, element, followRunChoice, say } from "./dom.js";
import { count, decimal, decimalAbove, decimalsApart, percent } from "./format.js";
import { steps, total } from "./numerics.js";

const CHART_POINTS = 240;
const MOST_BOUNCES = 12;
const SLIDER_STEPS = 300;

/** The slider's lowest rate, as a fraction of a line's length. */
const LEAST_RATE = 1e-3;

/** Steps that return to a line's start may miss it by this fraction of the line's length. */
const ROUNDING = 1e-6;

const FLAT = 1e-6;

const stepView = { run: null, epochs: [], line: null, rate: 0, charts: null };

export function buildStep() {
    const runs = report.runs.filter((run) => run.measured?.lines.some(hasCurve));
    if (runs.length === 0) {
        byId("step-panel").hidden = true;
        say("step-text", ["This page does not have the cost along the gradient of any run."]);
        return;
    }
    say("step-text", stepIntroduction());
    byId("step-unit").replaceChildren(
        ...classNumbers().map((unit) => element("option", { value: unit }, labelOf(unit))),
    );
    byId("step-rate").max = SLIDER_STEPS;
    followRunChoice("step-run", runs, openStep);
    byId("step-unit").addEventListener("change", showStep);
    byId("step-epoch").addEventListener("input", showStep);
    byId("step-rate").addEventListener("input", () => {
        stepView.rate = rateAt(Number(byId("step-rate").value), stepView.line);
        showStep();
    });
    byId("step-own").addEventListener("click", () => {
        stepView.rate = stepView.run.rate;
        showStep();
    });
    openStep();
    stepView.charts = [new Chart("step-chart", describeStep), new Chart("saturation-chart", describeSaturation)];
}

export function stepIntroduction() {
    return [
        "The curve is the cost of one perceptron at w − s g: its weights less s times their gradient. A step with rate s goes there. "
            + (isEstimated()
                ? `Its start, its slope there, and the cost at the run's own rate are of all ${allExamples()}. `
                  + `Elsewhere it is an estimate from ${count(report.lineRows)} of them.`
                : `It is of all ${allExamples()}.`),
        "The dots are steps of the chosen rate along this line only, each by the slope where it starts. A step that ends where the "
            + "curve is higher than at 0 raises the cost.",
    ];
}

function isEstimated() {
    return report.lineRows < report.rows.train;
}

function allExamples() {
    return `${count(report.rows.train)} training examples`;
}

/** Shows a run at its own rate, at the first epoch of its lines. */
function openStep() {
    const run = runNamed(byId("step-run").value);
    Object.assign(stepView, { run, epochs: epochsOf(run.measured.lines.filter(hasCurve)), rate: run.rate });
    const slider = byId("step-epoch");
    slider.max = stepView.epochs.length - 1;
    slider.value = 0;
    showStep();
}

/** A class whose gradient vanished has no curve. */
function hasCurve(line) {
    return line.costs.length > 0;
}

function epochsOf(lines) {
    return [...new Set(lines.map(({ epoch }) => epoch))];
}

/** A run's line of a class after an epoch, decoded. If the class has no curve, the next class's line. */
export function lineOf(run, epoch, unit) {
    const lines = run.measured.lines.filter((line) => line.epoch === epoch && hasCurve(line));
    const line = lines.find((other) => other.unit >= unit) ?? lines[lines.length - 1];
    if (typeof line.costs === "string") {
        line.costs = floats(line.costs);
        line.slopes = floats(line.slopes);
        line.deviations = floats(line.deviations);
    }
    return line;
}

function rateAt(position, { longest }) {
    return longest * LEAST_RATE ** (1 - position / SLIDER_STEPS);
}

function positionOf(rate, { longest }) {
    return Math.round(SLIDER_STEPS * (1 - Math.log(rate / longest) / Math.log(LEAST_RATE)));
}

/** Cost and slope at a place of a line, by the cubic between the two nearest known places. */
export function costAt(line, s) {
    const { left, width, t } = pieceAt(line, s);
    const [p, q] = [line.costs[left], line.costs[left + 1]];
    const [m, n] = [line.slopes[left] * width, line.slopes[left + 1] * width];
    return {
        cost: (2 * t ** 3 - 3 * t ** 2 + 1) * p + (t ** 3 - 2 * t ** 2 + t) * m + (3 * t ** 2 - 2 * t ** 3) * q + (t ** 3 - t ** 2) * n,
        slope: ((6 * t ** 2 - 6 * t) * (p - q) + (3 * t ** 2 - 4 * t + 1) * m + (3 * t ** 2 - 2 * t) * n) / width,
    };
}

/** Which known place is left of a place, how far the next one is from it, and the part of this way to the place. */
function pieceAt(line, s) {
    const pieces = line.costs.length - 1;
    const place = (index) => line.longest * (index / pieces) ** 3;
    const left = Math.min(pieces - 1, Math.floor(pieces * Math.cbrt(s / line.longest)));
    const width = place(left + 1) - place(left);
    return { left, width, t: (s - place(left)) / width };
}

function deviationAt(line, s) {
    const { left, t } = pieceAt(line, s);
    return (1 - t) * line.deviations[left] + t * line.deviations[left + 1];
}

/** The largest standard error of the cost on a line's part up to a place. */
function largestDeviation(line, far) {
    const { left } = pieceAt(line, far);
    return Math.max(...line.deviations.subarray(0, left + 1), deviationAt(line, far));
}

/** The places that steps of a rate reach on a line. The slope at its start is minus the squared gradient. */
export function bounces(line, rate) {
    const places = [0];
    while (places.length <= MOST_BOUNCES) {
        const s = places[places.length - 1];
        const next = s + (rate * costAt(line, s).slope) / line.slopes[0];
        if (!(next >= -ROUNDING * line.longest && next <= line.longest)) {
            break;
        }
        places.push(Math.max(0, next));
    }
    return places;
}

/** Where a line is lowest, and where it is first as high as at its start again; high is null if nowhere. */
export function turnsOf(line) {
    const places = steps(0, 1, 4 * CHART_POINTS).map((part) => line.longest * part ** 3);
    const costs = places.map((s) => costAt(line, s).cost);
    const lowest = costs.indexOf(Math.min(...costs));
    const high = costs.findIndex((cost, index) => index > lowest && cost >= costs[0]);
    return { lowest: places[lowest], least: costs[lowest], high: high < 0 ? null : places[high] };
}

export function stepSentences(run, line, rate) {
    return [
        `${run.name}, class ${labelOf(line.unit)}, after epoch ${count(line.epoch)}: ${ownStep(run, line)}.`,
        ...(isLevelLine(line)
            ? [`No step up to ${decimal(line.longest, 3)}, the end of the line, changes it by more than a millionth of it.`]
            : curveSentences(run, line, rate)),
        `On ${saturatedShare(line)} of the ${allExamples()} this perceptron is saturated: σ(1 − σ) is below a hundredth of 1/4.`,
    ].filter(Boolean);
}

/** Whether the curve's numbers, which have some seven digits, do not tell its costs apart. */
function isLevelLine({ costs }) {
    return costs.every((cost) => Math.abs(cost - costs[0]) <= FLAT * costs[0]);
}

function curveSentences(run, line, rate) {
    const { lowest, least, high } = turnsOf(line);
    const about = isEstimated() ? "about " : "";
    const near = (number) => about + decimal(number, isEstimated() ? 2 : 3);
    return [
        rate === run.rate ? "" : otherStep(line, rate, about),
        lowest < line.longest
            ? `The cost would be least, ${about}${decimal(least, 3)}, with rate ${near(lowest)}.`
            : `The cost still falls at ${decimal(line.longest, 3)}, the end of the line.`,
        high === null ? "No step on this line raises it." : `Steps longer than ${near(high)} raise it.`,
        isEstimated()
            ? `The standard error of the curve, where it is shown, is at most ${decimalAbove(largestDeviation(line, shownTo(line, rate)), 2)}.`
            : "",
    ];
}

/** Never 0 % or 100 % unless it is none or all. */
function saturatedShare({ saturated }) {
    if (saturated === 0 || saturated === 1) {
        return saturated === 0 ? "none" : "all";
    }
    if (saturated < 0.001) {
        return `less than ${percent(0.001, 1)}`;
    }
    return saturated > 0.999 ? `more than ${percent(0.999, 1)}` : percent(saturated, 1);
}

/** What a step with the run's rate does. The film has no momentum, which is zero at the start. */
function ownStep(run, line) {
    const withoutMomentum = run.momentum > 0 && line.epoch > 0;
    const isTaken = line.epoch < run.lastEpoch && !withoutMomentum;
    const who = withoutMomentum
        ? "a step with the run's rate against this gradient alone, without momentum,"
        : isTaken
          ? "the run's step"
          : "one more step of the run";
    const cost = run.l2 > 0 ? "the class's cost with the penalty" : "the class's cost";
    const [before, after] = decimalsApart(line.before, line.after);
    const does =
        before === after
            ? `${isTaken ? "leaves" : "would leave"} ${cost} at ${before}`
            : `${isTaken ? "takes" : "would take"} ${cost} from ${before} to ${after}`;
    return `on all ${allExamples()}, ${who} ${does}`;
}

/** What the curve says of a step with another rate than the run's. */
function otherStep(line, rate, about) {
    if (rate > line.longest) {
        return `A step with rate ${decimal(rate, 3)} leaves the line.`;
    }
    const change = costAt(line, rate).cost - line.costs[0];
    if (Math.abs(change) <= 2 * deviationAt(line, rate)) {
        return `The curve does not tell whether a step with rate ${decimal(rate, 3)} lowers the cost.`;
    }
    const [before, after] = decimalsApart(line.costs[0], line.costs[0] + change);
    return before === after
        ? `A step with rate ${decimal(rate, 3)} leaves the cost as it is.`
        : `A step with rate ${decimal(rate, 3)} ${change < 0 ? "lowers" : "raises"} the cost to ${about}${after}.`;
}

/** The end of the part of a line that the chart shows. */
function shownTo(line, rate) {
    const { lowest, high } = turnsOf(line);
    return Math.min(line.longest, 1.25 * Math.max(rate, high ?? 2 * lowest));
}

function showStep() {
    const epoch = stepView.epochs[Number(byId("step-epoch").value)];
    stepView.line = lineOf(stepView.run, epoch, Number(byId("step-unit").value));
    byId("step-unit").value = stepView.line.unit;
    byId("step-epoch-value").textContent = `epoch ${count(epoch)}`;
    byId("step-epoch").setAttribute("aria-valuetext", `epoch ${count(epoch)}`);
    byId("step-rate").value = positionOf(stepView.rate, stepView.line);
    byId("step-rate-value").textContent = decimal(stepView.rate, 3);
    byId("step-rate").setAttribute("aria-valuetext", `rate ${decimal(stepView.rate, 3)}`);
    say("step-result", stepSentences(stepView.run, stepView.line, stepView.rate));
    stepView.charts?.forEach((chart) => chart.draw());
}

function describeStep() {
    const { run, line, rate } = stepView;
    const far = shownTo(line, rate);
    const places = steps(0, far, CHART_POINTS);
    return {
        x: { label: "s, the length of the step in gradients", range: () => [0, far] },
        y: { label: `cost of class ${labelOf(line.unit)}`, range: fromZero },
        series: [{ label: "cost", colour: themeColour("first"), width: 2 }],
        data: [places, places.map((s) => costAt(line, s).cost)],
        path: bounces(line, rate).map((s) => ({ x: s, y: costAt(line, s).cost })),
        marks: [{ x: run.rate, label: `rate of ${run.name}` }],
        zoom: false,
    };
}

/** The shares of examples for which a run's perceptrons are saturated, by epoch: their mean, and one class's. */
export function saturationOf(run, unit) {
    const epochs = epochsOf(run.measured.lines);
    const shares = (epoch) => run.measured.lines.filter((line) => line.epoch === epoch);
    return {
        epochs,
        mean: epochs.map((epoch) => total(shares(epoch).map(({ saturated }) => saturated)) / shares(epoch).length),
        own: epochs.map((epoch) => shares(epoch).find((line) => line.unit === unit)?.saturated ?? null),
    };
}

function describeSaturation() {
    const { run, line } = stepView;
    const { epochs, mean, own } = saturationOf(run, line.unit);
    const log = epochs.length > 2;
    const shown = epochs.map((_, index) => index).filter((index) => !log || epochs[index] > 0);
    const column = (values) => shown.map((index) => (values[index] === null ? null : 100 * values[index]));
    const markers = { show: true, size: 5 };
    return {
        x: { label: "epoch", log, range: log ? tightLogFit : tightFit },
        y: { label: "saturated, %", range: () => [0, 100] },
        series: [
            { label: "all classes", colour: themeColour("first"), width: 2, points: markers },
            { label: `class ${labelOf(line.unit)}`, colour: themeColour("second"), width: 1.5, dash: [6, 4], points: markers },
        ],
        data: [shown.map((index) => epochs[index]), column(mean), column(own)],
        legend: true,
        zoom: false,
    };
}
