import { onThemeChange, themeColour } from "./colours.js";
import { confusedPairs } from "./confusion.js";
import {
    bestWithRate,
    choosingError,
    chosenRun,
    exampleWord,
    families,
    hasMomentum,
    hasRate,
    isOscillating,
    labelOf,
    pointAt,
    report,
    runsWithRate,
} from "./data.js";
import { byId, element } from "./dom.js";
import {
    count,
    counted,
    decimal,
    decimalBelow,
    percent,
    pointsRange,
    setName,
    share,
    SPACE,
} from "./format.js";
import { peakOf, peaksAtZero } from "./histogram.js";
import { gapMeaning, nearEpochs, objectiveName, objectivesOf, reachedErrors, risingSearches } from "./learning.js";
import { total } from "./numerics.js";
import { ratesNamed, rivalOf } from "./rates.js";

const WIDTH = 120;
const HEIGHT = 48;
const SVG = "http://www.w3.org/2000/svg";

/** A card names at most this many rates of one kind. */
const MOST_RATES_ON_A_CARD = 3;

/** A confusion matrix of more classes has cells too small to see. */
const MOST_CLASSES_DRAWN = 24;

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

/** The cards that are true for this training. A sentence has at most 20 words. */
export function answers() {
    const chosen = chosenRun();
    if (chosen.ending === "DIVERGED" || chosen.lastEpoch === 0) {
        return [];
    }
    const run = answerRun();
    return [
        goalAnswer(run),
        epochsAnswer(run),
        rateAnswer(),
        extremesAnswer(run),
        fitAnswer(run),
        peakAnswer(chosen),
        mistakesAnswer(chosen),
    ].filter(Boolean);
}

/** The best run by gradient descent that does not oscillate; if there is none, the chosen run. */
function answerRun() {
    return bestWithRate((run) => !isOscillating(run)) ?? chosenRun();
}

/** Points of a curve over the logarithm of the epochs, from one of its points on. */
function overEpochs(run, values, from = 0) {
    const xs = Array.from(report.epochs.subarray(from, run.points), (epoch) => Math.log1p(epoch));
    return { xs, ys: Array.from(values).slice(from) };
}

function goalAnswer(run) {
    const question = "What is the goal, and how far from it?";
    if (!run.goal) {
        return {
            section: "curves",
            question,
            number: percent(run.last.test.error),
            sentence:
                `The goal is a low error on new ${exampleWord()}. `
                + `${run.name} gets this share of the test set wrong.`,
            picture: () => sparkline(overEpochs(run, run.curves.test.error)),
        };
    }
    const { floor, by, above } = run.goal;
    return {
        section: "curves",
        question,
        number: above === 0 ? decimal(floor, 3) : `${share(above)} above`,
        sentence:
            above === 0
                ? `The goal is the least ${objectiveName(run)}. ${run.name} has the least found.`
                : `The goal is the least ${objectiveName(run)}. ${run.name} ends this far above `
                  + `${decimal(floor, 3)}, the least found${by === run.name ? "" : `, by ${by}`}.`,
        picture: () => {
            const curve = overEpochs(run, objectivesOf(run));
            return sparkline(curve, { ...curve, ys: curve.xs.map(() => floor) });
        },
    };
}

function epochsAnswer(run) {
    const [near] = nearEpochs(run);
    const reached = near ?? reachedErrors(run).at(-1);
    const doubling = doublingText(run, reached ? "Its" : `${run.name}'s`);
    if (!reached && doubling === "") {
        return null;
    }
    return {
        section: "curves",
        question: "How many epochs?",
        number: reached ? count(reached.epoch) : `> ${count(run.lastEpoch)}`,
        sentence: [reached ? firstText(run, reached) : "", doubling].filter(Boolean).join(" "),
        picture: () => sparkline(overEpochs(run, run.curves[report.chooser].error)),
    };
}

function firstText(run, { fraction, error }) {
    return fraction
        ? `${run.name} is first within ${100 * fraction}${SPACE}% of the goal.`
        : `${run.name} is first at ${percent(error, 0)} ${setName(report.chooser)} error.`;
}

function doublingText(run, whose) {
    if (!run.doubling) {
        return "";
    }
    const { before, after, next } = run.doubling;
    const fall = before - after;
    return (
        `${whose} last doubling ${fall < 0 ? "lost" : "brought"} ${(100 * Math.abs(fall)).toFixed(2)} points`
        + (next ? `; the next may bring ${pointsRange(next)}.` : ".")
    );
}

/** Several rates are compared within the family of the best run. A run that oscillates is no answer. */
function rateAnswer() {
    const all = runsWithRate().filter((run) => run.ending !== "DIVERGED");
    const question = "Which learning rate?";
    if (all.length > 1 && all.every(isOscillating)) {
        const least = Math.min(...all.map(({ rate }) => rate));
        const strictest = all.reduce((one, other) => (other.bound < one.bound ? other : one));
        return {
            section: "rates",
            question,
            number: hasMomentum() ? `< ${decimal(least)}` : `< ${decimalBelow(strictest.bound, 3)}`,
            sentence:
                "Every rate oscillates or diverges. "
                + (hasMomentum()
                    ? "Try smaller rates."
                    : `Below this rate no step raises the ${objectiveName(strictest)}.`),
        };
    }
    const run = bestWithRate((other) => !isOscillating(other));
    const ordered = run ? familyOf(run).filter((other) => other.ending !== "DIVERGED") : [];
    if (ordered.length < 2) {
        return null;
    }
    const rival = rivalOf(run);
    return {
        section: "rates",
        question,
        number: decimal(run.rate),
        sentence:
            `Of ${ordered.length} rates, ${run.name} has the lowest ${setName(report.chooser)} error`
            + `${ordered.some(isOscillating) ? " without oscillation" : ""}.`
            + (rival ? ` ${rival.name} oscillates; chance may explain the difference.` : ""),
        picture: () => sparkline({ xs: ordered.map((other) => Math.log(other.rate)), ys: ordered.map(choosingError) }),
    };
}

/** The runs that differ from a run in their rate alone, by ascending rates. */
function familyOf(run) {
    const family = families().find(({ runs }) => runs.includes(run));
    return [...family.runs].sort((first, second) => first.rate - second.rate);
}

const KINDS = [
    { name: "Too slow", kinds: ["too slow"] },
    { name: "Oscillating", kinds: ["oscillating"] },
    { name: "Saturated, diverged", kinds: ["saturated", "partly saturated", "diverged"] },
];

function extremesAnswer(run) {
    if (!hasRate(run)) {
        return null;
    }
    const question = "What is too small, what too large?";
    const family = familyOf(run);
    const groups = KINDS.map(({ name, kinds }) => ({
        name,
        runs: family.filter((other) => kinds.includes(other.verdict.kind)),
    }));
    const slow = Math.max(0, ...groups[0].runs.map(({ rate }) => rate));
    const large = Math.min(Infinity, ...[...groups[1].runs, ...groups[2].runs].map(({ rate }) => rate));
    if (slow === 0 && large === Infinity) {
        return boundAnswer(run, question);
    }
    if (run.rate <= slow || run.rate >= large) {
        return null;
    }
    return {
        section: "rates",
        question,
        number: [
            slow === 0 ? "" : `>${SPACE}${decimal(slow)}`,
            large === Infinity ? "" : `<${SPACE}${decimal(large)}`,
        ]
            .filter(Boolean)
            .join(", "),
        sentence: groups
            .filter(({ runs }) => runs.length > 0)
            .map(({ name, runs }) => `${name}: ${ratesNamed(runs, MOST_RATES_ON_A_CARD)}.`)
            .join(" "),
        picture: family.length > 1 ? () => dotPicture(family) : null,
    };
}

/** Momentum has no rate below which no step raises the cost. */
function boundAnswer(run, question) {
    return run.momentum > 0
        ? null
        : {
              section: "rates",
              question,
              number: decimalBelow(run.bound, 3),
              sentence:
                  `Below this rate no step raises the ${objectiveName(run)}. `
                  + `${run.name} is at ${decimal(run.rate / run.bound, 2)} times this.`,
          };
}

function fitAnswer(run) {
    const [search] = risingSearches();
    return {
        section: "curves",
        question: "Does it overfit or underfit?",
        number: `${(100 * run.last.train.error).toFixed(2)} / ${percent(run.last.test.error)}`,
        sentence:
            `Training and test error: ${gapMeaning(run, "points")}.`
            + (search
                ? ` ${search.name}'s error rises from ${percent(search.best.error)} to `
                  + `${percent(search.last[report.chooser].error)}.`
                : ""),
        picture: () => {
            const shown = search ?? run;
            const { test, train } = shown.curves;
            // With the first fall of both errors, the gap between them would be too small to see.
            const from = pointAt(Math.round(shown.lastEpoch / 8));
            return sparkline(overEpochs(shown, test.error, from), overEpochs(shown, train.error, from));
        },
    };
}

function peakAnswer(run) {
    if (!run.measured || !peaksAtZero(run)) {
        return null;
    }
    const { all, peak, still, width } = peakOf(run);
    const rarely = run.measured.histogram.rarelyInked;
    return {
        section: "weight-histogram",
        question: "Why do weights peak at zero?",
        number: share(peak / total(all)),
        sentence:
            `of the weights are within ±${decimal(width / 2, 2)} of zero.`
            + (still > 0
                ? ` Of these ${count(still)} ${report.startsAtZero || run.l2 === 0 ? "never move" : "only shrink"}: their `
                  + "features are always zero."
                : rarely > 0.5
                  ? " Most belong to features that are nearly always zero."
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
        question: "Which classes go wrong?",
        number: `${count(wrong)} of ${count(total(run.measured.confusion))}`,
        sentence:
            pairs.length === 0
                ? `${run.name} gets all test ${exampleWord()} right.`
                : `test ${exampleWord()}. Most often ${labelOf(pairs[0].label)} is taken for `
                  + `${labelOf(pairs[0].prediction)}: ${counted(pairs[0].rows, "time")}.`,
        picture: report.classes <= MOST_CLASSES_DRAWN && wrong > 0 ? () => matrixPicture(run) : null,
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

/** Lines of {xs, ys} on shared axes, the first on top. */
function sparkline(...lines) {
    const xs = lines.flatMap((line) => line.xs);
    const ys = lines.flatMap((line) => line.ys).filter(Number.isFinite);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    const across = (x) => 2 + ((WIDTH - 4) * (x - left)) / (right - left || 1);
    const down = (y) => HEIGHT - 3 - ((HEIGHT - 6) * (y - low)) / (high - low || 1);
    const path = (line) =>
        line.xs
            .map((x, at) => [x, line.ys[at]])
            .filter(([, y]) => Number.isFinite(y))
            .map(([x, y]) => `${across(x).toFixed(1)},${down(y).toFixed(1)}`)
            .join("L");
    return svgDrawing(
        ...lines
            .map((line, index) =>
                svgShape("path", {
                    d: "M" + path(line),
                    fill: "none",
                    stroke: themeColour(index === 0 ? "first" : "second"),
                    "stroke-width": index === 0 ? 2 : 1.25,
                }),
            )
            .reverse(),
    );
}

/** A dot for each rate: full where the run is steady. */
function dotPicture(family) {
    const [left, right] = [Math.log(family[0].rate), Math.log(family.at(-1).rate)];
    return svgDrawing(
        ...family.map((run) =>
            svgShape("circle", {
                cx: (6 + ((WIDTH - 12) * (Math.log(run.rate) - left)) / (right - left || 1)).toFixed(1),
                cy: HEIGHT / 2,
                r: 4.5,
                fill: run.verdict.kind === "steady" ? themeColour("first") : "none",
                stroke: themeColour(["steady", "too slow"].includes(run.verdict.kind) ? "first" : "second"),
                "stroke-width": 1.5,
            }),
        ),
    );
}

/** Mistakes by label, downwards, and answer: the darker the more. */
function matrixPicture(run) {
    const most = confusedPairs(run)[0].rows;
    const size = HEIGHT / report.classes;
    return svgDrawing(
        ...confusedPairs(run).map(({ label, prediction, rows }) =>
            svgShape("rect", {
                x: (prediction * size).toFixed(2),
                y: (label * size).toFixed(2),
                width: size.toFixed(2),
                height: size.toFixed(2),
                fill: themeColour("second"),
                "fill-opacity": (rows / most).toFixed(2),
            }),
        ),
        svgShape("path", {
            d: `M0,0L${HEIGHT},${HEIGHT}`,
            stroke: themeColour("line"),
            "stroke-width": 1,
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
