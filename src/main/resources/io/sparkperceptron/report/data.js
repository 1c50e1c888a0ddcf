import { counted, percent } from "./format.js";

/** What the page shows (see PageContent.java); null until load() is called. */
export let report = null;

/** In characters; longer labels would make sentences unreadable. */
const LONGEST_LABEL = 40;

export function load(json) {
    report = JSON.parse(json);
    report.epochs = integers(report.epochs);
    report.seconds = floats(report.seconds);
    report.factors = report.factors ? floats(report.factors) : null;
    report.lastEpoch = report.epochs[report.epochs.length - 1];
    for (const run of report.runs) {
        run.curves = mapped(run.curves, (curve) => curve && mapped(curve, floats));
        run.quantities = mapped(run.quantities, floats);
        run.lastFifth.errors = floats(run.lastFifth.errors);
        run.band = run.band ? floats(run.band) : null;
        run.points = run.curves.test.error.length;
    }
    const { comparison } = report;
    comparison.onlyFirstWrong = integers(comparison.onlyFirstWrong);
    comparison.pValues = floats(comparison.pValues);
    comparison.chiSquares = floats(comparison.chiSquares);
    selection.set(report.runs.map((run) => run.name));
}

function mapped(object, change) {
    return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** The curves that a run has once, not for each set, by their names. One that is zero for all runs is left out. */
export function quantityNames() {
    return Object.keys(report.runs[0].quantities).filter((name) =>
        report.runs.some((run) => run.quantities[name].some((value) => Number.isFinite(value) && value > 0)),
    );
}

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function floats(base64) {
    return new Float32Array(bytesOf(base64).buffer);
}

function integers(base64) {
    return new Int32Array(bytesOf(base64).buffer);
}

export function signedBytes(base64) {
    return new Int8Array(bytesOf(base64).buffer);
}

/** The label of a class for people. */
export function labelOf(number) {
    return nameText(String(report.labels?.[number] ?? number));
}

/** The name of a feature for people, with its number if another feature has the same name. */
export function featureName(feature) {
    const names = report.featureNames;
    if (names === null) {
        return `feature ${feature}`;
    }
    const name = nameText(names[feature]);
    return names.indexOf(names[feature]) === names.lastIndexOf(names[feature]) ? name : `${name} (feature ${feature})`;
}

/** A blank name is in quotes, and a very long one ends early. */
function nameText(text) {
    const letters = [...text];
    return text.trim() === ""
        ? `"${text}"`
        : letters.length <= LONGEST_LABEL
          ? text
          : letters.slice(0, LONGEST_LABEL - 1).join("") + "…";
}

/** A run's weights, class by class with the bias last, decoded on first use; null if it has none. */
export function weightsOf(run) {
    if (typeof run.weights === "string") {
        run.weights = floats(run.weights);
    }
    return run.weights;
}

/** The run with the smallest error, which the page describes first. */
export function chosenRun() {
    return report.runs[report.chosen];
}

/** The run that the reader chose; null until then. */
export const reading = { name: null };

/** The run that a section shows: the reader's choice if the section has it, otherwise its best. */
export function preferredRun(runs) {
    return runs.find((run) => run.name === reading.name) ?? (runs.includes(chosenRun()) ? chosenRun() : bestRuns(runs)[0]);
}

/** Runs in the order of their last errors, the smallest first. */
export function bestRuns(runs) {
    return [...runs].sort((first, second) => choosingError(first) - choosingError(second) || 0);
}

export function runNamed(name) {
    return report.runs.find((run) => run.name === name);
}

/** The classes that have an example in some set, and `others`. Sections leave out perceptrons without any. */
export function classNumbers(...others) {
    const empty = new Set(report.emptyClasses.filter((label) => !others.includes(label)));
    return [...Array(report.classes).keys()].filter((label) => !empty.has(label));
}

export function runsWithWeights() {
    return report.runs.filter((run) => run.weights !== null);
}

export function allDiverged() {
    return report.runs.every((run) => run.ending === "DIVERGED");
}

/** L-BFGS has no learning rate. */
export function hasRate(run) {
    return run.rate !== null;
}

export function runsWithRate() {
    return report.runs.filter(hasRate);
}

export function distinctRates() {
    return [...new Set(runsWithRate().map((run) => run.rate))].sort((a, b) => a - b);
}

/** The losses that there are, each with its bounds, in the order of all that lists them. */
export function allLosses() {
    return report.stability.losses;
}

export function lossesHere(runs = report.runs) {
    return allLosses()
        .map(({ label }) => label)
        .filter((loss) => runs.some((run) => run.loss === loss));
}

/** The place of a run's loss among all losses. */
export function lossIndex({ loss }) {
    return allLosses().findIndex(({ label }) => label === loss);
}

/** A run's loss, with its bounds. */
export function lossOf(run) {
    return allLosses()[lossIndex(run)];
}

function isVaried(key) {
    return new Set(runsWithRate().map((run) => run[key])).size > 1;
}

/** Whether a run has an l2 penalty or momentum. */
export function hasPenalty() {
    return report.runs.some((run) => run.l2 > 0);
}

export function hasMomentum() {
    return report.runs.some((run) => run.momentum > 0);
}

/** Runs that differ in their rate alone, with what tells them from others; those with the first loss come first. */
export function families() {
    const found = new Map();
    for (const loss of lossesHere()) {
        for (const run of runsWithRate().filter((other) => other.loss === loss)) {
            const l2 = isVaried("l2") ? `, l2 ${run.l2}` : "";
            const momentum = isVaried("momentum") ? `, momentum ${run.momentum}` : "";
            const label = loss + l2 + momentum;
            found.set(label, [...(found.get(label) ?? []), run]);
        }
    }
    return [...found].map(([label, runs]) => ({ label, loss: runs[0].loss, runs }));
}

/** Rate × curvature, with penalty and momentum. A step overshoots along a direction in which this is above 2. */
export function reach(run, curvature) {
    return (run.rate * (curvature + run.l2)) / (1 + run.momentum);
}

export function exampleWord() {
    return report.image ? "images" : "examples";
}

/** "1 test image", "2 test images" for the prefix "test ". */
export function countedExamples(number, prefix = "") {
    return counted(number, prefix + exampleWord().slice(0, -1));
}

/** Whether one side of the shown images is many times as long as the other, so that their pixels are not squares. */
export function isFlat() {
    const { width, height } = report.shown;
    return Math.max(width, height) >= 8 * Math.min(width, height);
}

/** A pixel's place in its image. */
export function placeOf(feature) {
    return `row ${Math.floor(feature / report.image.width)}, column ${feature % report.image.width}`;
}

/** How much a run's test error still moved in the last fifth of its epochs. */
export function spreadSentence(run) {
    const { from, low, high } = run.lastFifth;
    if (low === null || from === run.lastEpoch) {
        return "";
    }
    const errors = percent(low) === percent(high) ? percent(low) : `between ${percent(low)} and ${percent(high)}`;
    return `From epoch ${from} to ${run.lastEpoch} its test error was ${errors}.`;
}

/** The run's last error on the set that runs are chosen by; infinite if unknown. */
export function choosingError(run) {
    return run.last[report.chooser].error ?? Infinity;
}

/** Whether the cost of a run rises again and again to its end, so that its last error is chance. */
export function isOscillating(run) {
    return run.verdict.kind === "oscillating";
}

/** The run with the smallest error among those with a rate that have not diverged and `fits`; undefined without one. */
export function bestWithRate(fits = () => true) {
    return bestRuns(runsWithRate().filter((run) => run.ending !== "DIVERGED" && fits(run)))[0];
}

/** Which runs the charts show. Sections that draw them listen for changes. */
export const selection = {
    names: new Set(),
    listeners: [],
    set(names) {
        this.names = new Set(names);
        this.listeners.forEach((listener) => listener());
    },
    runs() {
        return report.runs.filter((run) => this.names.has(run.name));
    },
};

/** The index of the last point at or before an epoch. */
export function pointAt(epoch) {
    let low = 0;
    let high = report.epochs.length - 1;
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (report.epochs[middle] <= epoch) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/** The same among the points of a run, which may have ended earlier. */
export function runPointAt(run, epoch) {
    return Math.min(pointAt(epoch), run.points - 1);
}

/** A run's error after an epoch. A run that ended early keeps its weights, unless it diverged. */
export function errorAfter(run, set, epoch) {
    if (epoch > run.lastEpoch && run.ending === "DIVERGED") {
        return null;
    }
    const error = run.curves[set].error[runPointAt(run, epoch)];
    return Number.isFinite(error) ? error : null;
}
