import { fromZero, logRange } from "./axes.js";
import { Chart } from "./charts.js";
import { familyColour } from "./colours.js";
import { buildCurvature } from "./curvature.js";
import { buildStep } from "./step.js";
import {
    choosingError,
    distinctRates,
    errorAfter,
    families,
    hasMomentum,
    hasPenalty,
    isHopeless,
    lossesHere,
    pointAt,
    report,
} from "./data.js";
import { byId, element, say } from "./dom.js";
import { count, counted, decimal, listed, percent, setName, SPACE } from "./format.js";

/** From so many rates on, every error of the last epochs is a dot: where descent does not settle, they show how it goes round. */
const FEWEST_RATES_FOR_DOTS = 30;

/** Of a smaller rise of the error nothing is said. */
const LEAST_CLIMB = 0.1;

/** Of more rates with one verdict only the first and the last is named. */
const MOST_RATES_NAMED = 8;

/** Of more runs with one period only the first and the last is named. */
const MOST_CYCLES_NAMED = 4;

/** More lines than theirs would hide each other. */
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
    say("reasonable-text", reasonableText());
    fillReached();
    byId("reasonable-chart").hidden = settledRuns().length < 2;
    if (settledRuns().length >= 2) {
        new Chart("reasonable-chart", describeReasonable);
    }
    buildCurvature();
    buildStep();
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
            : lossesHere().map(rateSentence),
        [cycleSentence()],
        [climbSentence()],
        [boundSentence()],
    ];
}

function rateSentence(loss) {
    const runs = report.runs.filter((run) => run.loss === loss);
    const finished = runs.filter((run) => run.ending !== "DIVERGED");
    if (finished.length === 0) {
        return `With the ${loss} loss every run diverged.`;
    }
    const best = finished.reduce((lowest, run) => (choosingError(run) < choosingError(lowest) ? run : lowest));
    const named = (verdicts, text) => {
        const rates = runs.filter((run) => verdicts.includes(run.verdict.kind)).map(nameOfRate);
        const all = rates.length <= MOST_RATES_NAMED ? listed(rates) : `${count(rates.length)} rates, ${rates[0]} to ${rates.at(-1)}`;
        return rates.length > 0 ? `; ${text} ${all}` : "";
    };
    return (
        `With the ${loss} loss the lowest final ${report.chooser} error, ${percent(choosingError(best))}, is at rate `
        + decimal(best.rate)
        + (families().length > lossesHere().length ? ` (${best.name})` : "")
        + named(["too slow"], "too slow within these epochs:")
        + named(["oscillating"], "oscillating:")
        + named(["saturated", "diverged"], "saturated or diverged:")
        + "."
    );
}

/** What runs that do not settle go round in. */
export function cycleSentence() {
    const proven = report.runs.filter((run) => run.cycle?.exact);
    const near = report.runs.filter((run) => run.cycle && !run.cycle.exact);
    return [
        proven.length > 0
            ? "All weights came back to the same bits, by a digest of 64, which proves a cycle, as the same weights always go on alike: "
              + `${cyclesText(proven)}.`
            : "",
        near.length > 0
            ? `The cost nearly repeats itself, to within 5${SPACE}% of its range: ${cyclesText(near)}. `
              + "Weights were not seen to come back to the same bits there."
            : "",
    ]
        .filter(Boolean)
        .join(" ");
}

/** Runs by their periods; of many with one period the least and the largest rate. */
function cyclesText(runs) {
    const periods = [...new Set(runs.map((run) => run.cycle.period))].sort((first, second) => first - second);
    return listed(
        periods.map((period) => {
            const alike = runs.filter((run) => run.cycle.period === period);
            const names = alike.map(({ name }) => name);
            const who =
                names.length <= MOST_CYCLES_NAMED
                    ? listed(names)
                    : `${count(names.length)} runs, ${names[0]} to ${names[names.length - 1]},`;
            return `${who} every ${count(period)} epochs`;
        }),
        "and",
    );
}

/** Why an error can climb while the cost falls; of the mse run that shows it most. */
export function climbSentence() {
    const climbs = report.runs
        .filter((run) => run.loss === "mse" && run.ending !== "DIVERGED")
        .map(longestClimb)
        .filter(({ rise }) => rise > LEAST_CLIMB)
        .sort((first, second) => second.rise - first.rise);
    if (climbs.length === 0) {
        return "";
    }
    const { run, from, to } = climbs[0];
    const { error, cost } = run.curves.train;
    return (
        `The training error of ${run.name} climbs from ${percent(error[from])} (epoch ${report.epochs[from]}) to `
        + `${percent(error[to])} (epoch ${report.epochs[to]}), while its cost falls from ${decimal(cost[from], 3)} to `
        + `${decimal(cost[to], 3)}. The cost adds up all perceptrons, and most examples are not of a perceptron's class: one `
        + "that says no to everything costs little. Which no is the weakest then decides, and that has little to do with the class."
    );
}

/** The largest rise of a run's training error from its lowest so far to a point with less cost. */
function longestClimb(run) {
    const { error, cost } = run.curves.train;
    const longest = { run, from: 0, to: 0, rise: 0 };
    let lowest = 0;
    for (let point = 1; point < run.points; point++) {
        const rise = error[point] - error[lowest];
        if (rise < 0) {
            lowest = point;
        } else if (rise > longest.rise && cost[point] < cost[lowest]) {
            Object.assign(longest, { from: lowest, to: point, rise });
        }
    }
    return longest;
}

/** Where more than rates is varied, it takes the whole name to tell runs apart. */
function nameOfRate(run) {
    return families().length > lossesHere().length ? run.name : decimal(run.rate);
}

function boundSentence() {
    const { eigenvalue, logistic, mse } = report.stability;
    return (
        "A vertical line is the rate that is guaranteed to a loss. "
        + `The largest eigenvalue of XᵀX/n is ${decimal(eigenvalue)}; as σ(1 − σ) is at most 1/4, `
        + `the slope of the logistic cost changes by at most L = ${decimal(logistic.smoothness)} per unit of weight. `
        + `With a rate below 2/L = ${decimal(logistic.rate, 3)} logistic descent never raises the cost. `
        + (lossesHere().includes("mse")
            ? `The slope of the mse cost changes by at most L = ${decimal(mse.smoothness)}, so its rate is ${decimal(mse.rate, 3)}. `
            : "")
        + "Larger rates are not forbidden, only not guaranteed."
        + (hasPenalty() ? " With an l2 penalty λ, read L + λ for L, and cost and penalty together for cost." : "")
        + (hasMomentum()
            ? " With momentum β the rate is 2 (1 + β)/L, below which heavy ball comes to rest where the cost is "
              + "quadratic; single steps may raise it."
            : "")
    );
}

function rateRange() {
    const rates = [...distinctRates(), ...[...boundMarks(), ...curvatureMarks()].map(({ x }) => x)];
    return logRange(Math.min(...rates), Math.max(...rates));
}

/** The least and the largest of the rates guaranteed to each loss's runs, which often are one. */
export function boundMarks() {
    return lossesHere().flatMap((loss) => {
        const bounds = report.runs.filter((run) => run.loss === loss).map((run) => run.bound);
        const ends = [...new Set([Math.min(...bounds), Math.max(...bounds)])];
        return ends.map((bound) => ({ x: bound, label: `guaranteed, ${loss}: ${decimal(bound, 2)}` }));
    });
}

/** Of each loss the rate at which a step along the sharpest direction just no longer overshoots, at the end of its best run. */
export function curvatureMarks() {
    return lossesHere().flatMap((loss) => {
        const [best] = report.runs
            .filter((run) => run.loss === loss && run.measured?.curvature.length > 0)
            .sort((first, second) => choosingError(first) - choosingError(second));
        const sharpest = best ? best.measured.curvature.at(-1).largest + best.l2 : 0;
        return sharpest > 0
            ? [{ x: (2 * (1 + best.momentum)) / sharpest, label: `2/curvature at the end of ${best.name}` }]
            : [];
    });
}

/** A column of a family's values at each of the rates; undefined where it has no run. */
function byRate(family, value) {
    return distinctRates().map((rate) => {
        const run = family.runs.find((candidate) => candidate.rate === rate);
        return run ? value(run) : undefined;
    });
}

function manyRates() {
    return distinctRates().length >= FEWEST_RATES_FOR_DOTS;
}

/** Of each run whose test error is shown at its end. */
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

/** What sticks out far over all lines is cut off. */
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

export function reasonableText() {
    const settled = settledRuns();
    const hopeless = report.runs.filter(isHopeless).length;
    const open = report.runs.length - settled.length - hopeless;
    return [
        "Reasonable is the first epoch from which on the error stays within one standard error of the best that "
            + "this run reaches. There is none where that has not been so for the last fifth of the epochs, nor for a run that is too "
            + "slow, saturated or diverged.",
        settled.length > 1
            ? reasonableRange(settled)
            : settled.map((run) => `Of ${run.name} it is ${run.reasonableEpochs}.`).join(""),
        open > 0
            ? `${counted(open, "run")} did not settle within the budget: how many epochs `
              + `${open === 1 ? "it needs" : "they need"}, this training cannot say.`
            : "",
        hopeless > 0 ? `${counted(hopeless, "run")} saturated or diverged: more epochs would not help.` : "",
        settled.length > 1
            ? "A small number is no praise by itself: a run that settles early may settle at a high error."
            : "",
    ];
}

/** When each run's error first was so low. */
function fillReached() {
    byId("reached-table").parentElement.hidden = report.thresholds.length === 0;
    byId("reached-text").textContent = reachedText();
    const head = ["run", ...report.thresholds.map((threshold) => percent(threshold, 0))];
    byId("reached-table").replaceChildren(
        element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
        element(
            "tbody",
            {},
            ...report.runs.map((run) =>
                element(
                    "tr",
                    {},
                    element("th", { scope: "row" }, run.name),
                    ...run.reached.map((epoch) => element("td", {}, reachedCell(run, epoch))),
                ),
            ),
        ),
    );
}

export function reachedText() {
    return report.thresholds.length === 0
        ? ""
        : `The first epoch after which the ${setName(report.chooser)} error is this low, which does not depend on how many `
              + "epochs there are; an arrow where it never is.";
}

export function reachedCell(run, epoch) {
    return epoch === null ? `→${SPACE}${count(run.lastEpoch)}` : count(epoch);
}

function settledRuns() {
    return report.runs.filter((run) => run.reasonableEpochs !== null);
}

function reasonableRange(settled) {
    const ordered = [...settled].sort((a, b) => a.reasonableEpochs - b.reasonableEpochs);
    const [first, last] = [ordered[0], ordered[ordered.length - 1]];
    return (
        `Here it ranges from ${count(first.reasonableEpochs)} (${first.name}, best error ${percent(first.best.error)}) `
        + `to ${count(last.reasonableEpochs)} (${last.name}, ${percent(last.best.error)}).`
    );
}

function describeReasonable() {
    const all = families();
    return {
        x: { label: "learning rate", log: true, range: rateRange },
        y: { label: "reasonable epochs", range: fromZero },
        series: all.map((family) => ({
            colour: familyColour(family, all),
            label: family.label,
            width: 2,
            points: { show: true, size: 7 },
        })),
        data: [distinctRates(), ...all.map((family) => byRate(family, (run) => run.reasonableEpochs))],
        marks: boundMarks(),
        legend: true,
        zoom: false,
    };
}
