import { chosenRun, exampleWord, hasRate, report, runPointAt } from "./data.js";
import { count, decimal, listed, percent, points, pointsRange, setName, share, SPACE } from "./format.js";

/** Fractions above the least cost. For each, Java gives the first epoch of a run that is as near. */
export const NEAR = [0.1, 0.05, 0.01];

/** How the chosen run's error fell, as paragraphs of sentences. */
export function curvesText() {
    const run = chosenRun();
    if (report.lastEpoch === 0) {
        return [["This training has no epochs: there is only the error of the starting weights."]];
    }
    if (run.ending === "DIVERGED") {
        return [["No run ended with finite weights, so there is no curve to read."]];
    }
    return [
        [`Training seeks the least cost; what counts is the error on new ${exampleWord()}.`, goalSentence(run)],
        [fallSentence(run), reachedSentence(run), nearSentence(run), doublingSentence(run)],
        [gapSentence(run), riseSentence(run), ...risingSearches().map(overfitSentence)],
    ];
}

/** The name of what a run minimizes. */
export function objectiveName(run) {
    return run.l2 > 0 ? "cost plus penalty" : "cost";
}

function goalSentence(run) {
    if (!run.goal) {
        return "";
    }
    const { floor, by, above } = run.goal;
    const least = `the least ${objectiveName(run)} found, ${decimal(floor, 3)}`;
    return above === 0 ? `${run.name} has ${least}.` : `${run.name} ends ${share(above)} above ${least} by ${by}.`;
}

function fallSentence(run) {
    const errors = run.curves[report.chooser].error;
    const what = `The ${setName(report.chooser)} error of ${run.name}`;
    if (errors[0] - run.best.error <= run.margin) {
        return `${what} falls by no more than a standard error.`;
    }
    if (percent(errors[0]) === percent(run.best.error)) {
        return `${what} stays at ${percent(errors[0])}.`;
    }
    return (
        `${what} falls from ${percent(errors[0])} to ${percent(run.best.error)}, its best, at epoch `
        + count(run.best.epoch)
        + (isBestAfterEnd(run) ? ", when folds were still trained and the run on all rows had ended." : ".")
    );
}

/** Folds may train longer than the run on all rows. */
function isBestAfterEnd(run) {
    return run.best.epoch > run.lastEpoch;
}

/** The errors that a run came down to after its start, each with the first epoch, the lowest error last. */
export function reachedErrors(run) {
    return run.reached
        .map((epoch, at) => ({ epoch, error: report.thresholds[at] }))
        .filter(({ epoch }) => epoch !== null && epoch > 0);
}

function reachedSentence(run) {
    const reached = reachedErrors(run);
    return reached.length === 0
        ? ""
        : `It first was at ${listed(reached.map(({ error }) => String(Math.round(100 * error))))}${SPACE}% `
              + `after ${epochsListed(reached.map(({ epoch }) => epoch))}.`;
}

function nearSentence(run) {
    const near = nearEpochs(run);
    return near.length === 0
        ? ""
        : `Its ${objectiveName(run)} was first within `
              + `${listed(near.map(({ fraction }) => String(100 * fraction)))}${SPACE}% of the least at `
              + `${epochsListed(near.map(({ epoch }) => epoch))}.`;
}

/** The epochs at which a run's cost first was near the least; empty without a floor, or if it never was. */
export function nearEpochs(run) {
    return NEAR.map((fraction, at) => ({ fraction, epoch: run.goal?.within[at] ?? null })).filter(
        ({ epoch }) => epoch !== null,
    );
}

function epochsListed(epochs) {
    return `${epochs.length === 1 ? "epoch" : "epochs"} ${listed(epochs.map(count))}`;
}

/** What the last doubling of the epochs brought, and what the next would bring by the trend. */
export function doublingSentence(run) {
    if (!run.doubling) {
        return "";
    }
    const { from, before, after, next } = run.doubling;
    const told = [before, after].map((value) => percent(value));
    return (
        `From epoch ${count(from)} to ${count(run.lastEpoch)} its ${setName(report.chooser)} error `
        + (told[0] === told[1]
            ? `stayed at ${told[0]}.`
            : `${after < before ? "fell" : "rose"} from ${told[0]} to ${told[1]}.`)
        + (next
            ? ` By the trend, ${count(run.lastEpoch)} more epochs would lower it by ${pointsRange(next)} points.`
            : "")
    );
}

function gapSentence(run) {
    return (
        `It ends at ${percent(run.last.train.error)} training error and ${percent(run.last.test.error)} test error: `
        + `${gapMeaning(run)}.`
    );
}

/** The meaning of the gap between training and test error. A gap within a standard error has none. */
export function gapMeaning(run, unit = "percentage points") {
    const gap = run.last.test.error - run.last.train.error;
    if (gap < -run.margin) {
        return `the test ${exampleWord()} are easier`;
    }
    return gap <= run.margin ? "no sign of overfitting" : `it overfits by ${points(gap)} ${unit}`;
}

/** The values of what a run minimizes, at its points. */
export function objectivesOf(run) {
    return run.curves.train.cost.map((cost, point) => cost + run.quantities.penalty[point]);
}

/** Whether L-BFGS rejected the run's last step: what it minimizes is above its minimum before. */
export function endsRejected(run) {
    const objectives = objectivesOf(run);
    return !hasRate(run) && objectives.at(-1) > Math.min(...objectives) * (1 + 1e-6);
}

function endsAboveItsBest(run) {
    const { error } = run.last[report.chooser];
    return !isBestAfterEnd(run) && !endsRejected(run) && error > run.best.error + run.margin;
}

function riseSentence(run) {
    return endsAboveItsBest(run) && !risingSearches().includes(run)
        ? "It ends more than a standard error above its best: fewer epochs would have been better."
        : "";
}

/** The runs of L-BFGS whose error rose from its best while the training cost fell. */
export function risingSearches() {
    return report.runs.filter((run) => {
        const { cost } = run.curves.train;
        return (
            !hasRate(run)
            && run.ending !== "DIVERGED"
            && endsAboveItsBest(run)
            && cost.at(-1) < cost[runPointAt(run, run.best.epoch)]
        );
    });
}

function overfitSentence(run) {
    return (
        `${run.name} overfits: from epoch ${count(run.best.epoch)} its training cost falls, and its `
        + `${setName(report.chooser)} error rises from ${percent(run.best.error)} to `
        + `${percent(run.last[report.chooser].error)}.`
    );
}
