import { classNumbers, labelOf, placeOf, report } from "./data.js";
import { MINUS, signed } from "./format.js";
import { correlation } from "./numerics.js";
import { classWeights } from "./perceptrons.js";

/** What a run's last weights show, as paragraphs of sentences. */
export function weightsText(run) {
    const what =
        "Each picture is one perceptron. Red: ink here speaks for its class. Blue: against it."
        + (report.factors ? " Ink is counted in standard deviations of its pixel." : "");
    if (run.lastEpoch === 0) {
        return [
            [what, "After 0 epochs these are the weights that training would have started from: nothing is learned."],
        ];
    }
    return [[what], [extremesSentence(run), middleSentence(run)], [roughnessSentence(run)]];
}

function extremesSentence(run) {
    const found = { high: { weight: -Infinity }, low: { weight: Infinity } };
    for (const label of classNumbers()) {
        classWeights(run, label).forEach((weight, feature) => {
            if (weight > found.high.weight) {
                found.high = { weight, label, feature };
            }
            if (weight < found.low.weight) {
                found.low = { weight, label, feature };
            }
        });
    }
    const digits = decimalsFor(found.high.weight, found.low.weight);
    const [high, low] = [found.high, found.low].map(({ weight }) => signed(weight, digits));
    const at = ({ label, feature }) => `(class ${labelOf(label)}, ${placeOf(feature)})`;
    return high === low
        ? `All weights of ${run.name} are ${high}.`
        : `The weights of ${run.name} go from ${low} ${at(found.low)} to ${high} ${at(found.high)}.`;
}

/** Two decimals, or enough for two significant digits of the largest number. */
export function decimalsFor(...numbers) {
    const largest = Math.max(...numbers.map(Math.abs));
    return largest > 0 ? Math.min(100, Math.max(2, 1 - Math.floor(Math.log10(largest)))) : 2;
}

/** Empty if the means look equal. If all means have one sign, the ink speaks for no class, or against none. */
function middleSentence(run) {
    const classes = classNumbers();
    const means = classes.map((label) => middleMean(classWeights(run, label)));
    const [lowMean, highMean] = [Math.min(...means), Math.max(...means)];
    const [low, high] = [lowMean, highMean].map((mean) => classes[means.indexOf(mean)]);
    const [least, most] = [signed(lowMean), signed(highMean)];
    if (least === most) {
        return "";
    }
    const lowest = least.startsWith(MINUS) ? "most against" : "least for";
    const highest = most.startsWith("+") ? "most for" : "least against";
    return (
        `In the middle of the image ink speaks ${lowest} ${labelOf(low)} (mean weight ${least})`
        + ` and ${highest} ${labelOf(high)} (${most}).`
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
    const shown = signed(likeness).replace("+", "");
    const told = "Weights of neighbouring pixels " + (shown === "0.00" ? "do not correlate" : `correlate with ${shown}`);
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
    for (const label of classNumbers()) {
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
