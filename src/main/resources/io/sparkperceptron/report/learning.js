import { chosenRun, hasRate, pointAt, report } from "./data.js";
import { percent, points, setName } from "./format.js";

/** The page does not say of fewer epochs whether the curve flattens. */
const FEWEST_EPOCHS_FOR_A_SHAPE = 10;

/** How the chosen run's error fell, as paragraphs of sentences. */
export function curvesText() {
    const run = chosenRun();
    const goal =
        "The goal of learning is a low error on examples the model was not trained on, that is, to generalise. "
        + "The training error alone cannot tell whether that works; the gap between the two curves does.";
    if (report.lastEpoch === 0) {
        return [[goal], ["This training has no epochs: there is only the error of the starting weights."]];
    }
    if (run.ending === "DIVERGED") {
        return [
            [goal],
            ["No run ended with finite weights, so there is no curve to read a reasonable number of epochs from."],
        ];
    }
    return [
        [goal],
        [fallSentence(run), settlingSentence(run)],
        [
            `At its end, after epoch ${run.lastEpoch}, it gets ${percent(run.last.train.error)} of the training `
                + "set and",
            `${percent(run.last.test.error)} of the test set wrong.`,
            gapSentence(run),
            riseSentence(run),
        ],
    ];
}

function gapSentence(run) {
    const gap = run.last.test.error - run.last.train.error;
    if (gap < -run.margin) {
        return (
            `The test error is ${points(-gap)} lower, by more than its standard error: the test examples are the easier ones `
            + "for this run, which says nothing about overfitting."
        );
    }
    return gap <= run.margin
        ? "The test error is no higher than the training error by more than its standard error: no sign "
              + "of overfitting."
        : `The test error is ${points(gap)} higher: some of what was learnt holds for the training set only.`;
}

function fallSentence(run) {
    const errors = run.curves[report.chooser].error;
    if (errors[0] - run.best.error <= run.margin) {
        return `The ${setName(report.chooser)} error of ${run.name} falls by no more than a standard error.`;
    }
    if (percent(errors[0]) === percent(run.best.error)) {
        return `The ${setName(report.chooser)} error of ${run.name} stays at ${percent(errors[0])}.`;
    }
    const target = errors[0] - 0.9 * (errors[0] - run.best.error);
    const index = errors.findIndex((error) => error <= target);
    const fall =
        `The ${setName(report.chooser)} error of ${run.name} falls from ${percent(errors[0])} at the start to `
        + `${percent(run.best.error)} at its best, after epoch ${run.best.epoch}`
        + (isBestAfterEnd(run) ? ", when folds were still trained and the run on all rows had ended." : ".");
    if (run.lastEpoch < FEWEST_EPOCHS_FOR_A_SHAPE || index < 0) {
        return fall;
    }
    const flattens = report.epochs[index] <= run.lastEpoch / 3;
    return (
        fall
        + ` Nine tenths of this fall are done by epoch ${report.epochs[index]}`
        + (flattens ? "; then the curve flattens." : ", so the curve has hardly flattened by the end.")
    );
}

/** Folds may train longer than the run on all rows. */
function isBestAfterEnd(run) {
    return run.best.epoch > run.lastEpoch;
}

function settlingSentence(run) {
    return run.reasonableEpochs === null
        ? `Within ${report.epochsAsked} epochs it does not settle at its best, so this training cannot say `
              + `how many are reasonable. ${doublingSentence(run)}`
        : `From epoch ${run.reasonableEpochs} on it stays within one standard error (${points(run.margin)}) of its `
              + "best: more epochs change less than chance does.";
}

/** What the last doubling of the epochs gained. */
export function doublingSentence(run) {
    const half = pointAt(Math.floor(run.lastEpoch / 2));
    if (run.lastEpoch < FEWEST_EPOCHS_FOR_A_SHAPE || half === 0) {
        return "";
    }
    const error = (point) => run.curves[report.chooser].error[point];
    const [before, after] = [error(half), error(run.points - 1)];
    const told = [before, after].map((value) => percent(value));
    return (
        `From epoch ${report.epochs[half]} to ${run.lastEpoch} its ${setName(report.chooser)} error `
        + (told[0] === told[1]
            ? `stayed at ${told[0]}.`
            : `${after < before ? "fell" : "rose"} from ${told[0]} to ${told[1]}.`)
    );
}

/** Whether L-BFGS rejected the run's last step: what it minimizes is above its minimum before. */
export function endsRejected(run) {
    const { cost } = run.curves.train;
    const objectives = Array.from(cost, (value, point) => value + run.quantities.penalty[point]);
    return !hasRate(run) && objectives.at(-1) > Math.min(...objectives) * (1 + 1e-6);
}

function riseSentence(run) {
    return !isBestAfterEnd(run) && !endsRejected(run) && run.last[report.chooser].error > run.best.error + run.margin
        ? `Its ${setName(report.chooser)} error ends above its best by more than a standard error: stopping `
              + "earlier would have been better."
        : "";
}
