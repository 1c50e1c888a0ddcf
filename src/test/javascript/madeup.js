import { load } from "../../main/resources/io/sparkperceptron/report/data.js";

/** Made-up contents of the page, in the form of PageContent.java. */

const base64 = (array) => Buffer.from(array.buffer).toString("base64");

export const floats = (...values) => base64(Float32Array.from(values));
export const integers = (...values) => base64(Int32Array.from(values));
const signedBytes = (...values) => base64(Int8Array.from(values));

/** A run of two classes and four features that ends after four epochs; `others` are fields to replace. */
export function madeUpRun(others = {}) {
    return {
        name: "logistic-1",
        loss: "logistic",
        rate: 1,
        l2: 0,
        momentum: 0,
        bound: 0.4,
        ending: "EPOCHS",
        lastEpoch: 4,
        curves: curves({ train: [0.5, 0.2, 0.1, 0.1, 0.1], test: [0.6, 0.3, 0.12, 0.11, 0.11] }),
        quantities: { "gradient norm": floats(3, 1, 0.5, 0.25, 0.125), penalty: floats(0, 0, 0, 0, 0) },
        band: null,
        last: last({ train: 0.1, test: 0.11 }),
        lastFifth: { from: 4, low: 0.11, high: 0.11, errors: floats(0.11) },
        best: { error: 0.11, epoch: 3 },
        margin: 0.02,
        doubling: null,
        goal: null,
        reached: [1, null],
        verdict: { kind: "steady", epoch: 0, reason: "The training cost never rose." },
        cycle: null,
        interval: { low: 0.09, high: 0.13 },
        measured: {
            answers: { none: 3, several: 1, ties: 0 },
            yes: [58, 40],
            stuck: 0,
            curvature: [
                { epoch: 0, largest: 5, residual: 0 },
                { epoch: 4, largest: 1.5, residual: 0.125 },
            ],
            confusion: [50, 10, 1, 39],
            recalls: [50 / 60, 39 / 40],
            histogram: { width: 0.1, moving: [1, 4, 1], still: [0, 2, 0], rarelyInked: 0.75 },
            cells: { "0,1": [1, 0] },
            lines: [parabola(0, 0, 0.125), parabola(0, 1, 0.375), lineWithoutCurve(4, 0, 1), parabola(4, 1, 0.5)],
        },
        weights: floats(1, -1, 0.5, 0, 0.25, -1, 1, -0.5, 0, -0.25),
        film: [{ epoch: 1, scale: 2, weights: signedBytes(127, -127, 0, 0, -127, 127, 0, 0) }],
        ...others,
    };
}

/** A line along which the cost is 2 - 2 s + s^2, from 0 to 4. Its standard error is s^2/64. The run's own rate is 1. */
export function parabola(epoch, unit, saturated) {
    const places = [0, 1, 2, 3].map((place) => 4 * (place / 3) ** 3);
    return {
        epoch,
        unit,
        saturated,
        before: 2,
        after: 1,
        longest: 4,
        costs: floats(...places.map((s) => 2 - 2 * s + s * s)),
        slopes: floats(...places.map((s) => 2 * s - 2)),
        deviations: floats(...places.map((s) => s ** 2 / 64)),
    };
}

/** The line of a perceptron whose gradient vanished. */
export function lineWithoutCurve(epoch, unit, saturated) {
    return { epoch, unit, saturated, before: 0, after: 0, longest: 0, costs: "", slopes: "", deviations: "" };
}

/** Curves of errors, a cost of ten times as much beside each. */
export function curves(errors) {
    const curve = (values) => ({ cost: floats(...values.map((error) => 10 * error)), error: floats(...values) });
    return {
        train: curve(errors.train),
        validation: errors.validation ? curve(errors.validation) : null,
        test: curve(errors.test),
    };
}

export function last(errors) {
    const end = (error) => ({ cost: error === null ? null : 10 * error, error });
    return {
        train: end(errors.train),
        validation: errors.validation === undefined ? null : end(errors.validation),
        test: end(errors.test),
    };
}

/** A run without a rate. Its second step was rejected, with an infinite cost. */
export function lbfgsRun(others = {}) {
    const errors = curves({ train: [0.5, 0.1, 0.3, 0.09, 0.08], test: [0.6, 0.12, 0.4, 0.1, 0.09] });
    errors.train.cost = floats(5, 1, Infinity, 0.9, 0.8);
    return madeUpRun({
        name: "logistic-lbfgs",
        rate: null,
        momentum: null,
        bound: null,
        curves: errors,
        last: last({ train: 0.08, test: 0.09 }),
        best: { error: 0.09, epoch: 4 },
        verdict: { kind: "steady", epoch: 3, reason: "In 1 of 4 epochs the training cost was above its least so far." },
        measured: { ...madeUpRun().measured, lines: [] },
        ...others,
    });
}

/** A run whose costs became infinite in its first epoch. */
export function divergedRun(others = {}) {
    return madeUpRun({
        name: "mse-100",
        loss: "mse",
        rate: 100,
        ending: "DIVERGED",
        lastEpoch: 1,
        curves: curves({ train: [0.5, Infinity], test: [0.6, 0.9] }),
        quantities: { "gradient norm": floats(3, Infinity), penalty: floats(0, Infinity) },
        last: { train: { cost: null, error: 0.9 }, validation: null, test: { cost: null, error: 0.9 } },
        lastFifth: { from: 1, low: 0.9, high: 0.9, errors: floats(0.9) },
        reached: [null, null],
        best: { error: 0.6, epoch: 0 },
        verdict: { kind: "diverged", epoch: 1, reason: "At epoch 1 its costs or weights were past all bounds." },
        measured: null,
        weights: null,
        film: [],
        ...others,
    });
}

/** Loads a page with these runs; `others` are fields to replace. */
export function show(runs, others = {}) {
    const zeros = Array(runs.length ** 2).fill(0);
    const content = {
        title: "made up",
        facts: [{ name: "Options", rows: [{ name: "epochs", value: "4" }] }],
        classes: 2,
        features: 4,
        featureNames: null,
        scaling: "none",
        image: { height: 2, width: 2 },
        shown: { height: 2, width: 2 },
        factor: 0.5,
        epochsAsked: 4,
        rows: { train: 1000, validation: 0, test: 100 },
        chooser: "test",
        thresholds: [0.3, 0.1],
        folds: 0,
        choice: null,
        weighted: false,
        startsAtZero: true,
        stability: {
            eigenvalue: 20,
            losses: [
                { label: "logistic", smoothness: 5, rate: 0.4, saturates: false },
                { label: "mse", smoothness: 1.5, rate: 1.3, saturates: true },
            ],
        },
        epochs: integers(0, 1, 2, 3, 4),
        seconds: floats(1, 2, 3, 4, 5),
        curvatureRows: null,
        lineRows: 512,
        neverMoving: 1,
        emptyClasses: [],
        runs,
        chosen: 0,
        comparison: {
            runs: [...runs.keys()],
            onlyFirstWrong: integers(...zeros),
            pValues: floats(...zeros.map(() => 1)),
            chiSquares: floats(...zeros.map(() => NaN)),
        },
        examples: null,
        classMeans: null,
        sample: null,
        doubtful: null,
        doubtfulImages: null,
        ...others,
    };
    load(JSON.stringify(content));
}
