import { logRange, tightFit, tightLogFit } from "./axes.js";
import { Chart, drawable } from "./charts.js";
import { runColour, runDash } from "./colours.js";
import { hasMomentum, hasPenalty, reach, report, selection } from "./data.js";
import { byId, say } from "./dom.js";
import { count, decimal } from "./format.js";

/** More names than this would take more room than the chart; then only the nearest line is named. */
const LEGEND_UP_TO = 8;

export function buildCurvature() {
    say("curvature-text", ...curvatureText());
    const chart = new Chart("curvature-chart", describeCurvature);
    selection.listeners.push(() => chart.draw());
}

export function curvatureText() {
    return [
        [
            "Along the direction in which the cost bends most, a step overshoots if rate × curvature is above 2. "
                + "Curvature here is",
            "the largest eigenvalue of the cost's second derivative at the weights of that epoch"
                + `${ofWhichExamples()}.`,
            "The bound reckons with the worst case, every unit undecided at σ = 1/2. As units make up their "
                + "minds, σ(1 − σ) falls and",
            "the curvature with it: then a rate that overshot at first may do so no more.",
            hasPenalty() || hasMomentum()
                ? "With an l2 penalty λ and momentum β, read rate × (curvature + λ) / (1 + β) for rate × curvature."
                : "",
        ],
        [aboveBoundSentence()],
    ];
}

/** Nothing if it is of all. */
function ofWhichExamples() {
    return report.curvatureRows === null
        ? ""
        : `, estimated on ${count(report.curvatureRows)} of the ${count(report.rows.train)} training examples, evenly spread`;
}

/** Of a run that diverged, none was measured. */
function curvatureOf(run) {
    return run.measured?.curvature ?? [];
}

function aboveBoundSentence() {
    const above = report.runs.filter(
        (run) => run.loss === "logistic" && run.rate > run.bound && curvatureOf(run).length > 1,
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
            : `Of ${count(above.length)} logistic runs above the bound, ${calm.length} end with rate × curvature at 2 or below. `;
    return (
        ends
        + `For ${example.name} it goes from ${decimal(product(example, 0), 3)} (epoch ${curvatureOf(example)[0].epoch}) to `
        + `${decimal(product(example, -1), 3)} (epoch ${curvatureOf(example).at(-1).epoch}).`
    );
}

function sayNearest(run) {
    byId("curvature-near").textContent = run ? `Nearest: ${run.name}.` : "";
}

function describeCurvature() {
    const runs = selection.runs().filter((run) => curvatureOf(run).length > 0);
    const logAcross = runs.some((run) => curvatureOf(run).some(({ epoch }) => epoch > 0));
    const tables = runs.map((run) => {
        const shown = curvatureOf(run).filter(({ epoch }) => !logAcross || epoch > 0);
        return [
            shown.map(({ epoch }) => epoch),
            drawable(
                shown.map(({ largest }) => reach(run, largest)),
                true,
            ),
        ];
    });
    return {
        x: { label: "epoch", log: logAcross, range: logAcross ? tightLogFit : tightFit },
        y: { label: "rate × curvature", log: true, range: aroundTwo },
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

/** The line at 2 is always in sight. */
function aroundTwo(_, low, high) {
    return logRange(Math.max(0.001, Math.min(low ?? 1, 1)), Math.max(high ?? 4, 4));
}
