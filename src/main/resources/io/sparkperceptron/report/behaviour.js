import { exampleWord, labelOf, lossOf, report, runsWithRate } from "./data.js";
import { count, listed, percent, share, SPACE } from "./format.js";
import { total } from "./numerics.js";

/** The page does not mention a smaller rise of the error. */
const LEAST_CLIMB = 0.05;

/** The page tells the climbs of at most this many runs. */
const MOST_CLIMBS = 2;

/** The page names an answer that a run gives at least this often. */
const NEARLY_ALL = 0.9;

/** Above this many runs with one period, only the first and the last are named. */
const MOST_CYCLES_NAMED = 4;

/** The cycles of runs with a rate that do not settle. */
export function cycleSentence() {
    const proven = runsWithRate().filter((run) => run.cycle?.exact);
    const near = runsWithRate().filter((run) => run.cycle && !run.cycle.exact);
    return [
        proven.length > 0
            ? `All weights came back to the same bits, so these repeat for ever: ${cyclesText(proven)}.`
            : "",
        near.length > 0
            ? `The cost nearly repeats itself, to within 5${SPACE}% of its range: ${cyclesText(near)}.`
            : "",
    ]
        .filter(Boolean)
        .join(" ");
}

/** Runs by their periods. */
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
    );
}

/** Runs with a rate and a loss that saturates whose error climbed to the end while the cost fell, and why. */
export function climbSentence() {
    return runsWithRate()
        .filter((run) => lossOf(run).saturates && silentSentence(run) !== "")
        .map(climb)
        .filter(({ rise, falls }) => rise > LEAST_CLIMB && falls)
        .sort((first, second) => second.rise - first.rise)
        .slice(0, MOST_CLIMBS)
        .map(
            ({ run, from }) =>
                `The training error of ${run.name} climbs from ${percent(run.curves.train.error[from])} (epoch `
                + `${count(report.epochs[from])}) to ${percent(run.last.train.error)}, while its cost falls. `
                + silentSentence(run),
        )
        .join(" ");
}

/** Names a saturated run of which no perceptron says yes; empty if there is none. */
export function muteSentence() {
    const mute = runsWithRate().find(
        (run) => run.verdict.kind.endsWith("saturated") && run.measured?.yes?.every((examples) => examples === 0),
    );
    return mute ? silentSentence(mute) : "";
}

/** The change of training error and cost from a run's least training error to its end. */
function climb(run) {
    const { error, cost } = run.curves.train;
    const from = error.indexOf(Math.min(...error));
    return { run, from, rise: error.at(-1) - error[from], falls: cost.at(-1) < cost[from] };
}

/** Says how many perceptrons never say yes on the test set, and what decides then; empty if all do. */
export function silentSentence(run) {
    const yes = run.measured?.yes;
    const silent = yes ? yes.filter((examples) => examples === 0).length : 0;
    if (silent === 0) {
        return "";
    }
    const { confusion } = run.measured;
    const rows = `${count(total(confusion))} test ${exampleWord()}`;
    if (silent === report.classes) {
        const right = total([...Array(report.classes).keys()].map((label) => confusion[label * (report.classes + 1)]));
        return (
            `No perceptron of ${run.name} says yes to any of ${rows}: the weakest no decides, and `
            + `${share(right / total(confusion))} are right.`
        );
    }
    return (
        `${silent} of its ${report.classes} perceptrons ${silent === 1 ? "says" : "say"} yes to none of `
        + `${rows}${mostAnswered(run)}.`
    );
}

function mostAnswered(run) {
    const { confusion } = run.measured;
    const given = [...Array(report.classes).keys()].map((prediction) =>
        total(confusion.filter((_, cell) => cell % report.classes === prediction)),
    );
    const most = given.indexOf(Math.max(...given));
    return given[most] >= NEARLY_ALL * total(confusion)
        ? `, and its answer to ${share(given[most] / total(confusion))} is ${labelOf(most)}`
        : "";
}
