import assert from "node:assert/strict";
import { resolveObjectURL } from "node:buffer";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { Descent, sparseRow, startWorker, work } from "../../main/resources/io/sparkperceptron/report/descent.js";
import { inputsOf } from "../../main/resources/io/sparkperceptron/report/perceptrons.js";
import { floats, madeUpRun, show } from "./madeup.js";

/** What the program computes; PageTrainingTest.java compares it, too. */
const golden = JSON.parse(readFileSync(new URL("training.json", import.meta.url), "utf8"));

/** The task of a case, with inputs scaled as the page scales images. */
function taskOf({ factor, factors, costs, ...others }) {
    show([madeUpRun()], { factor, factors: factors && floats(...factors) });
    return {
        rows: golden.training.map((image) => sparseRow(inputsOf(image))),
        labels: golden.trainingLabels,
        testRows: golden.test.map((image) => sparseRow(inputsOf(image))),
        testLabels: golden.testLabels,
        classes: 3,
        features: 12,
        epochs: costs.length - 1,
        ...others,
    };
}

for (const one of golden.cases) {
    const name = `${one.loss}, rate ${one.rate}, l2 ${one.l2}, momentum ${one.momentum}`;
    test(`page and program compute the same: ${name}`, () => {
        const descent = new Descent(taskOf(one));
        one.costs.forEach((cost, epoch) => {
            const now = descent.next();
            assert.equal(now.epoch, epoch);
            assert.ok(Math.abs(now.cost - cost) <= 1e-9 * cost, `epoch ${epoch}: expected ${cost}, got ${now.cost}`);
            assert.equal(now.trainError, one.trainErrors[epoch]);
            assert.equal(now.testError, one.testErrors[epoch]);
        });
    });
}

test("the cases are with each loss, and with and without penalty, momentum, weights and factors", () => {
    for (const loss of ["logistic", "mse"]) {
        const cases = golden.cases.filter((one) => one.loss === loss);
        for (const has of [({ l2 }) => l2 > 0, ({ momentum }) => momentum > 0, (one) => one.classWeights, (one) => one.factors]) {
            assert.ok(cases.some(has) && cases.some((one) => !has(one)));
        }
        assert.ok(cases.every(({ costs }) => new Set(costs).size > 10));
    }
});

test("a row keeps what is not zero", () => {
    assert.deepEqual(sparseRow([0, 2, 0, -1]), { features: Int32Array.of(1, 3), values: Float64Array.of(2, -1) });
});

/** What a worker would send. */
function sent(task) {
    const messages = [];
    globalThis.postMessage = (message) => messages.push(structuredClone(message));
    work({ data: structuredClone(task) });
    delete globalThis.postMessage;
    return messages;
}

test("a worker sends every epoch once, and answers to the training examples at the end", () => {
    const messages = sent(taskOf(golden.cases[0]));
    const measured = messages.flatMap((message) => message.measured);
    assert.deepEqual(
        measured.map(({ epoch }) => epoch),
        [...golden.cases[0].costs.keys()],
    );
    const { answered } = messages.at(-1);
    assert.equal(answered.length, golden.training.length);
    const wrong = answered.filter((answer, row) => answer !== golden.trainingLabels[row]).length;
    assert.equal(wrong / golden.training.length, measured.at(-1).trainError);
});

test("a worker ends where the cost is no longer finite", () => {
    const messages = sent({ ...taskOf(golden.cases[0]), rate: 1e308 });
    const { cost } = messages.at(-1).measured.at(-1);
    assert.ok(!Number.isFinite(cost));
    assert.ok(messages.flatMap((message) => message.measured).length < 10);
});

/** Takes the place of a browser's worker: it runs the text, which then knows nothing else, when it gets a task. */
class FakeWorker {
    constructor(url) {
        this.url = url;
    }

    async postMessage(task) {
        const text = await resolveObjectURL(this.url).text();
        const world = createContext({ performance, postMessage: (message) => this.onmessage({ data: message }) });
        runInContext(text, world);
        world.onmessage({ data: task });
    }
}

test("a worker has all that it needs", async () => {
    globalThis.Worker = FakeWorker;
    const task = taskOf(golden.cases[1]);
    const told = await new Promise((done) => startWorker(task, (message) => message.answered && done(message)));
    delete globalThis.Worker;
    const [last] = told.measured.slice(-1);
    assert.equal(last.epoch, task.epochs);
    assert.equal(last.testError, golden.cases[1].testErrors.at(-1));
});
