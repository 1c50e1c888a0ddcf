import { report, signedBytes } from "./data.js";
import { largestMagnitude } from "./numerics.js";
import { classWeights } from "./perceptrons.js";

/** The weights of every filmed epoch and of the end: values(label) times unit are weights. */
export function framesOf(run) {
    const filmed = run.film
        .filter((frame) => run.weights === null || frame.epoch < run.lastEpoch)
        .map((frame) => {
            const values = signedBytes(frame.weights);
            return {
                epoch: frame.epoch,
                scale: frame.scale,
                unit: frame.scale / 127,
                values: (label) => values.subarray(label * report.features, (label + 1) * report.features),
            };
        });
    if (run.weights === null) {
        return filmed;
    }
    const labels = [...Array(report.classes).keys()];
    const scale = Math.max(...labels.map((label) => largestMagnitude(classWeights(run, label))));
    return [
        ...filmed,
        { epoch: run.lastEpoch, scale, unit: 1, values: (label) => classWeights(run, label), final: true },
    ];
}
