import { fromZero } from "./axes.js";
import { climbSentence, cycleSentence, muteSentence } from "./behaviour.js";
import { Chart } from "./charts.js";
import { familyColour } from "./colours.js";
import {
    allLosses,
    bestWithRate,
    choosingError,
    distinctRates,
    errorAfter,
    families,
    hasMomentum,
    hasPenalty,
    hasRate,
    isOscillating,
    lossesHere,
    pointAt,
    report,
    runsWithRate,
} from "./data.js";
import { byId, say } from "./dom.js";
import { counted, decimal, decimalAbove, decimalBelow, listed, percent, probability, setName, SPACE } from "./format.js";
import { boundMarks, byRate, curvatureMarks, rateRange } from "./rateaxis.js";
import { pValueOf } from "./mcnemar.js";
import { buildNeeded } from "./needed.js";

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
    buildNeeded();
    byId("rates-panel").hidden = !hasRateChart();
    if (!hasRateChart()) {
        return;
    }
    const chart = new Chart("rate-chart", describeRates);
    const show = () => (byId("rate-epoch-value").textContent = String(report.epochs[pointAt(Number(slider.value))]));
    slider.addEventListener("input", () => {
        show();
        chart.draw();
    });
    show();
}

/** A single rate makes no curve. */
function hasRateChart() {
    return distinctRates().length > 1;
}

export function ratesText() {
    return [
        [
            "Too small a rate uses up the epochs on the way.",
            "Too large a rate steps past the lowest point: the cost rises again and again, or perceptrons saturate.",
        ],
        distinctRates().length === 1
            ? [`This training has only one rate, ${decimal(distinctRates()[0])}.`]
            : [...rateLosses().map(rateSentence), rivalSentence()],
        [cycleSentence()],
        [climbSentence(), muteSentence()],
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
        return `With the ${loss} loss every run${byDescent()} diverged.`;
    }
    const named = (verdicts, text) => {
        const found = runs.filter((run) => verdicts.includes(run.verdict.kind));
        return found.length > 0 ? `; ${text} ${ratesNamed(found)}` : "";
    };
    const best = bestWithRate((run) => run.loss === loss && !isOscillating(run));
    return (
        `With the ${loss} loss `
        + (best
            ? `${nameOfRate(best, "rate ")} ends lowest${finished.some(isOscillating) ? " without oscillation" : ""}: `
              + `${percent(choosingError(best))} ${setName(report.chooser)} error`
            : "every rate oscillates or diverges")
        + named(["too slow"], "too slow:")
        + named(["oscillating"], "oscillating:")
        + named(["saturated", "partly saturated"], "saturated:")
        + named(["diverged"], "diverged:")
        + "."
    );
}

/** Runs by their rates; very many by the number of their rates, with the smallest and the largest. */
export function ratesNamed(runs, most = MOST_RATES_NAMED) {
    const names = runs.map((run) => nameOfRate(run));
    const rates = [...new Set(runs.map(({ rate }) => rate))].sort((first, second) => first - second);
    return names.length <= most
        ? listed(names)
        : `${counted(rates.length, "rate")}, ${decimal(rates[0])} to ${decimal(rates.at(-1))}`;
}

/**
 * The best oscillating run, if McNemar's test cannot tell it from the best run that does not oscillate; otherwise
 * undefined.
 */
export function rivalOf(best) {
    const rival = bestWithRate(isOscillating);
    return rival && pValueOf(best, rival) >= 0.05 ? rival : undefined;
}

function rivalSentence() {
    const best = bestWithRate((run) => !isOscillating(run));
    const rival = best && rivalOf(best);
    return rival
        ? `${rival.name} oscillates, so its end is chance; McNemar's test cannot tell it from ${best.name} `
              + `(${probability(pValueOf(best, rival))}).`
        : "";
}

/** Limits a sentence to runs by gradient descent if there are others. */
function byDescent() {
    return report.runs.every(hasRate) ? "" : " by gradient descent";
}

/** The run's rate; the run's name if runs also differ in other hyperparameters. */
function nameOfRate(run, before = "") {
    return families().length > rateLosses().length ? run.name : before + decimal(run.rate);
}

/** Each loss of runs with a rate, with its guaranteed rate. */
function boundSentence() {
    const { eigenvalue } = report.stability;
    const here = allLosses().filter(({ label }) => rateLosses().includes(label));
    return (
        here
            .map(
                ({ label, smoothness, rate }) =>
                    `No step with a rate below 2/L = ${decimalBelow(rate, 3)} raises the ${label} cost: its slope changes `
                    + `by at most L = ${decimalAbove(smoothness)}. `,
            )
            .join("")
        + `L is the largest eigenvalue of XᵀX/n, ${decimal(eigenvalue)}, times the largest second derivative of the loss. `
        + (report.weighted
            ? "Training examples have weights: the cost here is the one with weights, which no chart shows, and X has each "
              + "example times the root of its weight. "
            : "")
        + (hasRateChart() ? "Vertical lines mark these rates. " : "")
        + "Larger rates may work."
        + (hasPenalty() ? " With an l2 penalty λ, read L + λ for L, and cost plus penalty for cost." : "")
        + (hasMomentum()
            ? " With momentum β the rate is 2 (1 + β)/L: there heavy ball comes to rest on a quadratic cost, though "
              + "single steps may raise it."
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
        ? "Dots: the test errors of the last fifth of the epochs, at most 100."
        : "Bars: the range of the test error in the last fifth of the epochs.";
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
