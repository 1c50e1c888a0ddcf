import { distinctRates, hasRate, lossIndex, report, runsWithRate } from "./data.js";

/** Colours of page.css, and sequences that people with any colour vision can tell apart. */
export function themeColour(name) {
    return getComputedStyle(document.documentElement)
        .getPropertyValue("--" + name)
        .trim();
}

function isDark() {
    return matchMedia("(prefers-color-scheme: dark)").matches && !("printing" in document.documentElement.dataset);
}

const FEW_LIGHT = ["#0072b2", "#d55e00", "#009e73", "#b45c92", "#a87700", "#2b8ec7", "#333333"];
const FEW_DARK = ["#56b4e9", "#e69f00", "#2fc498", "#d98cba", "#f0e442", "#ff7f3f", "#dddddd"];
const VIRIDIS = [
    "#440154",
    "#482878",
    "#3e4989",
    "#31688e",
    "#26828e",
    "#1f9e89",
    "#35b779",
    "#6ece58",
    "#b5de2b",
    "#fde725",
].map(channels);
const RED_BLUE = {
    positive: ["#f4a582", "#d6604d", "#b2182b", "#67001f"].map(channels),
    negative: ["#92c5de", "#4393c3", "#2166ac", "#053061"].map(channels),
};
const RED_BLUE_DARK = {
    positive: ["#8a3324", "#d6604d", "#f4a582", "#fddbc7"].map(channels),
    negative: ["#1f4e79", "#4393c3", "#92c5de", "#d1e5f0"].map(channels),
};

export function channels(hex) {
    return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

export function between(stops, position) {
    const scaled = Math.min(1, Math.max(0, position)) * (stops.length - 1);
    const index = Math.min(stops.length - 2, Math.floor(scaled));
    const part = scaled - index;
    return stops[index].map((value, k) => Math.round(value + part * (stops[index + 1][k] - value)));
}

/**
 * Few runs get a colour each. With many runs the colour tells the rate, from dark to bright. A run without a rate has the
 * colour of text.
 */
export function runColour(run, opacity = 1) {
    if (!hasRate(run)) {
        return rgba(channels(themeColour("ink")), opacity);
    }
    if (report.runs.length <= FEW_LIGHT.length) {
        return rgba(channels((isDark() ? FEW_DARK : FEW_LIGHT)[runsWithRate().indexOf(run)]), opacity);
    }
    const rates = distinctRates();
    const rank = rates.length > 1 ? rates.indexOf(run.rate) / (rates.length - 1) : 0.5;
    // The ends of the sequence are too close to the background.
    return rgba(between(VIRIDIS, isDark() ? 0.25 + 0.75 * rank : 0.88 * rank), opacity);
}

const LOSS_COLOURS = ["first", "second", "third"];

/** The dashes of losses, and their names in texts and in CSS; after the last they repeat. */
const DASHES = [
    { name: "solid", dash: [] },
    { name: "dashed", dash: [6, 4] },
    { name: "dotted", dash: [2, 3] },
];

/** One family of a loss has the colour of the loss. With several families, each has its own colour. */
export function familyColour(family, all) {
    if (all.every((other) => other === family || other.loss !== family.loss)) {
        return themeColour(LOSS_COLOURS[lossIndex(family) % LOSS_COLOURS.length]);
    }
    const few = isDark() ? FEW_DARK : FEW_LIGHT;
    const index = all.indexOf(family);
    return all.length <= few.length ? few[index] : rgba(between(VIRIDIS, (0.88 * index) / (all.length - 1)), 1);
}

export function rgba([red, green, blue], opacity) {
    return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

/** How much wider a run's line is than others. */
export function extraWidth(run) {
    return hasRate(run) ? 0 : 1.5;
}

export function runDash(run) {
    return DASHES[lossIndex(run) % DASHES.length].dash;
}

/** The dashes of a run's loss as CSS calls them. */
export function dashName(run) {
    return DASHES[lossIndex(run) % DASHES.length].name;
}

/** 511 colours for values -255 to 255 of a symmetric scale: blue, the background's neutral, red. */
export function divergingTable() {
    const zero = themeColour("zero").split(",").map(Number);
    const { positive, negative } = isDark() ? RED_BLUE_DARK : RED_BLUE;
    const table = new Uint8ClampedArray(511 * 3);
    for (let value = -255; value <= 255; value++) {
        const stops = [zero, ...(value < 0 ? negative : positive)];
        table.set(between(stops, Math.abs(value) / 255), (value + 255) * 3);
    }
    return table;
}

const repaints = [];

/** Calls repaint whenever the theme changes, and around printing. */
export function onThemeChange(repaint) {
    repaints.push(repaint);
}

export function repaintAll() {
    repaints.forEach((repaint) => repaint());
}

export function followTheme() {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaintAll);
}
