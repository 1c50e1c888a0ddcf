import { labelOf, report } from "./data.js";
import { byId } from "./dom.js";
import { counted, decimal } from "./format.js";
import { InkPad } from "./inkpad.js";
import { inputsOf, runnerUpOf, scoresOf, winnerOf } from "./perceptrons.js";
import { exampleSheet } from "./pictures.js";
import { showReasons } from "./reasons.js";
import { showScores } from "./scores.js";

const shownExample = { run: null, index: 0, prediction: 0, original: null, pad: null };

/** Builds the panel about one example, before the reader chooses one. */
export function buildExamplePanel() {
    shownExample.pad = new InkPad("example-pad", "example-eraser", explain);
    byId("example-reset").addEventListener("click", () => {
        shownExample.pad.show(shownExample.original);
        explain();
    });
}

/** One test image: all scores, the evidence of its pixels, and how both change with its ink. */
export function showExample(run, index, prediction) {
    const original = exampleSheet.grey(index);
    Object.assign(shownExample, { run, index, prediction, original });
    byId("example-panel").hidden = false;
    byId("example-heading").textContent =
        `Test image ${report.examples.rows[index]}: label ${labelOf(report.examples.labels[index])}, answer ${labelOf(prediction)}`;
    byId("example-columns").hidden = run.weights === null;
    if (run.weights === null) {
        byId("example-text").textContent =
            run.ending === "DIVERGED"
                ? `${run.name} has no finite weights, so it gives this image no scores.`
                : `There was no room on this page for the weights of ${run.name}: they are in models/${run.name}.`;
        return;
    }
    shownExample.pad.show(original);
    explain();
}

function explain() {
    const { run, index, prediction, original, pad } = shownExample;
    const label = report.examples.labels[index];
    const inputs = inputsOf(pad.grey);
    const scores = scoresOf(run, inputs);
    showScores("example-scores", scores);
    const right = label === prediction;
    const rival = right ? runnerUpOf(scoresOf(run, inputsOf(original)), label) : label;
    const changed = pad.grey.filter((ink, pixel) => ink !== original[pixel]).length;
    byId("example-reset").disabled = changed === 0;
    byId("example-text").textContent =
        changed > 0 ? changedSentence(scores, prediction, rival, changed) : rivalrySentence(scores, prediction, rival, right);
    showReasons("example-evidence", run, inputs, scores, [
        [prediction, "the answer"],
        [rival, right ? "second" : "the label"],
    ]);
}

export function rivalrySentence(scores, prediction, rival, right) {
    const lead = scores[prediction] - scores[rival];
    const told = right
        ? `Right: ${labelOf(prediction)} ${lead > 0 ? "leads" : "has the z of"} ${labelOf(rival)}, the second`
        : `Wrong: ${labelOf(prediction)} ${lead > 0 ? "beats" : "has the z of"} the true ${labelOf(rival)}`;
    return (
        told
        + (lead > 0 ? `${right ? "," : ""} by ${decimal(lead, 3)} in z. ` : ", as far as this page's digits tell. ")
        + "The pictures show how much each pixel adds to the difference, and to the two scores."
    );
}

export function changedSentence(scores, prediction, rival, changed) {
    const winner = winnerOf(scores);
    const lead = scores[prediction] - scores[rival];
    const [ahead, behind] = lead > 0 ? [prediction, rival] : [rival, prediction];
    return (
        `With ${counted(changed, "pixel")} of it changed the answer is ${labelOf(winner)}: `
        + (lead === 0
            ? `${labelOf(prediction)} and ${labelOf(rival)} have the same z.`
            : `${labelOf(ahead)} leads ${labelOf(behind)} by ${decimal(Math.abs(lead), 3)} in z.`)
    );
}

export function repaintExample() {
    if (shownExample.run?.weights) {
        explain();
    }
}
