import { classNumbers, report, signedBytes } from "./data.js";
import { largestMagnitude } from "./numerics.js";
import { classWeights } from "./perceptrons.js";

/** The weights of a run at every filmed epoch and at its end: values(label) times unit. */
export function framesOf(run) {
    const filmed = run.film.map(({ epoch, scale, weights }) => {
        const values = signedBytes(weights);
        return {
            epoch,
            scale,
            unit: scale / 127,
            values: (label) => values.subarray(label * report.features, (label + 1) * report.features),
        };
    });
    const scale = Math.max(...classNumbers().map((label) => largestMagnitude(classWeights(run, label))));
    return [
        ...filmed,
        { epoch: run.lastEpoch, scale, unit: 1, values: (label) => classWeights(run, label), final: true },
    ];
}
