import { classNumbers, featureName, labelOf, report, runNamed } from "./data.js";
import { byId, element, followRunChoice, say } from "./dom.js";
import { count, signed } from "./format.js";
import { classWeights } from "./perceptrons.js";
import { decimalsFor } from "./reading.js";

/** For each class, at most this many features that speak for it, and as many that speak against it. */
const FEATURES_SHOWN = 5;

/** A longer table would be slow. */
const CLASSES_SHOWN = 100;

/** What a weight is, by the scaling of features. */
const MEANINGS = {
    none: "what one unit of its feature adds to the score of the class",
    pixel: "what 255 units of its feature add to the score of the class",
    standard: "what one standard deviation of its feature adds to the score of the class",
    "unit-norm": "what its feature adds to the score of the class in a row that has no other feature",
};

/** Shows features with large weights, where features are not pixels. */
export function buildFeatures(runs) {
    byId("weights-heading").textContent = "Which features speak for a class?";
    say("weights-text", featuresText());
    byId("features-panel").hidden = false;
    const fill = () => byId("features-table").tBodies[0].replaceChildren(...featureRows(runNamed(byId("features-run").value)));
    followRunChoice("features-run", runs, fill);
    fill();
}

export function featuresText() {
    return [
        `A weight is ${MEANINGS[report.scaling]}.`,
        report.scaling === "none" ? "Weights of features in different units do not compare." : "",
        report.features > FEATURES_SHOWN ? `The table has the ${FEATURES_SHOWN} largest weights of each sign.` : "",
        report.featureNames === null ? "The features have no names here: they are counted from 0." : "",
        classNumbers().length > CLASSES_SHOWN ? `The table has the first ${count(CLASSES_SHOWN)} classes.` : "",
    ];
}

function featureRows(run) {
    const classes = classNumbers().slice(0, CLASSES_SHOWN);
    const cells = classes.map((label) => [1, -1].map((sign) => largestWeights(classWeights(run, label), sign)));
    const digits = decimalsFor(...cells.flat(2).map(({ weight }) => weight));
    return classes.map((label, row) =>
        element(
            "tr",
            {},
            element("th", { scope: "row" }, element("bdi", {}, labelOf(label))),
            ...cells[row].map((found) => element("td", { className: "text" }, ...found.map((one) => featureLine(one, digits)))),
        ),
    );
}

function featureLine({ feature, weight }, digits) {
    return element("div", {}, `${signed(weight, digits)} `, element("bdi", {}, featureName(feature)));
}

/** The features with the largest weights of a sign, the largest first. */
export function largestWeights(weights, sign) {
    const found = [];
    weights.forEach((weight, feature) => {
        const isFull = found.length === FEATURES_SHOWN;
        if (sign * weight > (isFull ? sign * found[FEATURES_SHOWN - 1].weight : 0)) {
            found.splice(isFull ? FEATURES_SHOWN - 1 : found.length, 1, { feature, weight });
            found.sort((first, second) => sign * (second.weight - first.weight));
        }
    });
    return found;
}
