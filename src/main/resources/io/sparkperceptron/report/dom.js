import { reading } from "./data.js";

export function byId(id) {
    return document.getElementById(id);
}

/** A new element; children are elements or text, never markup. */
export function element(tag, properties = {}, ...children) {
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
export function say(id, ...paragraphs) {
    const spoken = paragraphs.map((sentences) => sentences.filter(Boolean).join(" ")).filter(Boolean);
    byId(id).replaceChildren(...spoken.map((text) => element("p", {}, text)));
}

/** Fills a select with runs; calls changed when the reader chooses another. */
export function fillRunSelect(id, runs, chosen, changed) {
    const select = byId(id);
    select.replaceChildren(...runs.map((run) => element("option", { value: run.name }, run.name)));
    select.value = chosen.name;
    select.addEventListener("change", changed);
}

const followers = [];

/** The select of a section's run. Selects of other sections that have the run follow. */
export function fillSectionRunSelect(id, runs, chosen, changed) {
    const select = byId(id);
    fillRunSelect(id, runs, chosen, () => {
        reading.name = select.value;
        changed();
        followers.forEach((follow) => follow(select.value));
    });
    followers.push((name) => {
        if (select.value !== name && runs.some((run) => run.name === name)) {
            select.value = name;
            changed();
        }
    });
}
