import { tightFit } from "./axes.js";
import { Chart, drawable } from "./charts.js";
import { runColour, runDash } from "./colours.js";
import { hasMomentum, hasPenalty, hasRate, lossesHere, reach, report, runsWithRate, selection } from "./data.js";
import { byId, say } from "./dom.js";
import { count, counted, decimal, decimalAbove } from "./format.js";

/** With more lines their names would take more room than the chart: then only the nearest line is named. */
const LEGEND_UP_TO = 8;

/** The axis is linear below this value, and logarithmic above. */
const LINEAR_UP_TO = 0.1;

export function buildCurvature() {
    say("curvature-text", ...curvatureText());
    byId("curvature-ticked").hidden = report.runs.length === 1;
    const chart = new Chart("curvature-chart", describeCurvature);
    selection.listeners.push(() => chart.draw());
}

export function curvatureText() {
    return [
        [
            "Along the direction in which the cost bends most, a step overshoots if rate × curvature is above 2. "
                + "The cost may still fall, because there are many other directions.",
            "The curvature at an epoch is the eigenvalue that is largest in size of any perceptron's second derivative of the cost"
                + `${ofWhichExamples()}. A few steps of the power method estimate it: it may be too small in size, but not too large.`,
            "The bound assumes the worst case, every unit where its loss bends most"
                + `${lossesHere(runsWithRate()).includes("logistic") ? ", for the logistic loss at σ = 1/2" : ""}. As outputs `
                + "saturate, σ(1 − σ) and the curvature fall: a rate that overshot at first may then no longer do so.",
            "The curvature is tiny, too, where all units are sure of the same answer, for example after a long first step.",
            hasPenalty() || hasMomentum()
                ? "With an l2 penalty λ and momentum β, read rate × (curvature + λ) / (1 + β) for rate × curvature."
                : "",
        ],
        [aboveBoundSentence(), negativeSentence(), residualSentence()],
    ];
}

function negativeSentence() {
    const looks = report.runs.flatMap(curvatureOf);
    const negative = looks.filter(({ largest }) => largest < 0).length;
    return negative > 0
        ? `Of all runs' ${counted(looks.length, "value")}, ${count(negative)} ${negative === 1 ? "is" : "are"} below 0: `
              + "there one perceptron's cost bends down more than any perceptron's cost bends up."
        : "";
}

/** How far the power method was from convergence. */
export function residualSentence() {
    const residuals = report.runs
        .flatMap(curvatureOf)
        .flatMap(({ residual }) => (typeof residual === "number" ? [residual] : []))
        .sort((first, second) => first - second);
    if (residuals.length === 0) {
        return "";
    }
    const middle = residuals[Math.floor((residuals.length - 1) / 2)];
    return (
        "An estimate λ with its direction v has the residual |Hv − λv| / |λ|: an eigenvalue of H lies within "
        + `the residual times |λ| of λ. Half of the residuals here are at most ${decimalAbove(middle, 2)}, the largest is `
        + `${decimalAbove(residuals.at(-1), 2)}.`
    );
}

/** The excerpt that the curvature is estimated on; empty if it is all training examples. */
function ofWhichExamples() {
    return report.curvatureRows === null
        ? ""
        : `, estimated on ${count(report.curvatureRows)} of the ${count(report.rows.train)} training examples, evenly spread`;
}

/** A run that diverged has no measured curvature. */
function curvatureOf(run) {
    return run.measured?.curvature ?? [];
}

function aboveBoundSentence() {
    const above = report.runs.filter(
        (run) => run.loss === "logistic" && hasRate(run) && run.rate > run.bound && curvatureOf(run).length > 1,
    );
    if (above.length === 0) {
        return "No logistic run here has a rate above the bound and a curvature at more than one epoch.";
    }
    const product = (run, index) => reach(run, curvatureOf(run).at(index).largest);
    const calm = above.filter((run) => product(run, -1) <= 2);
    const example = calm.length > 0 ? calm[calm.length - 1] : above[0];
    const ends =
        above.length === 1
            ? `The one logistic run above the bound ends with rate × curvature ${calm.length === 1 ? "at 2 or below" : "above 2"}. `
            : `Of ${count(above.length)} logistic runs above the bound, ${calm.length} ${calm.length === 1 ? "ends" : "end"} `
              + "with rate × curvature at 2 or below. ";
    return (
        ends
        + `For ${example.name} it ${courseText(example)}.`
    );
}

/** Rate × curvature at the start, at its minimum, at the maximum after that, and at the end; with three digits. */
function courseText(run) {
    const course = curvatureOf(run).map(({ epoch, largest }) => ({ epoch, product: reach(run, largest) }));
    const end = course.length - 1;
    const low = course.reduce((least, { product }, at) => (product < course[least].product ? at : least), 0);
    const high = course.reduce((most, { product }, at) => (at > low && product > course[most].product ? at : most), low);
    const shown = course.map(({ product }) => decimal(product, 3));
    if (new Set(shown).size === 1) {
        return `stays at ${shown[0]}`;
    }
    const text = (at) => `${shown[at]} (epoch ${course[at].epoch})`;
    const seen = [0, low, high, end].every((at, index, all) => index === 0 || shown[at] !== shown[all[index - 1]]);
    const onTheWay = seen ? `down to ${text(low)}, up to ${text(high)} and ` : "";
    return `goes from ${text(0)} ${onTheWay}to ${text(end)}`;
}

function sayNearest(run) {
    byId("curvature-near").textContent = run ? `Nearest: ${run.name}.` : "";
}

function describeCurvature() {
    const runs = selection.runs().filter((run) => hasRate(run) && curvatureOf(run).length > 0);
    const tables = runs.map((run) => [
        curvatureOf(run).map(({ epoch }) => epoch),
        drawable(
            curvatureOf(run).map(({ largest }) => reach(run, largest)),
            false,
        ),
    ]);
    return {
        x: { label: "epoch", bothSigns: 1, range: tightFit },
        y: { label: "rate × curvature", bothSigns: LINEAR_UP_TO, range: aroundTwo },
        series: runs.map((run) => ({
            label: run.name,
            colour: runColour(run),
            dash: runDash(run),
            spanGaps: true,
            points: { show: true, size: 4 },
        })),
        data: tables.length > 0 ? uPlot.join(tables) : [[1]],
        marks: [{ y: 2, label: "2: above, steps overshoot" }],
        legend: runs.length <= LEGEND_UP_TO,
        focused: (index) => sayNearest(index ? runs[index - 1] : null),
    };
}

/** The axis always shows zero and the line at 2. */
function aroundTwo(_, low, high) {
    return [Math.min(0, 1.2 * (low ?? 0)), Math.max(4, 1.2 * (high ?? 4))];
}
