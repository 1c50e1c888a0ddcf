import { logRange } from "./axes.js";
import { bestRuns, distinctRates, lossesHere, runsWithRate } from "./data.js";
import { decimalBelow } from "./format.js";

/** The range of a logarithmic axis of the rates and all marks. */
export function rateRange() {
    const rates = [...distinctRates(), ...[...boundMarks(), ...curvatureMarks()].map(({ x }) => x)];
    return logRange(Math.min(...rates), Math.max(...rates));
}

/** The smallest and the largest guaranteed rate of each loss's runs; often they are equal. */
export function boundMarks() {
    return lossesHere(runsWithRate()).flatMap((loss) => {
        const bounds = runsWithRate().filter((run) => run.loss === loss).map((run) => run.bound);
        const ends = [...new Set([Math.min(...bounds), Math.max(...bounds)])];
        return ends.map((bound) => ({ x: bound, label: `guaranteed, ${loss}: ${decimalBelow(bound, 3)}` }));
    });
}

/** For each loss, the largest rate that does not overshoot along the sharpest direction at its best run's end. */
export function curvatureMarks() {
    return lossesHere(runsWithRate()).flatMap((loss) => {
        const [best] = bestRuns(
            runsWithRate().filter((run) => run.loss === loss && run.measured?.curvature.length > 0),
        );
        const sharpest = best ? best.measured.curvature.at(-1).largest + best.l2 : 0;
        return sharpest > 0
            ? [{ x: (2 * (1 + best.momentum)) / sharpest, label: `2/curvature at the end of ${best.name}` }]
            : [];
    });
}

/** A column of a family's values at each of the rates; undefined where it has no run. */
export function byRate(family, value) {
    return distinctRates().map((rate) => {
        const run = family.runs.find((candidate) => candidate.rate === rate);
        return run ? value(run) : undefined;
    });
}
