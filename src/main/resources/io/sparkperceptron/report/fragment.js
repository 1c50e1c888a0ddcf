import { report, selection } from "./data.js";
import { byId } from "./dom.js";

const RUNS = "runs";
const SETTINGS = "select[id], input[type=checkbox][id], input[type=range][id]";
const PAUSE_MILLIS = 300;

const beginnings = new Map();
/**
 * What the reader has set. The page stores it in its URL behind #, so that a link shows the same view: the section
 * in view, then the ids and values of controls that are not at their defaults, the ticked runs if not all are ticked,
 * the sections that were unfolded, and the chosen cell of the confusion matrix.
 */
const kept = { section: "", settings: new Map(), timer: null };

/** Reads the URL, before sections are built. */
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
}

/** A setting in the URL by name; undefined if the URL does not have it. */
export function keptSetting(name) {
    return kept.settings.get(name);
}

/** Goes to the section in the URL. Browsers only do so if the URL has no settings. */
export function goToSection() {
    if (kept.settings.size > 0) {
        document.getElementById(kept.section)?.scrollIntoView();
    }
}

/** The text of a part of the URL, which may be cut off. */
function decoded(text = "") {
    try {
        return decodeURIComponent(text);
    } catch {
        return "";
    }
}

/** Sets the controls of a new section to the values in the URL. */
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

/** Stores a setting in the URL; null removes it. */
export function keep(name, value) {
    if (value === null) {
        kept.settings.delete(name);
    } else {
        kept.settings.set(name, value);
    }
    writeFragmentSoon();
}

/** The section in view. */
export function keepSection(section) {
    kept.section = section;
    if (kept.settings.size > 0) {
        writeFragmentSoon();
    }
}

/** Waits, because browsers limit how often a page may change its URL. */
function writeFragmentSoon() {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => {
        const settings = [...kept.settings].map((pair) => pair.map(encodeURIComponent).join("=").replaceAll("%2C", ","));
        history.replaceState(null, "", `#${[kept.section, ...settings].join("&")}`);
    }, PAUSE_MILLIS);
}
