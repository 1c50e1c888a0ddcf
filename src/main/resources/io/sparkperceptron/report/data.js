"use strict";

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function floats(base64) {
    return base64 === null ? null : new Float32Array(bytesOf(base64).buffer);
}

function integers(base64) {
    return new Int32Array(bytesOf(base64).buffer);
}

function signedBytes(base64) {
    return new Int8Array(bytesOf(base64).buffer);
}

const CURVES = ["trainCost", "trainError", "testCost", "testError", "validationCost", "validationError"];

function readReport() {
    const report = JSON.parse(document.getElementById("data").textContent);
    report.epochs = integers(report.epochs);
    report.seconds = floats(report.seconds);
    report.onlyFirstWrong = integers(report.onlyFirstWrong);
    report.lastEpoch = report.epochs[report.epochs.length - 1];
    report.chooserError = report.chooser === "validation" ? "validationError" : "testError";
    for (const run of report.runs) {
        for (const curve of CURVES) {
            run[curve] = floats(run[curve]);
        }
    }
    return report;
}

const report = readReport();

/** A run's weights, class by class with the bias last, decoded on first use; null if it has none. */
function weightsOf(run) {
    if (typeof run.weights === "string") {
        run.weights = floats(run.weights);
    }
    return run.weights;
}

function distinctRates() {
    return [...new Set(report.runs.map((run) => run.rate))].sort((a, b) => a - b);
}

function lossesHere() {
    return ["logistic", "mse"].filter((loss) => report.runs.some((run) => run.loss === loss));
}

/** Which runs the charts show. Sections that draw them listen for changes. */
const selection = {
    names: new Set(report.runs.map((run) => run.name)),
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
function pointAt(epoch) {
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

/** A run's value after an epoch. A run that ended early keeps its weights, unless it diverged. */
function valueAfter(run, curve, epoch) {
    if (epoch > run.lastEpoch && run.ending === "DIVERGED") {
        return null;
    }
    const value = run[curve][Math.min(pointAt(epoch), run.points - 1)];
    return Number.isFinite(value) ? value : null;
}
