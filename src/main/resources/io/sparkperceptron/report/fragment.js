import { report, selection } from "./data.js";
import { byId } from "./dom.js";

const RUNS = "runs";
const SETTINGS = "select[id], input[type=checkbox][id], input[type=range][id]";
const PAUSE_MILLIS = 300;

const beginnings = new Map();
/**
 * What the reader has set, in the page's address behind #, so that a link leads to what was seen: the section in view, then ids of controls
 * with what they are set to, where that is not what they began with, and the runs where not all are ticked.
 */
const kept = { section: "", settings: new Map(), timer: null };

/** Takes up what the address says, before sections are built. */
export function readFragment() {
    const [section, ...pairs] = location.hash.slice(1).split("&");
    kept.section = section;
    for (const pair of pairs) {
        const [name, value] = pair.split("=").map(decoded);
        kept.settings.set(name, value);
    }
    const runs = kept.settings.get(RUNS)?.split(",").filter((name) => report.runs.some((run) => run.name === name));
    if (runs) {
        selection.set(runs);
    }
    selection.listeners.push(() => keep(RUNS, tickedRuns()));
    document.addEventListener("change", ({ target }) => target.matches(SETTINGS) && keepSetting(target));
    if (pairs.length > 0) {
        document.getElementById(section)?.scrollIntoView();
    }
}

/** Text of an address that somebody may have cut in two. */
function decoded(text = "") {
    try {
        return decodeURIComponent(text);
    } catch {
        return "";
    }
}

/** Sets the controls of a section that was just built as the address says. */
export function restoreSettings(section) {
    for (const control of byId(section).querySelectorAll(SETTINGS)) {
        beginnings.set(control.id, settingOf(control));
        const wanted = kept.settings.get(control.id);
        if (wanted !== undefined && wanted !== settingOf(control) && isPossible(control, wanted)) {
            applyTo(control, wanted);
            control.dispatchEvent(new Event("input", { bubbles: true }));
            control.dispatchEvent(new Event("change", { bubbles: true }));
        }
    }
}

function isPossible(control, wanted) {
    return control.tagName !== "SELECT" || [...control.options].some((option) => option.value === wanted);
}

function settingOf(control) {
    return control.type === "checkbox" ? String(control.checked) : control.value;
}

function applyTo(control, wanted) {
    if (control.type === "checkbox") {
        control.checked = wanted === "true";
    } else {
        control.value = wanted;
    }
}

function tickedRuns() {
    return selection.names.size === report.runs.length ? null : [...selection.names].join(",");
}

function keepSetting(control) {
    const now = settingOf(control);
    keep(control.id, now === beginnings.get(control.id) ? null : now);
}

function keep(name, value) {
    if (value === null) {
        kept.settings.delete(name);
    } else {
        kept.settings.set(name, value);
    }
    writeFragmentSoon();
}

/** The section that the reader looks at. */
export function keepSection(section) {
    kept.section = section;
    if (kept.settings.size > 0) {
        writeFragmentSoon();
    }
}

/** Browsers limit how often an address may be changed. */
function writeFragmentSoon() {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => {
        const settings = [...kept.settings].map((pair) => pair.map(encodeURIComponent).join("=").replaceAll("%2C", ","));
        history.replaceState(null, "", `#${[kept.section, ...settings].join("&")}`);
    }, PAUSE_MILLIS);
}
