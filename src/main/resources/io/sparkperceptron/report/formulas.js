import { Chart } from "./charts.js";
import { themeColour } from "./colours.js";
import { byId } from "./dom.js";
import { decimalAbove, MINUS } from "./format.js";
import { sigmoid, softplus, steps } from "./numerics.js";

const ABSCISSAS = steps(-8, 8, 320);
const INFLECTION = -Math.LN2;

function squaredError(z) {
    return (sigmoid(z) - 1) ** 2;
}

function squaredErrorSlope(z) {
    return -2 * sigmoid(z) * (1 - sigmoid(z)) ** 2;
}

function squaredErrorCurvature(z) {
    return 2 * sigmoid(z) * (1 - sigmoid(z)) ** 2 * (3 * sigmoid(z) - 1);
}

/** A chart of functions of z: [label, function, colour, dash]. */
function functionChart(id, functions, range, marks = []) {
    new Chart(id, () => ({
        x: { label: "z", range: () => [-8, 8] },
        y: { label: "", range: () => range },
        series: functions.map(([label, , colour, dash]) => ({ label, colour: themeColour(colour), dash, width: 2 })),
        data: [ABSCISSAS, ...functions.map(([, compute]) => ABSCISSAS.map(compute))],
        marks,
        legend: true,
        zoom: false,
    }));
}

export function buildMathematics() {
    functionChart(
        "sigmoid-chart",
        [
            ["σ", sigmoid, "first", []],
            ["σ′", (z) => sigmoid(z) * (1 - sigmoid(z)), "second", [6, 4]],
        ],
        [0, 1.05],
    );
    functionChart(
        "softplus-chart",
        [
            ["softplus", softplus, "first", []],
            ["0", (z) => (z <= 1 ? 0 : null), "mark", [3, 3]],
            ["z", (z) => (z >= -1 ? z : null), "mark", [6, 4]],
            ["σ, its derivative", sigmoid, "second", [6, 4]],
        ],
        [-1, 8],
    );
    functionChart(
        "square-chart",
        [
            ["f", squaredError, "first", []],
            ["f′", squaredErrorSlope, "second", [6, 4]],
            ["f″", squaredErrorCurvature, "third", [3, 3]],
            ["chord", chord(squaredError, -6, 4), "mark", []],
        ],
        [-0.4, 1.1],
        [{ x: INFLECTION, label: "z = −log 2" }],
    );
    functionChart(
        "loss-chart",
        [
            ["logistic", (z) => softplus(-z), "first", []],
            ["mse", (z) => squaredError(z) / 2, "second", [6, 4]],
        ],
        [0, 8],
    );
    functionChart(
        "slope-chart",
        [
            ["slope of logistic", (z) => sigmoid(z) - 1, "first", []],
            ["slope of mse", (z) => squaredErrorSlope(z) / 2, "second", [6, 4]],
        ],
        [-1.05, 0.05],
    );
    byId("derivative-check").textContent = derivativeSentence();
}

function chord(compute, left, right) {
    const slope = (compute(right) - compute(left)) / (right - left);
    return (z) => (z >= left && z <= right ? compute(left) + slope * (z - left) : null);
}

/** Compares central differences with the formulas, and shows the outcome. */
export function derivativeSentence() {
    const step = 1e-4;
    const worst = (compute, derivative) =>
        Math.max(
            ...ABSCISSAS.map((z) => Math.abs((compute(z + step) - compute(z - step)) / (2 * step) - derivative(z))),
        );
    const difference = Math.max(
        worst(squaredError, squaredErrorSlope),
        worst(squaredErrorSlope, squaredErrorCurvature),
    );
    return (
        `Compared with central differences at ${ABSCISSAS.length} places from ${MINUS}8 to 8, both formulas `
        + `are off by at most ${decimalAbove(difference, 1)}.`
    );
}
