import { chosenRun, preferredRun, reading, report } from "./data.js";

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

/** Fills a select with runs. Calls changed when the reader chooses another. */
export function fillRunSelect(id, runs, chosen, changed) {
    const select = byId(id);
    select.replaceChildren(...runs.map((run) => element("option", { value: run.name }, run.name)));
    select.value = chosen.name;
    select.addEventListener("change", changed);
}

const followers = [];

/** The page's choice of a run. All sections that show one run follow it. */
export function buildRunChoice() {
    byId("run-choice").hidden = report.runs.length === 1;
    fillRunSelect("run", report.runs, chosenRun(), () => {
        reading.name = byId("run").value;
        followers.forEach((follow) => follow());
    });
}

/** Shows which of its runs a section shows. Calls changed when this is another run. */
export function followRunChoice(id, runs, changed) {
    const place = byId(id);
    const show = () => {
        const run = preferredRun(runs);
        place.value = run.name;
        place.textContent = sectionRunText(run);
    };
    place.parentElement.hidden = report.runs.length === 1;
    show();
    followers.push(() => {
        const before = place.value;
        show();
        if (place.value !== before) {
            changed();
        }
    });
}

/** The run's name, with the reason where it is not the one that the reader chose. */
export function sectionRunText(run) {
    const isWanted = reading.name === null || reading.name === run.name;
    return isWanted ? run.name : `${run.name}. This page has no such data for ${reading.name}.`;
}
