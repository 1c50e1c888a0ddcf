import { chosenRun, exampleWord, hasRate, isOscillating, report, runsWithRate, spreadSentence } from "./data.js";
import { byId } from "./dom.js";
import { count, counted, decimal, listed, percent, percentRange } from "./format.js";
import { endsRejected } from "./learning.js";

export function buildHeader() {
    byId("kicker").textContent = kickerText();
    byId("title").textContent = report.title;
    byId("result").textContent = resultSentence();
    byId("result-note").textContent = noteSentences().filter(Boolean).join(" ");
}

export function kickerText() {
    const optimizers = [
        ...(runsWithRate().length > 0 ? ["gradient descent"] : []),
        ...(report.runs.every(hasRate) ? [] : ["L-BFGS"]),
    ];
    const empty = report.emptyClasses.length;
    return (
        `${counted(report.classes, "perceptron")}, one for each class, `
        + (empty > 0 ? `${count(empty)} of them without examples and not shown, ` : "")
        + `trained by ${listed(optimizers)}`
    );
}

function hasResult() {
    const run = chosenRun();
    return run.last.test.error !== null && run.ending !== "DIVERGED";
}

export function resultSentence() {
    const run = chosenRun();
    const { train, test } = report.rows;
    if (!hasResult()) {
        return report.runs.length === 1
            ? `${run.name} diverged, so there is no result to report.`
            : "Every run diverged, so there is no result to report.";
    }
    return (
        `${run.name} gets ${percent(run.last.test.error)} of ${count(test)} test ${exampleWord()} `
        + `wrong after ${counted(run.lastEpoch, "epoch")} on ${count(train)} training ${exampleWord()}.`
    );
}

export function noteSentences() {
    return hasResult()
        ? [
              `Another test set could give ${percentRange(chosenRun().interval)} (95 % interval).`,
              endsRejected(chosenRun())
                  ? "The run's last cost is above its least: the kept model may differ from this figure."
                  : "",
              isOscillating(chosenRun())
                  ? `The run oscillates, so where it ended is chance, too. ${spreadSentence(chosenRun())}`
                  : "",
              chooserNote(),
              foldsNote(),
              durationNote(),
          ]
        : [];
}

function chooserNote() {
    if (report.runs.length === 1) {
        return "";
    }
    const field = `The run is the best of ${report.runs.length} runs by their last ${report.chooser} error${meanOfFolds()}`;
    return report.chooser === "test" ? `${field}, so the figure is a little too good.` : `${field}.`;
}

/** The folds choose among all epochs, so they may choose another run than the page. */
function foldsNote() {
    const { choice } = report;
    return choice
        ? `Over all epochs the folds choose ${choice.run} after ${counted(choice.epochs, "epoch")}, where `
              + `${percent(choice.testError)} of the test ${exampleWord()} are wrong.`
        : "";
}

function meanOfFolds() {
    return report.folds > 0 ? `, the mean over ${report.folds} folds` : "";
}

/** The time of the epochs alone, including those before a training was resumed. */
function durationNote() {
    const duration = report.seconds.at(-1);
    return duration < 120
        ? `The epochs took ${decimal(duration, 3)} seconds.`
        : `The epochs took ${decimal(duration / 60, 3)} minutes.`;
}
