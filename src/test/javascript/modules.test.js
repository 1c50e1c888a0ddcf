import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { declarationsOf, importsOf, namesUsed, readModules } from "./modules.js";

const modules = readModules();
const declared = new Map(modules.map((module) => [module.name, new Map(declarationsOf(module))]));

test("a module imports what it takes from others, and nothing else", () => {
    // The joined page has one scope for all, so there a missing import would not be missed.
    for (const module of modules) {
        const used = namesUsed(module);
        const own = declared.get(module.name);
        const needed = modules
            .filter(({ name }) => name !== module.name)
            .flatMap(({ name }) => [...declared.get(name).keys()].map((word) => [name, word]))
            .filter(([, word]) => used.has(word) && !own.has(word));
        assert.deepEqual(importsOf(module).sort(), needed.sort(), module.name);
    }
});

test("what is exported is taken by a module or a test", () => {
    const tests = readdirSync(new URL(".", import.meta.url))
        .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
        .join("\n");
    const taken = new Set(modules.flatMap((module) => importsOf(module)).map(([, word]) => word));
    for (const [name, words] of declared) {
        for (const [word, exported] of words) {
            assert.ok(!exported || taken.has(word) || tests.includes(word), `${word} of ${name}`);
        }
    }
});

test("what is declared at the top of a module is used", () => {
    const text = modules.map((module) => module.text).join("\n");
    for (const [name, words] of declared) {
        for (const word of words.keys()) {
            assert.ok(text.match(new RegExp(`\\b${word}\\b`, "g")).length > 1, `${word} of ${name}`);
        }
    }
});

test("names in texts and comments are no use of them, those in what a text computes are", () => {
    const used = namesUsed({
        text: 'import { a } from "./b.js";\n// one\n/** two */ f("three", `four ${five + `six ${seven}`} eight`, { nine: ten, ...eleven }, x.twelve);',
    });
    assert.deepEqual([...used].sort(), ["eleven", "f", "five", "seven", "ten", "x"]);
});
