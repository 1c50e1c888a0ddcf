import { divergingTable } from "./colours.js";
import { labelOf } from "./data.js";
import { byId, element } from "./dom.js";
import { signed } from "./format.js";
import { largestMagnitude, total } from "./numerics.js";
import { biasOf, classWeights } from "./perceptrons.js";
import { fillColourBar, inkPicture, meanSheet, weightPicture, withName } from "./pictures.js";

/**
 * Shows in a container why one class has a higher score than another: what every pixel adds to their difference and to
 * each score, beside the mean images of both.
 *
 * @param sides the two classes, each with its role here: [[class, role], [class, role]]
 */
export function showReasons(container, run, inputs, scores, sides) {
    const products = sides.map(([label]) =>
        Float64Array.from(classWeights(run, label), (weight, feature) => weight * inputs[feature]),
    );
    const difference = products[0].map((product, feature) => product - products[1][feature]);
    const scale = Math.max(largestMagnitude(difference), ...products.map(largestMagnitude));
    const table = divergingTable();
    const picture = (values, title) => withName(weightPicture(values, scale, table), title);
    const bar = element("div", { className: "colour-bar" });
    fillColourBar(bar, scale);
    byId(container).replaceChildren(
        element(
            "div",
            { className: "pictures" },
            figure(
                picture(difference, `Weight times pixel for class ${labelOf(sides[0][0])} less that for ${labelOf(sides[1][0])}`),
                differenceSentence(run, difference, scores, sides),
            ),
            ...(meanSheet.isOpen ? sides.map(([label]) => meanFigure(label)) : []),
            ...sides.map(([label, role], side) =>
                figure(
                    picture(products[side], `Weight times pixel for class ${labelOf(label)}`),
                    `${labelOf(label)}, ${role}: ${sumSentence(products[side], biasOf(run, label))}: z = ${signed(scores[label])}`,
                ),
            ),
        ),
        bar,
    );
}

function figure(picture, caption) {
    return element("figure", {}, picture, element("figcaption", {}, caption));
}

function meanFigure(label) {
    const picture = withName(inkPicture(meanSheet.grey(label)), `Mean training image of ${labelOf(label)}`);
    return figure(picture, `${labelOf(label)}, the mean of its training images`);
}

export function differenceSentence(run, difference, scores, [[first], [second]]) {
    const bias = biasOf(run, first) - biasOf(run, second);
    return (
        `${labelOf(first)} less ${labelOf(second)}: ${sumSentence(difference, bias)}: `
        + `a difference of ${signed(scores[first] - scores[second], 3)} in z`
    );
}

export function sumSentence(products, bias) {
    const forIt = total([...products].filter((value) => value > 0));
    const against = total([...products].filter((value) => value < 0));
    return `${signed(forIt)} for, ${signed(against)} against, bias ${signed(bias)}`;
}
