import assert from "node:assert/strict";
import { test } from "node:test";
import { report } from "../../main/resources/io/sparkperceptron/report/data.js";
import {
    canTrain,
    ratesToTry,
    runLike,
    runToBeginWith,
    trainingIntroduction,
    trainingSentences,
} from "../../main/resources/io/sparkperceptron/report/train.js";
import { curves, divergedRun, last, lbfgsRun, madeUpRun, show } from "./madeup.js";

const SAMPLE = { sheet: { columns: 40, png: "" }, trainingLabels: [0, 1, 1, 0], testLabels: [1, 0], classWeights: null };

function spoken(sentences) {
    const text = sentences.filter(Boolean).join(" ").replaceAll("\u00a0", " ");
    assert.doesNotMatch(text, /undefined|NaN|null|\[object/);
    return text;
}

/** A training that is shown after so many epochs, with these costs. */
function shown(others = {}, costs = [2, 1, 0.5]) {
    return {
        loss: "logistic",
        rate: 1,
        run: report.runs[0],
        l2: 0,
        momentum: 0,
        measured: costs.map((cost, epoch) => ({ epoch, cost, trainError: 0.25, testError: 0.5 })),
        drawings: [],
        ...others,
    };
}

test("the page trains where it has images and a run to compare with", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.ok(canTrain());
    show([madeUpRun()]);
    assert.ok(!canTrain());
    show([divergedRun()], { sample: SAMPLE });
    assert.ok(!canTrain());
});

test("the introduction says how many images there are", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.equal(
        spoken(trainingIntroduction()),
        "Your browser trains 2 perceptrons here, from zeros, for 100 epochs on 4 of the 1,000 training images. "
            + "It tests them on 2 of the 100 test images. These are evenly spread over each set. "
            + "Move the rate, and see what it would have done.",
    );
});

test("where the page has all images, the introduction says so", () => {
    show([madeUpRun()], { sample: SAMPLE, rows: { train: 4, validation: 0, test: 2 } });
    const text = spoken(trainingIntroduction());
    assert.match(text, /epochs on the 4 training images\. It tests them on the 2 test images\. Move/);
});

test("rates have few digits, reach far beyond the bounds, and are those of runs, too", () => {
    show([madeUpRun({ rate: 0.23 }), madeUpRun({ rate: 1e305 }), lbfgsRun()], { sample: SAMPLE });
    const rates = ratesToTry();
    assert.ok(rates.includes(0.23) && !rates.includes(1e305));
    assert.equal(rates[0], 0.015);
    assert.equal(rates.at(-1), 30);
    assert.ok(rates.includes(0.7) && rates.includes(1) && rates.length < 30, String(rates));
    assert.deepEqual(rates, [...rates].sort((first, second) => first - second));
    show([madeUpRun({ rate: 100 })], { sample: SAMPLE });
    assert.equal(ratesToTry().at(-1), 100);
});

test("a training is compared with the run of its loss, then of the nearest rate, then of the least error", () => {
    const runs = [
        madeUpRun({ name: "a", rate: 1 }),
        madeUpRun({ name: "b", rate: 10 }),
        madeUpRun({ name: "c", rate: 10, l2: 0.1, last: last({ train: 0.1, test: 0.05 }) }),
        madeUpRun({ name: "d", rate: 4, loss: "mse" }),
        lbfgsRun(),
    ];
    show(runs);
    assert.equal(runLike("logistic", 2).name, "a");
    assert.equal(runLike("logistic", 4).name, "c");
    assert.equal(runLike("mse", 100).name, "d");
    show([runs[3]]);
    assert.equal(runLike("logistic", 1).name, "d");
    show([lbfgsRun()]);
    assert.equal(runLike("logistic", 1), null);
});

test("it begins with the page's run, or with the best that has a rate", () => {
    const worse = madeUpRun({ name: "a", last: last({ train: 0.2, test: 0.2 }) });
    const better = madeUpRun({ name: "b" });
    show([lbfgsRun(), worse, better]);
    assert.equal(runToBeginWith().name, "b");
    show([lbfgsRun(), worse, better], { chosen: 1 });
    assert.equal(runToBeginWith().name, "a");
    for (const runs of [[lbfgsRun()], [lbfgsRun(), divergedRun()]]) {
        show(runs);
        assert.equal(runToBeginWith().name, "logistic-lbfgs");
    }
});

test("what came of a training is said beside the run's error at the same epoch", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.equal(
        spoken(trainingSentences(shown())),
        "After 2 epochs with loss logistic and rate 1, 50.0 % of 2 test images are wrong, and 25.0 % of 4 training images. "
            + "Its cost never rose. With this few test images, the error is uncertain by ±70.7 points (two standard errors). "
            + "The run logistic-1 learned from all 1,000 training images. At epoch 2 it had 12.00 % of 100 test images wrong.",
    );
});

test("another rate or loss is compared with the run most like it", () => {
    show([madeUpRun()], { sample: SAMPLE });
    for (const other of [{ rate: 2 }, { loss: "mse" }]) {
        assert.match(spoken(trainingSentences(shown(other))), /The run most like it, logistic-1, learned from all 1,000 /);
    }
});

test("a run that has no error at that epoch is compared at its last; without a run nothing is compared", () => {
    show([madeUpRun({ curves: curves({ train: [0.5, 0.2], test: [0.5, 0.2] }), lastEpoch: 1 })], { sample: SAMPLE });
    assert.match(spoken(trainingSentences(shown())), /At epoch 1 it had 20\.00 %/);
    assert.doesNotMatch(spoken(trainingSentences(shown({ run: null }))), /The run/);
});

test("penalty and momentum are said if there are any", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.match(
        spoken(trainingSentences(shown({ l2: 0.001, momentum: 0.9 }))),
        /^After 2 epochs with loss logistic, rate 1, l2 0\.001 and momentum 0\.9, 50/,
    );
    assert.doesNotMatch(spoken(trainingSentences(shown())), /l2|momentum/);
});

test("rises of the cost are counted", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.match(spoken(trainingSentences(shown({}, [2, 3, 1, 2]))), /Its cost rose in 2 of 3 steps\./);
    assert.doesNotMatch(spoken(trainingSentences(shown({}, [2, 3, 1]))), /never rose/);
    assert.doesNotMatch(spoken(trainingSentences(shown({}, [2]))), /cost/);
    assert.match(spoken(trainingSentences(shown({}, [2]))), /^After 0 epochs with/);
});

test("a training whose cost is not finite has ended, and has no errors", () => {
    show([madeUpRun()], { sample: SAMPLE });
    assert.equal(
        spoken(trainingSentences(shown({}, [2, Infinity]))),
        "With loss logistic and rate 1, the cost was no longer finite at epoch 1. The training ended there.",
    );
    assert.deepEqual(trainingSentences(shown({}, [])), []);
});

test("without a wrong test image chance is not spoken of", () => {
    show([madeUpRun()], { sample: SAMPLE });
    const right = shown();
    right.measured[2].testError = 0;
    assert.doesNotMatch(spoken(trainingSentences(right)), /doubt/);
});

test("drawings count as training images, and their answers are said once there are any", () => {
    show([madeUpRun()], { sample: SAMPLE, labels: ["no", "yes"] });
    const text = spoken(trainingSentences(shown({ drawings: [{ label: 1, answer: 0 }, { label: 0 }] })));
    const several = [0, 1, 1].map((label) => ({ label, answer: 1 }));
    assert.match(spoken(trainingSentences(shown({ drawings: several }))), /It answers 2 of your 3 drawings with their classes\.$/);
    assert.doesNotMatch(spoken(trainingSentences(shown())), /drawing/);
    assert.match(text, /25\.0 % of 6 training images\./);
    assert.match(text, /It answers your drawing of class yes with no\.$/);
});
