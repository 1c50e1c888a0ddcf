import { divergingTable } from "./colours.js";
import { labelOf, report } from "./data.js";
import { byId, element } from "./dom.js";
import { decimal, signed } from "./format.js";
import { largestMagnitude, total } from "./numerics.js";
import { biasOf, classWeights, inputsOf, scoresOf, winnerOf } from "./perceptrons.js";
import { exampleSheet, fillColourBar, weightPicture } from "./pictures.js";
import { showScores } from "./scores.js";

let shownExample = null;

/** One test image: all scores, and which of its pixels spoke for what. */
export function showExample(run, index, prediction) {
    shownExample = { run, index, prediction };
    byId("example-panel").hidden = false;
    const label = report.examples.labels[index];
    byId("example-heading").textContent =
        `Test image ${report.examples.rows[index]}: label ${labelOf(label)}, answer ${labelOf(prediction)}`;
    if (run.weights === null) {
        byId("example-text").textContent =
            run.ending === "DIVERGED"
                ? `${run.name} has no finite weights, so it gives this image no scores.`
                : `There was no room on this page for the weights of ${run.name}: they are in models/${run.name}.`;
        byId("example-scores").replaceChildren();
        byId("example-evidence").replaceChildren();
        return;
    }
    const inputs = inputsOf(exampleSheet.grey(index));
    const scores = scoresOf(run, inputs);
    showScores("example-scores", scores);
    const rival = label === prediction ? runnerUpOf(scores, label) : label;
    byId("example-text").textContent = rivalrySentence(scores, prediction, rival, label === prediction);
    drawEvidence(run, inputs, scores, [
        [prediction, "the answer"],
        [rival, label === prediction ? "second" : "the label"],
    ]);
}

export function runnerUpOf(scores, winner) {
    return winnerOf(scores.map((score, label) => (label === winner ? -Infinity : score)));
}

export function rivalrySentence(scores, prediction, rival, right) {
    const lead = decimal(scores[prediction] - scores[rival], 3);
    return right
        ? `Right: ${labelOf(prediction)} leads ${labelOf(rival)}, the second, by ${lead} in z. The pictures show how much each `
              + "pixel adds to the two scores."
        : `Wrong: ${labelOf(prediction)} beats the true ${labelOf(rival)} by ${lead} in z. The pictures show how much each pixel `
              + "adds to the two scores.";
}

function drawEvidence(run, inputs, scores, sides) {
    const products = sides.map(([label]) =>
        Float64Array.from(classWeights(run, label), (weight, feature) => weight * inputs[feature]),
    );
    const scale = Math.max(...products.map(largestMagnitude));
    const table = divergingTable();
    const bar = element("div", { className: "colour-bar" });
    const pair = element(
        "div",
        { className: "pair" },
        ...sides.map(([label, role], side) => {
            const picture = weightPicture(products[side], scale, table);
            picture.style.width = "9rem";
            picture.setAttribute("role", "img");
            picture.setAttribute("aria-label", `Weight times pixel for class ${labelOf(label)}`);
            return element(
                "figure",
                {},
                picture,
                element(
                    "figcaption",
                    {},
                    `${labelOf(label)}, ${role}: ${sumSentence(products[side], biasOf(run, label), scores[label])}`,
                ),
            );
        }),
    );
    fillColourBar(bar, scale);
    byId("example-evidence").replaceChildren(pair, bar);
}

export function sumSentence(products, bias, score) {
    const forIt = total([...products].filter((value) => value > 0));
    const against = total([...products].filter((value) => value < 0));
    return `${signed(forIt)} for, ${signed(against)} against, bias ${signed(bias)}: z = ${signed(score)}`;
}

export function repaintExample() {
    if (shownExample) {
        showExample(shownExample.run, shownExample.index, shownExample.prediction);
    }
}
