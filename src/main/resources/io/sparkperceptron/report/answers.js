import { divergingTable, onThemeChange, themeColour } from "./colours.js";
import { confusedPairs } from "./confusion.js";
import {
    chosenRun,
    choosingError,
    classNumbers,
    distinctRates,
    exampleWord,
    families,
    hasRate,
    isHopeless,
    labelOf,
    report,
    runsWithRate,
} from "./data.js";
import { byId, element } from "./dom.js";
import { count, counted, decimal, decimalBelow, percent, setName, share } from "./format.js";
import { peakOf } from "./histogram.js";
import { doublingSentence } from "./learning.js";
import { total } from "./numerics.js";
import { classWeights } from "./perceptrons.js";
import { weightPicture } from "./pictures.js";
import { reasonableCell } from "./sweep.js";

const WIDTH = 120;
const HEIGHT = 48;
const SVG = "http://www.w3.org/2000/svg";

/** The exercise's questions: each with a number, a sentence, a small picture and a link to its section. */
export function buildAnswers() {
    fillAnswers();
    onThemeChange(fillAnswers);
}

function fillAnswers() {
    const list = answers();
    byId("answers").hidden = list.length === 0;
    document.querySelector("nav a[href='#answers']").parentElement.hidden = list.length === 0;
    byId("answers-list").replaceChildren(
        ...list.map(({ section, question, number, sentence, picture }) =>
            element(
                "li",
                {},
                element("h3", {}, element("a", { href: `#${section}` }, question)),
                element("p", { className: "number" }, number),
                ...(picture ? [element("div", { className: "picture", ariaHidden: "true" }, picture())] : []),
                element("p", {}, sentence),
            ),
        ),
    );
}

/** The picture of the run that the page describes first; none if it diverged or has no epochs. */
export function answers() {
    const run = chosenRun();
    if (run.ending === "DIVERGED" || run.lastEpoch === 0) {
        return [];
    }
    return [epochsAnswer(run), rateAnswer(bestWithRate()), weightsAnswer(run), histogramAnswer(run), mistakesAnswer(run)].filter(
        Boolean,
    );
}

function epochsAnswer(run) {
    return {
        section: "curves",
        question: "How many epochs?",
        number: reasonableCell(run),
        sentence: epochsSentence(run),
        picture: () =>
            sparkline(
                Array.from(report.epochs.subarray(0, run.points), (epoch) => Math.log1p(epoch)),
                run.curves[report.chooser].error,
            ),
    };
}

function epochsSentence(run) {
    if (run.reasonableEpochs !== null) {
        return `From then on the ${setName(report.chooser)} error of ${run.name} stays within a standard error of its best.`;
    }
    return isHopeless(run)
        ? `${run.name} is ${run.verdict.kind}: more epochs would not help.`
        : `${run.name} has not settled. ${doublingSentence(run)}`;
}

/** The page's run, or else the best that has a rate; undefined without one that has not diverged. */
function bestWithRate() {
    return hasRate(chosenRun())
        ? chosenRun()
        : runsWithRate()
              .filter((run) => run.ending !== "DIVERGED")
              .sort((first, second) => choosingError(first) - choosingError(second))[0];
}

function rateAnswer(run) {
    if (!run) {
        return null;
    }
    const family = families().find(({ runs }) => runs.includes(run));
    const ordered = family.runs
        .filter((other) => other.ending !== "DIVERGED")
        .sort((first, second) => first.rate - second.rate);
    return {
        section: "rates",
        question: "Which learning rate?",
        number: decimal(run.rate),
        sentence:
            (ordered.length > 1
                ? `Of ${counted(ordered.length, "rate")} with ${family.label} it ends with the lowest ${setName(report.chooser)} error, `
                  + `${percent(choosingError(run))}. `
                : distinctRates().length === 1
                  ? "The only rate of this training. "
                  : `The only rate with ${family.label} that has not diverged. `)
            + (run.momentum > 0
                ? ""
                : `Below ${decimalBelow(run.bound, 3)} no step can raise ${run.l2 > 0 ? "cost and penalty" : "the cost"}.`),
        picture:
            ordered.length > 1
                ? () =>
                      sparkline(
                          ordered.map((other) => Math.log(other.rate)),
                          ordered.map((other) => choosingError(other)),
                      )
                : null,
    };
}

function weightsAnswer(run) {
    if (!report.image || !run.weights) {
        return null;
    }
    const label = classNumbers().reduce((best, other) =>
        strongest(run, other) > strongest(run, best) ? other : best,
    );
    if (strongest(run, label) === 0) {
        return null;
    }
    return {
        section: "weights",
        question: "What do the weights show?",
        number: `class ${labelOf(label)}`,
        sentence: "Its perceptron has the weight that is largest in size. Red: ink there speaks for the class; blue: against it.",
        picture: () => weightPicture(classWeights(run, label), strongest(run, label), divergingTable()),
    };
}

function strongest(run, label) {
    return classWeights(run, label).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
}

function histogramAnswer(run) {
    if (!run.measured) {
        return null;
    }
    const { all, peak, still, width } = peakOf(run);
    return {
        section: "weight-histogram",
        question: "Why do weights peak at zero?",
        number: share(peak / total(all)),
        sentence:
            `of the weights are within ±${decimal(width / 2, 2)} of zero.`
            + (still > 0
                ? ` Of these, ${count(still)} never moved: their features are zero in every training example.`
                : ""),
        picture: () => barPicture(all),
    };
}

function mistakesAnswer(run) {
    if (!run.measured?.confusion) {
        return null;
    }
    const pairs = confusedPairs(run);
    const wrong = total(pairs.map((pair) => pair.rows));
    return {
        section: "confusion",
        question: "What does it get wrong?",
        number: `${count(wrong)} of ${count(total(run.measured.confusion))}`,
        sentence:
            pairs.length === 0
                ? "It gets every one right."
                : `test ${exampleWord()}; most often it takes ${labelOf(pairs[0].label)} for ${labelOf(pairs[0].prediction)}, `
                  + `${counted(pairs[0].rows, "time")}.`,
    };
}

function svgDrawing(...shapes) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    svg.append(...shapes);
    return svg;
}

function svgShape(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
}

function sparkline(xs, ys) {
    const [left, right] = [xs[0], xs[xs.length - 1]];
    const finite = Array.from(ys).filter(Number.isFinite);
    const high = Math.max(...finite);
    const low = Math.min(...finite);
    const places = Array.from(xs)
        .map((x, index) => [x, ys[index]])
        .filter(([, y]) => Number.isFinite(y))
        .map(([x, y]) => [
            2 + ((WIDTH - 4) * (x - left)) / (right - left || 1),
            HEIGHT - 3 - ((HEIGHT - 6) * (y - low)) / (high - low || 1),
        ]);
    return svgDrawing(
        svgShape("path", {
            d: "M" + places.map((place) => place.map((value) => value.toFixed(1)).join()).join("L"),
            fill: "none",
            stroke: themeColour("first"),
            "stroke-width": 2,
        }),
    );
}

function barPicture(heights) {
    const high = Math.max(...heights);
    const width = WIDTH / heights.length;
    return svgDrawing(
        ...heights.map((height, index) =>
            svgShape("rect", {
                x: (index * width).toFixed(2),
                y: (HEIGHT - (HEIGHT * height) / high).toFixed(1),
                width: width.toFixed(2),
                height: ((HEIGHT * height) / high).toFixed(1),
                fill: themeColour("first"),
            }),
        ),
    );
}
