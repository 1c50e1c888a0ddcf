import { allLosses, lossIndex, report, runsWithRate } from "./data.js";
import { count, decimalsApart, listed, percent, SPACE } from "./format.js";

/** The page does not mention a smaller rise of the error. */
const LEAST_CLIMB = 0.1;

/** Above this many runs with one period, only the first and the last are named. */
const MOST_CYCLES_NAMED = 4;

/** The cycles of runs with a rate that do not settle. */
export function cycleSentence() {
    const proven = runsWithRate().filter((run) => run.cycle?.exact);
    const near = runsWithRate().filter((run) => run.cycle && !run.cycle.exact);
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

/** Runs by their periods. Many runs with one period are named by the smallest and the largest rate. */
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

/**
 * Why an error can climb while the cost falls, with the run that shows it most among those with a rate and a loss that
 * saturates.
 */
export function climbSentence() {
    const climbs = runsWithRate()
        .filter((run) => allLosses()[lossIndex(run)].saturates && run.ending !== "DIVERGED")
        .map(longestClimb)
        .filter(({ rise }) => rise > LEAST_CLIMB)
        .sort((first, second) => second.rise - first.rise);
    if (climbs.length === 0) {
        return "";
    }
    const { run, from, to } = climbs[0];
    const { error, cost } = run.curves.train;
    const [before, after] = decimalsApart(cost[from], cost[to], 3);
    return (
        `The training error of ${run.name} climbs from ${percent(error[from])} (epoch ${report.epochs[from]}) to `
        + `${percent(error[to])} (epoch ${report.epochs[to]}), while its cost falls from ${before} to `
        + `${after}. The cost adds up all perceptrons, and most examples are not of a perceptron's class: one `
        + "that says no to everything costs little. The class with the weakest no then wins, which has little to do with the example."
    );
}

/** The largest rise of a run's training error above its minimum so far, at a point with a lower cost. */
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
