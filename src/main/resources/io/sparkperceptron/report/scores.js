import { classNumbers, labelOf } from "./data.js";
import { byId, element } from "./dom.js";
import { signed } from "./format.js";
import { sigmoid } from "./numerics.js";
import { winnerOf } from "./perceptrons.js";

/** Lists all classes with sigma(z) as bars; empty bars if scores is null. */
export function showScores(id, scores) {
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
        ...classNumbers(winner).map((label) => {
            const answer = scores ? sigmoid(scores[label]) : 0;
            return element(
                "li",
                { className: label === winner ? "winner" : "", dataset: { class: label, score: scores ? answer : "" } },
                element("span", {}, labelOf(label)),
                element("meter", { min: 0, max: 1, value: answer, ariaLabel: "sigma of class " + labelOf(label) }),
                element("span", {}, scores ? answer.toFixed(3) : ""),
                element("span", {}, scores ? signed(scores[label]) : ""),
            );
        }),
    );
}
