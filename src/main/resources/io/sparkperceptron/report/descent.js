import { sigmoid, softplus } from "./numerics.js";

/** The nonzero entries of an example. */
export function sparseRow(inputs) {
    const features = Int32Array.from(inputs.keys()).filter((feature) => inputs[feature] !== 0);
    return { features, values: Float64Array.from(features, (feature) => inputs[feature]) };
}

/**
 * Gradient descent from zeros on all rows at once, as GradientDescent.java, but without its exact sums.
 * A task has:
 *
 * rows, labels: training examples, see sparseRow(); testRows, testLabels: test examples
 * classes: a perceptron for each; features: without the bias
 * classWeights: of each class, or null
 * loss, rate, l2, momentum, epochs
 *
 * It uses nothing outside but sigmoid and softplus, because a worker gets only the source text of these three.
 */
export class Descent {
    constructor(task) {
        const { classes, features, rows } = task;
        this.task = task;
        this.epoch = 0;
        // Class by class within a feature, the biases last.
        this.weights = new Float64Array((features + 1) * classes);
        this.gradient = new Float64Array(this.weights.length);
        this.direction = new Float64Array(this.weights.length);
        this.scores = new Float64Array(classes);
        this.slopes = new Float64Array(classes);
        /** The answer to each training example when it was last measured. */
        this.answered = new Int32Array(rows.length);
    }

    /** Measures cost and errors of the weights, then takes a step. */
    next() {
        const { rows, labels, testRows, testLabels } = this.task;
        const wrong = (given, wanted) => given.filter((answer, row) => answer !== wanted[row]).length;
        this.gradient.fill(0);
        let cost = 0;
        rows.forEach((row, number) => {
            this.answered[number] = this.#answer(row);
            cost += this.#learn(row, labels[number]);
        });
        const now = {
            epoch: this.epoch,
            cost: cost / rows.length,
            trainError: wrong(this.answered, labels) / rows.length,
            testError: wrong(testRows.map((row) => this.#answer(row)), testLabels) / testRows.length,
        };
        this.#step();
        this.epoch++;
        return now;
    }

    /** The class with the largest z = w.x + b, the lowest on a tie. Modified: scores. */
    #answer({ features, values }) {
        const { scores, weights } = this;
        const { classes } = this.task;
        scores.fill(0);
        for (let k = 0; k < values.length; k++) {
            const start = features[k] * classes;
            for (let c = 0; c < classes; c++) {
                scores[c] += weights[start + c] * values[k];
            }
        }
        const biases = weights.length - classes;
        let best = 0;
        for (let c = 0; c < classes; c++) {
            scores[c] += weights[biases + c];
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /** The cost of an example whose scores are known; costs count every class the same. Modified: gradient. */
    #learn({ features, values }, label) {
        const { scores, slopes, gradient } = this;
        const { classes, loss } = this.task;
        const weight = this.task.classWeights?.[label] ?? 1;
        let cost = 0;
        for (let c = 0; c < classes; c++) {
            const target = c === label ? 1 : 0;
            const s = sigmoid(scores[c]);
            const isLogistic = loss === "logistic";
            cost += isLogistic ? softplus(target ? -scores[c] : scores[c]) : (s - target) ** 2 / 2;
            slopes[c] = weight * (isLogistic ? s - target : (s - target) * s * (1 - s));
        }
        for (let k = 0; k < values.length; k++) {
            const start = features[k] * classes;
            for (let c = 0; c < classes; c++) {
                gradient[start + c] += values[k] * slopes[c];
            }
        }
        const biases = gradient.length - classes;
        for (let c = 0; c < classes; c++) {
            gradient[biases + c] += slopes[c];
        }
        return cost;
    }

    /** The penalty leaves the biases out. */
    #step() {
        const { weights, gradient, direction } = this;
        const { rows, classes, rate, l2, momentum } = this.task;
        const biases = weights.length - classes;
        for (let k = 0; k < weights.length; k++) {
            const penalty = k < biases ? l2 * weights[k] : 0;
            direction[k] = momentum * direction[k] + gradient[k] / rows.length + penalty;
            weights[k] -= rate * direction[k];
        }
    }
}

/** Runs in a worker: trains a task, sends measurements several epochs at a time, and the answers at the end. */
export function work({ data: task }) {
    const descent = new Descent(task);
    let measured = [];
    let sent = performance.now();
    for (let epoch = 0; epoch <= task.epochs; epoch++) {
        const point = descent.next();
        measured.push(point);
        if (!Number.isFinite(point.cost)) {
            break;
        }
        if (performance.now() - sent > 100) {
            postMessage({ measured, answered: null });
            measured = [];
            sent = performance.now();
        }
    }
    postMessage({ measured, answered: descent.answered });
}

let workerUrl = null;

/** Starts a worker on a task. A page opened from a folder cannot load a script, so the worker gets its text. */
export function startWorker(task, told, failed) {
    workerUrl ??= URL.createObjectURL(
        new Blob([[sigmoid, softplus, Descent, work, "onmessage = work;"].join("\n")], { type: "text/javascript" }),
    );
    const worker = new Worker(workerUrl);
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = failed;
    worker.postMessage(task);
    return worker;
}
