import assert from "node:assert/strict";
import { test } from "node:test";
import { ageSentence } from "../../main/resources/io/sparkperceptron/report/age.js";

const spoken = (...age) => ageSentence(...age).replaceAll("\u00a0", " ");

test("the progress page says how old it is", () => {
    assert.equal(spoken(-3, true), "That was 0 seconds ago.");
    assert.equal(spoken(1, true), "That was 1 second ago.");
    assert.equal(spoken(40.2, true), "That was 40 seconds ago.");
    assert.equal(spoken(119, true), "That was 119 seconds ago.");
    assert.equal(spoken(150, true), "That was 2 minutes ago.");
    assert.equal(spoken(7300, false), "That was 2 hours ago.");
    assert.equal(spoken(200000, false), "That was 2 days ago.");
});

test("only an old page of a training that should go on tells of a stopped one", () => {
    const stopped = / If no epoch takes this long, the training has stopped\.$/;
    assert.match(spoken(360, true), stopped);
    assert.doesNotMatch(spoken(300, true), stopped);
    assert.doesNotMatch(spoken(360, false), stopped);
});
