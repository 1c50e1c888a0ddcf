import assert from "node:assert/strict";
import { test } from "node:test";
import { doubtfulText } from "../../main/resources/io/sparkperceptron/report/doubtful.js";
import { madeUpRun, show } from "./madeup.js";

function text(others = {}) {
    const doubtful = { run: "logistic-1", epoch: 3, wrong: 2, rows: [7, 2], labels: [0, 1], ...others };
    show([madeUpRun()], { doubtful });
    return doubtfulText().join(" ");
}

test("the text says whose scores they are, and how many rows they contradict", () => {
    assert.match(text(), /The training images of each fold have scores by the model of logistic-1 .*, after 3\sepochs\./);
    assert.match(text(), /On 2 of 1.?000 another class than the label has the largest score\./);
    assert.match(text({ epoch: 1 }), /after 1\sepoch\./);
});

test("the text says whether all such rows are here", () => {
    assert.match(text(), /Here are all of them, the lowest first\./);
    assert.doesNotMatch(text(), /doubtful-labels\.csv/);
    assert.match(text({ wrong: 90 }), /Here are the 2 lowest; doubtful-labels\.csv has more\./);
});

test("where no row is contradicted, there is nothing to list", () => {
    assert.equal(
        text({ wrong: 0, rows: [], labels: [] }),
        "The models of logistic-1 without each fold agree with the labels of all training images.",
    );
});
