import { fromZero } from "./axes.js";
import { climbSentence, cycleSentence } from "./behaviour.js";
import { Chart } from "./charts.js";
import { familyColour } from "./colours.js";
import {
    allLosses,
    choosingError,
    distinctRates,
    errorAfter,
    families,
    hasMomentum,
    hasPenalty,
    hasRate,
    lossesHere,
    pointAt,
    report,
    runsWithRate,
} from "./data.js";
import { byId, say } from "./dom.js";
import { count, decimal, decimalAbove, decimalBelow, listed, percent, setName, SPACE } from "./format.js";
import { boundMarks, byRate, curvatureMarks, rateRange } from "./rateaxis.js";
import { buildReasonable } from "./reasonable.js";

/** From this many rates on, each error of the last epochs is a dot, so that readers see cycles. */
const FEWEST_RATES_FOR_DOTS = 30;

/** Above this many rates with one verdict, only the first and the last are named. */
const MOST_RATES_NAMED = 8;

/** With more families, lines of all sets would hide each other. */
const MOST_FAMILIES_WITH_ALL_SETS = 2;

export function buildRates() {
    const slider = byId("rate-epoch");
    slider.max = report.lastEpoch;
    slider.value = report.lastEpoch;
    slider.disabled = report.lastEpoch === 0;
    say("rates-text", ...ratesText());
    const chart = new Chart("rate-chart", describeRates);
    const show = () => (byId("rate-epoch-value").textContent = String(report.epochs[pointAt(Number(slider.value))]));
    slider.addEventListener("input", () => {
        show();
        chart.draw();
    });
    show();
    buildReasonable();
}

export function ratesText() {
    const slow =
        "A rate that is too small makes each step so short that the epochs are used up before the error has settled.";
    const big =
        "A rate that is too big steps past the lowest point: the cost rises again and again, or units are "
        + "thrown so far out that they saturate and stop learning.";
    return [
        [slow, big],
        distinctRates().length === 1
            ? [
                  `This training has only one rate, ${decimal(distinctRates()[0])}, so it cannot show what others `
                      + "would do.",
              ]
            : rateLosses().map(rateSentence),
        [cycleSentence()],
        [climbSentence()],
        [boundSentence()],
    ];
}

/** The losses of runs with a rate. */
function rateLosses() {
    return lossesHere(runsWithRate());
}

function rateSentence(loss) {
    const runs = runsWithRate().filter((run) => run.loss === loss);
    const finished = runs.filter((run) => run.ending !== "DIVERGED");
    if (finished.length === 0) {
        return `With the ${loss} loss every run${byDescent("by")} diverged.`;
    }
    const best = finished.reduce((lowest, run) => (choosingError(run) < choosingError(lowest) ? run : lowest));
    const named = (verdicts, text) => {
        const rates = runs.filter((run) => verdicts.includes(run.verdict.kind)).map(nameOfRate);
        const all = rates.length <= MOST_RATES_NAMED ? listed(rates) : `${count(rates.length)} rates, ${rates[0]} to ${rates.at(-1)}`;
        return rates.length > 0 ? `; ${text} ${all}` : "";
    };
    return (
        `With the ${loss} loss the lowest final ${report.chooser} error${byDescent("of")}, ${percent(choosingError(best))}, is at rate `
        + decimal(best.rate)
        + (families().length > rateLosses().length ? ` (${best.name})` : "")
        + named(["too slow"], "too slow within these epochs:")
        + named(["oscillating"], "oscillating:")
        + named(["saturated", "diverged"], "saturated or diverged:")
        + "."
    );
}

/** Says that other runs are not spoken of, if there are any. */
function byDescent(preposition) {
    return report.runs.every(hasRate) ? "" : ` ${preposition} gradient descent`;
}

/** The run's rate; its whole name if more than rates is varied. */
function nameOfRate(run) {
    return families().length > rateLosses().length ? run.name : decimal(run.rate);
}

function boundSentence() {
    const { eigenvalue } = report.stability;
    const [logistic, ...others] = allLosses();
    return (
        "A vertical line marks the guaranteed rate of a loss. "
        + `The largest eigenvalue of XᵀX/n is ${decimal(eigenvalue)}; as σ(1 − σ) is at most 1/4, `
        + `the slope of the logistic cost changes by at most L = ${decimalAbove(logistic.smoothness)} per unit of weight. `
        + `With a rate below 2/L = ${decimalBelow(logistic.rate, 3)} logistic descent never raises the cost. `
        + others
            .filter(({ label }) => rateLosses().includes(label))
            .map(
                ({ label, smoothness, rate }) =>
                    `The slope of the ${label} cost changes by at most L = ${decimalAbove(smoothness)}, so its rate is `
                    + `${decimalBelow(rate, 3)}. `,
            )
            .join("")
        + "Larger rates are not forbidden, only not guaranteed."
        + (hasPenalty() ? " With an l2 penalty λ, read L + λ for L, and cost and penalty together for cost." : "")
        + (hasMomentum()
            ? " With momentum β the rate is 2 (1 + β)/L, below which heavy ball comes to rest where the cost is "
              + "quadratic; single steps may raise it."
            : "")
    );
}

function manyRates() {
    return distinctRates().length >= FEWEST_RATES_FOR_DOTS;
}

/** The range of each run's test error over its last fifth. */
function lastFifths(all) {
    return all.flatMap((family) =>
        family.runs
            .filter((run) => run.lastFifth.low !== null)
            .map((run) => ({
                x: run.rate,
                low: 100 * run.lastFifth.low,
                high: 100 * run.lastFifth.high,
                values: run.lastFifth.errors.map((error) => 100 * error),
                colour: familyColour(family, all),
            })),
    );
}

/** The height of the axis, which cuts off bars far above all lines. */
function roomFor(spreads, high) {
    return Math.max(high, Math.min(1.5 * high, Math.max(0, ...spreads.map((spread) => spread.high))));
}

export function spreadKey() {
    return manyRates()
        ? "Dots: the test errors after each of the last epochs, a fifth of them, at most 100."
        : "Bars: the least and the largest test error in the last fifth of a run's epochs.";
}

function setsShown() {
    return report.chooser === "validation" ? ["test", "validation", "train"] : ["test", "train"];
}

function describeRates() {
    const epoch = Number(byId("rate-epoch").value);
    const all = families();
    const sets = all.length > MOST_FAMILIES_WITH_ALL_SETS || manyRates() ? [report.chooser] : setsShown();
    const spreads = epoch === report.lastEpoch && sets.includes("test") ? lastFifths(all) : [];
    byId("rate-key").textContent = spreads.length > 0 ? spreadKey() : "";
    const series = [];
    const data = [distinctRates()];
    for (const family of all) {
        for (const set of sets) {
            const percentage = (run) => {
                const error = errorAfter(run, set, epoch);
                return error === null ? null : 100 * error;
            };
            data.push(byRate(family, percentage));
            series.push({
                colour: familyColour(family, all),
                label: `${family.label}, ${setName(set)}`,
                width: manyRates() ? 0.5 : set === "test" ? 2 : 1.25,
                dash: { test: [], validation: [8, 4], train: [3, 3] }[set],
                points: { show: !manyRates(), size: set === "test" ? 7 : 4 },
                value: (value) => (Number.isFinite(value) ? value.toFixed(2) + SPACE + "%" : ""),
            });
        }
    }
    return {
        x: { label: "learning rate", log: true, range: rateRange },
        y: { label: "error, %", range: (_, low, high) => fromZero(_, low, roomFor(spreads, high)) },
        series,
        data,
        bars: manyRates() ? [] : spreads,
        dots: manyRates() ? spreads : [],
        marks: [...boundMarks(), ...curvatureMarks()],
        legend: true,
        zoom: false,
    };
}
