"use strict";

/** What a perceptron is fed: pixels times the training's factor, or scaled to length 1. */
function inputsOf(pixels) {
    let factor = report.factor;
    if (factor === null) {
        let squares = 0;
        for (const pixel of pixels) {
            squares += pixel * pixel;
        }
        factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    }
    return Float64Array.from(pixels, (pixel) => pixel * factor);
}

/** One class's weights, without its bias. */
function classWeights(run, label) {
    const start = label * (report.features + 1);
    return weightsOf(run).subarray(start, start + report.features);
}

function biasOf(run, label) {
    return weightsOf(run)[label * (report.features + 1) + report.features];
}

/** z = w.x + b for every class. */
function scoresOf(run, inputs) {
    return Array.from({ length: report.classes }, (_, label) => {
        const weights = classWeights(run, label);
        let score = biasOf(run, label);
        for (let feature = 0; feature < inputs.length; feature++) {
            score += weights[feature] * inputs[feature];
        }
        return score;
    });
}

/** The class with the largest score, the lowest on a tie. */
function winnerOf(scores) {
    return scores.indexOf(Math.max(...scores));
}

function runsWithWeights() {
    return report.runs.filter((run) => run.weights !== null);
}

/** The run to begin with where weights are needed: the chosen one if it has them. */
function preferredRun(runs) {
    return runs.includes(chosenRun()) ? chosenRun() : runs[0];
}

/** Lists all classes with sigma(z) as bars; scores null: nothing to show yet. */
function showScores(id, scores) {
    const winner = scores ? winnerOf(scores) : -1;
    const heading = element(
        "li",
        { className: "note", ariaHidden: "true" },
        element("span"),
        element("span"),
        element("span", {}, "σ(z)"),
        element("span", {}, "z"),
    );
    byId(id).replaceChildren(
        heading,
        ...Array.from({ length: report.classes }, (_, label) => {
            const answer = scores ? sigmoid(scores[label]) : 0;
            return element(
                "li",
                { className: label === winner ? "winner" : "", dataset: { class: label, score: scores ? answer : "" } },
                element("span", {}, String(label)),
                element("meter", { min: 0, max: 1, value: answer, ariaLabel: "sigma of class " + label }),
                element("span", {}, scores ? answer.toFixed(3) : ""),
                element("span", {}, scores ? signed(scores[label]) : ""),
            );
        }),
    );
}

function allDiverged() {
    return report.runs.every((run) => run.ending === "DIVERGED");
}

function noWeightsSentence(purpose) {
    return allDiverged()
        ? `No run here has finite weights ${purpose}.`
        : `There was no room on this page for weights ${purpose}: they are in models.`;
}
