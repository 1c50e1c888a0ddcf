import { allDiverged, report, weightsOf } from "./data.js";

/** The inputs of a perceptron: pixels times the training's factor and each feature's factor, or scaled to length 1. */
export function inputsOf(pixels) {
    let factor = report.factor;
    if (factor === null) {
        let squares = 0;
        for (const pixel of pixels) {
            squares += pixel * pixel;
        }
        factor = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    }
    return Float64Array.from(pixels, (pixel, feature) => pixel * factor * (report.factors?.[feature] ?? 1));
}

/** One class's weights, without its bias. */
export function classWeights(run, label) {
    const start = label * (report.features + 1);
    return weightsOf(run).subarray(start, start + report.features);
}

export function biasOf(run, label) {
    return weightsOf(run)[label * (report.features + 1) + report.features];
}

/** z = w.x + b for every class. */
export function scoresOf(run, inputs) {
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
export function winnerOf(scores) {
    return scores.indexOf(Math.max(...scores));
}

/** The class with the largest score among the others. */
export function runnerUpOf(scores, winner) {
    return winnerOf(scores.map((score, label) => (label === winner ? -Infinity : score)));
}

export function noWeightsSentence(purpose) {
    return allDiverged()
        ? `No run here has finite weights ${purpose}.`
        : `There was no room on this page for weights ${purpose}: they are in models.`;
}
