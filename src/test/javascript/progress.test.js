import assert from "node:assert/strict";
import { test } from "node:test";
import { ageSentence } from "../../main/resources/io/sparkperceptron/report/age.js";

test("the progress page says how old it is", () => {
    assert.equal(ageSentence(-3, true), "That was 0 seconds ago.");
    assert.equal(ageSentence(1, true), "That was 1 second ago.");
    assert.equal(ageSentence(40.2, true), "That was 40 seconds ago.");
    assert.equal(ageSentence(119, true), "That was 119 seconds ago.");
    assert.equal(ageSentence(150, true), "That was 2 minutes ago.");
    assert.equal(ageSentence(7300, false), "That was 2 hours ago.");
    assert.equal(ageSentence(200000, false), "That was 2 days ago.");
});

test("only an old page of a training that should go on tells of a stopped one", () => {
    const stopped = / If no epoch takes this long, the training has stopped\.$/;
    assert.match(ageSentence(360, true), stopped);
    assert.doesNotMatch(ageSentence(300, true), stopped);
    assert.doesNotMatch(ageSentence(360, false), stopped);
});
