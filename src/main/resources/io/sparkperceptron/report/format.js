"use strict";

const SPACE = "\u00a0";
const MINUS = "\u2212";
const DASH = "\u2013";

function percent(fraction, digits = 2) {
    return fraction === null ? DASH : (100 * fraction).toFixed(digits) + SPACE + "%";
}

function percentRange([low, high]) {
    return (100 * low).toFixed(2) + DASH + (100 * high).toFixed(2) + SPACE + "%";
}

function points(fraction) {
    return (100 * fraction).toFixed(2) + " percentage points";
}

function count(number) {
    return number.toLocaleString("en");
}

function counted(number, singular, plural = singular + "s") {
    return count(number) + SPACE + (number === 1 ? singular : plural);
}

/** Four significant digits, no trailing zeros, with a true minus sign. */
function decimal(number, digits = 4) {
    if (number === null || number === undefined) {
        return DASH;
    }
    if (!Number.isFinite(number)) {
        return "infinite";
    }
    return String(Number(number.toPrecision(digits))).replace("-", MINUS);
}

function signed(number, digits = 2) {
    return (number < 0 ? MINUS : "+") + Math.abs(number).toFixed(digits);
}

function probability(p) {
    return p < 0.0001 ? "p < 0.0001" : "p = " + Number(p.toPrecision(2));
}

function listed(words) {
    if (words.length < 2) {
        return words.join("");
    }
    return words.slice(0, -1).join(", ") + " and " + words[words.length - 1];
}

function setName(set) {
    return { train: "training", test: "test", validation: "validation" }[set];
}

function exampleWord() {
    return report.image ? "images" : "examples";
}

function byId(id) {
    return document.getElementById(id);
}

/** A new element; children are elements or text, never markup. */
function element(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (name === "dataset") {
            Object.assign(node.dataset, value);
        } else if (name in node) {
            node[name] = value;
        } else {
            node.setAttribute(name, value);
        }
    }
    node.append(...children);
    return node;
}

/** Replaces what a container says; each argument is a paragraph, given as a list of sentences. */
function say(id, ...paragraphs) {
    const spoken = paragraphs.map((sentences) => sentences.filter(Boolean).join(" ")).filter(Boolean);
    byId(id).replaceChildren(...spoken.map((text) => element("p", {}, text)));
}

function fillRunSelect(id, runs, chosenName, changed) {
    const select = byId(id);
    select.replaceChildren(...runs.map((run) => element("option", { value: run.name }, run.name)));
    select.value = chosenName;
    select.addEventListener("change", changed);
}

function runOf(id) {
    return report.runs.find((run) => run.name === byId(id).value);
}

function chosenRun() {
    return report.runs[report.chosen];
}
