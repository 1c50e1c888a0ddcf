import { labelOf, report } from "./data.js";
import { signed } from "./format.js";
import { correlation } from "./numerics.js";
import { classWeights } from "./perceptrons.js";

/** What can be read off a run's last weights, as paragraphs of sentences. */
export function weightsText(run) {
    const what =
        "Each picture is one perceptron, a weight for each pixel: a template of where ink speaks for its class "
        + "and where against. "
        + "The score adds up the ink under the template."
        + (report.factors
            ? " Here ink is counted in standard deviations of its pixel, so that a weight is what one of them adds."
            : "");
    if (run.lastEpoch === 0) {
        return [
            [what, "After 0 epochs these are the weights that training would have started from: nothing is learnt."],
        ];
    }
    return [[what], [extremesSentence(run), middleSentence(run)], [roughnessSentence(run)]];
}

function extremesSentence(run) {
    const found = { high: { weight: -Infinity }, low: { weight: Infinity } };
    for (let label = 0; label < report.classes; label++) {
        classWeights(run, label).forEach((weight, feature) => {
            if (weight > found.high.weight) {
                found.high = { weight, label, feature };
            }
            if (weight < found.low.weight) {
                found.low = { weight, label, feature };
            }
        });
    }
    const place = ({ feature }) =>
        `row ${Math.floor(feature / report.image.width)}, column ${feature % report.image.width}`;
    return (
        `The largest weight of ${run.name} is ${signed(found.high.weight)}, of class ${labelOf(found.high.label)} at `
        + `${place(found.high)}; `
        + `the most negative is ${signed(found.low.weight)}, of class ${labelOf(found.low.label)} at ${place(found.low)}.`
    );
}

function middleSentence(run) {
    const means = Array.from({ length: report.classes }, (_, label) => middleMean(classWeights(run, label)));
    const low = means.indexOf(Math.min(...means));
    const high = means.indexOf(Math.max(...means));
    return (
        `In the very middle of the image ink speaks most against ${labelOf(low)} (mean weight ${signed(means[low])})`
        + ` and most for ${labelOf(high)} (${signed(means[high])}).`
    );
}

function middleMean(weights) {
    const { width, height } = report.image;
    let sum = 0;
    let pixels = 0;
    weights.forEach((weight, feature) => {
        const down = Math.abs(Math.floor(feature / width) - (height - 1) / 2) / height;
        const across = Math.abs((feature % width) - (width - 1) / 2) / width;
        if (down < 0.08 && across < 0.08) {
            sum += weight;
            pixels++;
        }
    });
    return pixels > 0 ? sum / pixels : 0;
}

/** Strokes are wider than a pixel, so weights that describe strokes resemble their neighbours; noise does not. */
function roughnessSentence(run) {
    const likeness = neighbourCorrelation(run);
    if (!Number.isFinite(likeness)) {
        return "";
    }
    const told = `Weights of neighbouring pixels correlate with ${likeness.toFixed(2)}`;
    if (run.verdict.kind !== "steady") {
        return told + ".";
    }
    const meaning =
        likeness > 0.75
            ? "the pictures are smooth, as strokes are"
            : likeness > 0.45
              ? "strokes are there, under a grain that single training examples left behind"
              : "the pictures are mostly grain; single examples have left their mark rather than strokes";
    return `${told}: ${meaning}.`;
}

function neighbourCorrelation(run) {
    const lefts = [];
    const rights = [];
    for (let label = 0; label < report.classes; label++) {
        const weights = classWeights(run, label);
        for (let feature = 1; feature < weights.length; feature++) {
            const sameRow = feature % report.image.width !== 0;
            if (sameRow && (weights[feature - 1] !== 0 || weights[feature] !== 0)) {
                lefts.push(weights[feature - 1]);
                rights.push(weights[feature]);
            }
        }
    }
    return correlation(lefts, rights);
}
