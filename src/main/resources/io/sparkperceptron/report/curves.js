import { fromZero, logFit, tightFit, tightLogFit } from "./axes.js";
import { Chart, drawable } from "./charts.js";
import { dashName, extraWidth, onThemeChange, runColour, runDash } from "./colours.js";
import {
    allLosses,
    bestRuns,
    hasRate,
    lossesHere,
    lossIndex,
    quantityNames,
    report,
    runsWithRate,
    selection,
} from "./data.js";
import { byId, element, say } from "./dom.js";
import { counted, DASH, decimal, percent, setName } from "./format.js";
import { curvesText } from "./learning.js";

const BAND_OPACITY = 0.15;

const BEST = 3;

export function buildCurves() {
    say("curves-text", ...curvesText());
    prepareCurveControls();
    fillToggles();
    byId("curve-panels").replaceChildren(...lossesHere().map(curvePanel));
    const charts = lossesHere().map((loss) => new Chart(`curve-chart-${loss}`, () => describeCurves(loss)));
    const redraw = () => {
        byId("curve-set").disabled = isOfRun();
        charts.forEach((chart) => chart.draw());
        showCurveValues(null);
    };
    for (const id of ["curve-quantity", "curve-set", "curve-x", "curve-x-log", "curve-y-log", "curve-whole"]) {
        byId(id).addEventListener("change", redraw);
    }
    selection.listeners.push(redraw);
    onThemeChange(colourToggles);
    showCurveValues(null);
}

function curvePanel(loss) {
    const label = `Error, cost or another quantity against epochs, a line for each run with the ${loss} loss`;
    return element(
        "div",
        {},
        element("h3", {}, `The ${loss} loss`),
        element("div", { id: `curve-chart-${loss}`, className: "chart tall", dataset: { label } }),
    );
}

function prepareCurveControls() {
    if (report.chooser === "validation") {
        const option = (value, text) => element("option", { value }, text);
        byId("curve-set").options[0].after(option("validation", "validation set"));
        byId("curve-set").append(option("all", "all three sets"));
    }
    if (runsWithRate().length === 0) {
        byId("curve-x").querySelector("[value=distance]").remove();
    }
    byId("curve-quantity").append(...quantityNames().map((name) => element("option", { value: name }, name)));
    byId("run-buttons").hidden = report.runs.length === 1;
    byId("run-buttons").querySelector("[data-select=best]").hidden = report.runs.length <= BEST;
    byId("curve-whole").parentElement.hidden = report.runs.length === 1;
    const some = lossesHere().length > 1 ? lossesHere() : [];
    byId("run-buttons").append(
        ...some.map((loss) => element("button", { type: "button", dataset: { select: loss } }, loss)),
    );
    byId("curve-set").value = report.folds > 0 ? "validation" : report.runs.length > 6 ? "test" : "both";
    byId("curve-x-log").checked = report.lastEpoch >= 20;
    byId("curve-y-log").checked = report.lastEpoch >= 20;
    document.querySelectorAll("[data-select]").forEach((button) =>
        button.addEventListener("click", () => {
            selection.set(runsOfButton(button.dataset.select).map((run) => run.name));
            toggleBoxes().forEach((box) => (box.checked = selection.names.has(box.dataset.run)));
        }),
    );
}

/** The runs that a button ticks: all, none, the best, or those of a loss. */
export function runsOfButton(wanted) {
    return wanted === "best"
        ? bestRuns(report.runs.filter((run) => run.ending !== "DIVERGED")).slice(0, BEST)
        : report.runs.filter((run) => wanted === "all" || wanted === run.loss);
}

function toggleBoxes() {
    return [...document.querySelectorAll(".run-toggle")];
}

function fillToggles() {
    byId("run-toggles").replaceChildren(
        ...report.runs.map((run) => {
            const box = element("input", {
                type: "checkbox",
                className: "run-toggle",
                checked: selection.names.has(run.name),
                hidden: report.runs.length === 1,
                dataset: { run: run.name },
            });
            box.addEventListener("change", () =>
                selection.set(
                    toggleBoxes()
                        .filter((other) => other.checked)
                        .map((other) => other.dataset.run),
                ),
            );
            return element(
                "label",
                {},
                box,
                element("span", { className: "swatch" }),
                element("span", { className: "name" }, run.name),
                element("span", { className: "value" }),
            );
        }),
    );
    colourToggles();
}

function colourToggles() {
    byId("run-toggles")
        .querySelectorAll(".swatch")
        .forEach((swatch, index) => {
            const run = report.runs[index];
            swatch.style.borderTopColor = runColour(run);
            swatch.style.borderTopStyle = dashName(run);
            swatch.style.borderTopWidth = `${3 + extraWidth(run)}px`;
        });
}

/** Whether the runs have the shown quantity once, not for each set. */
function isOfRun() {
    return byId("curve-quantity").value in report.runs[0].quantities;
}

function curveSets() {
    if (isOfRun()) {
        return ["train"];
    }
    const set = byId("curve-set").value;
    return { both: ["test", "train"], all: ["test", "validation", "train"] }[set] ?? [set];
}

function shownCurve(run, set) {
    const quantity = byId("curve-quantity").value;
    return isOfRun() ? run.quantities[quantity] : run.curves[set][quantity];
}

function describeCurves(loss) {
    const runs = runsShown().filter((run) => run.loss === loss);
    return isByDistance() ? describeByDistance(runs) : describeByTime(runs);
}

function isByDistance() {
    return byId("curve-x").value === "distance";
}

/** A run without a rate has no place on an axis of rates. */
function runsShown() {
    return selection.runs().filter((run) => hasRate(run) || !isByDistance());
}

/**
 * The largest value of the runs that are steady or too slow. The axis fits these runs, because others may squash them.
 * Infinite if there are none.
 */
export function largestOfCalm(runs, valuesOf) {
    const calm = runs.filter((run) => ["steady", "too slow"].includes(run.verdict.kind));
    return calm.length > 0 ? largestOf(calm, valuesOf) : Infinity;
}

function largestOf(runs, valuesOf) {
    return runs.flatMap(valuesOf).reduce((largest, value) => (Number.isFinite(value) && value > largest ? value : largest), 0);
}

/** All values of a run that the chart shows. */
function shownValues(run) {
    const first = byId("curve-x-log").checked ? 1 : 0;
    return curveSets().flatMap((set) => Array.from(shownCurve(run, set).subarray(Math.min(first, run.points - 1))));
}

/** The axis of the shown quantity; lines may leave it at the top. */
function upwards(runs) {
    const isError = byId("curve-quantity").value === "error";
    const logUpwards = byId("curve-y-log").checked;
    const most = byId("curve-whole").checked ? Infinity : largestOfCalm(runs, shownValues) * (isError ? 100 : 1);
    const fit = logUpwards ? logFit : fromZero;
    return {
        label: isError ? "error, %" : byId("curve-quantity").value,
        log: logUpwards,
        range: (plot, low, high) => fit(plot, low, Math.min(high, most)),
    };
}

/** Each run against its own rate times epochs: the curves of one loss coincide where rates are small. */
function describeByDistance(runs) {
    const logAcross = byId("curve-x-log").checked && report.lastEpoch > 0;
    const logUpwards = byId("curve-y-log").checked;
    const isError = byId("curve-quantity").value === "error";
    const sets = curveSets();
    const shown = [...sets].reverse().flatMap((set) => runs.map((run) => ({ run, set })));
    const tables = shown.map(({ run, set }) => {
        const first = logAcross ? firstPositive(report.epochs) : 0;
        return [
            Array.from(report.epochs.subarray(first, run.points), (epoch) => run.rate * epoch),
            drawable(shownCurve(run, set), logUpwards, isError ? 100 : 1).slice(first),
        ];
    });
    sayCurveKey(sets);
    return {
        x: { label: "learning rate × epoch", log: logAcross, range: logAcross ? tightLogFit : tightFit },
        y: upwards(runs),
        names: sets.length === 1,
        series: shown.map(({ run, set }) => ({
            label: run.name,
            dash: runDash(run),
            spanGaps: true,
            ...curveLook(run, set, sets),
        })),
        data: tables.length > 0 ? uPlot.join(tables) : [[1]],
        focused: (index) => markToggle(index ? shown[index - 1].run.name : null),
        moved: () => showCurveValues(null),
    };
}

function describeByTime(runs) {
    const bySeconds = byId("curve-x").value === "seconds";
    const logAcross = byId("curve-x-log").checked && report.lastEpoch > 0;
    const logUpwards = byId("curve-y-log").checked;
    const isError = byId("curve-quantity").value === "error";
    const sets = curveSets();
    const first = logAcross ? firstPositive(bySeconds ? report.seconds : report.epochs) : 0;
    const series = [];
    const bands = [];
    const data = [Array.from((bySeconds ? report.seconds : report.epochs).subarray(first))];
    // Training lines come first, so that test lines lie on top.
    for (const set of [...sets].reverse()) {
        for (const run of runs) {
            const add = (values, look) => {
                const shown = drawable(values, logUpwards, isError ? 100 : 1).slice(first);
                data.push([...shown, ...Array(data[0].length - shown.length).fill(null)]);
                series.push({ label: run.name, dash: runDash(run), ...look });
            };
            if (isError && set === "validation" && run.band) {
                const { below, above } = bandOf(run);
                bands.push({ series: [series.length + 1, series.length + 2], fill: runColour(run, BAND_OPACITY) });
                add(above, { width: 0, colour: "transparent" });
                add(below, { width: 0, colour: "transparent" });
            }
            add(shownCurve(run, set), curveLook(run, set, sets));
        }
    }
    sayCurveKey(sets);
    return {
        x: {
            label: bySeconds ? "seconds since the start" : "epoch",
            log: logAcross,
            range: logAcross ? tightLogFit : tightFit,
        },
        y: upwards(runs),
        names: sets.length === 1,
        series,
        bands,
        data,
        focused: (index) => markToggle(index ? series[index - 1].label : null),
        moved: (index) => showCurveValues(index === null || index === undefined ? null : index + first),
    };
}

/** One standard error below and above the mean over folds. */
export function bandOf(run) {
    const { error } = run.curves.validation;
    return { below: error.map((mean, at) => mean - run.band[at]), above: error.map((mean, at) => mean + run.band[at]) };
}

function firstPositive(values) {
    return Math.max(
        0,
        values.findIndex((value) => value > 0),
    );
}

function curveLook(run, set, sets) {
    const opacity = sets.length > 1 ? { test: 1, validation: 0.65, train: 0.35 }[set] : 1;
    return {
        heading: sets.length > 1 ? `${run.name}, ${setName(set)}` : run.name,
        colour: runColour(run, opacity),
        width: (opacity === 1 ? 1.5 : 1) + extraWidth(run),
        points: { show: report.epochs.length < 3 },
    };
}

/** Which dashes are of which loss; nothing where all runs are solid. */
export function dashKey() {
    const names = allLosses().map(({ label }) => `${dashName({ loss: label })}: ${label}`);
    const shown = names.slice(0, 1 + Math.max(...report.runs.map(lossIndex))).join("; ");
    return report.runs.some((run) => lossIndex(run) > 0) ? `${shown[0].toUpperCase()}${shown.slice(1)}.` : "";
}

/** What L-BFGS shows; nothing where no run is trained by it. */
export function trialKey() {
    return report.runs.every(hasRate)
        ? ""
        : "L-BFGS measures a trial point in each epoch: a spike of the cost is a step that was rejected and halved.";
}

function sayCurveKey(sets) {
    byId("curve-key").textContent = [
        dashKey(),
        trialKey(),
        sets.length > 1 ? `Pale: ${sets.slice(1).map(setName).join(", paler: ")} set.` : "",
        report.folds > 0 && byId("curve-quantity").value === "error" && sets.includes("validation")
            ? "Band: the mean over folds, a standard error up and down."
            : "",
        isByDistance()
            ? "The curves of a loss coincide where rates are small; a rate is too big where its curve leaves the others."
            : "",
        byId("curve-whole").checked ? "" : cutOffSentence(runsShown(), shownValues),
        "Drag across a chart to zoom in, double-click to zoom out.",
    ]
        .filter(Boolean)
        .join(" ");
}

/** Names the runs that leave the axis at its top. */
export function cutOffSentence(runs, valuesOf) {
    const cut = lossesHere().flatMap((loss) => {
        const ofLoss = runs.filter((run) => run.loss === loss);
        const most = largestOfCalm(ofLoss, valuesOf);
        return ofLoss.filter((run) => largestOf([run], valuesOf) > most);
    });
    return cut.length > 0
        ? `The height is that of runs that are steady or too slow; ${counted(cut.length, "other")} ${cut.length === 1 ? "goes" : "go"} higher.`
        : "";
}

function markToggle(name) {
    toggleBoxes().forEach((box) => box.parentElement.classList.toggle("near", box.dataset.run === name));
}

/** Writes values beside the runs' names: at the cursor, or at each run's end if there is no cursor. */
function showCurveValues(index) {
    const [set] = curveSets();
    const isError = byId("curve-quantity").value === "error";
    const show = (value) => (isError && Number.isFinite(value) ? percent(value) : decimal(value));
    byId("run-toggles")
        .querySelectorAll(".value")
        .forEach((cell, position) => {
            const run = report.runs[position];
            const at = index === null ? run.points - 1 : index;
            cell.textContent = at < run.points ? show(shownCurve(run, set)[at]) : DASH;
        });
    const quantity = (isOfRun() ? "" : `${setName(set)} `) + byId("curve-quantity").value;
    byId("curve-position").textContent =
        index === null
            ? `Beside each run: its ${quantity} at its end.`
            : `Beside each run: its ${quantity} after epoch `
              + `${report.epochs[index]} `
              + `(${decimal(report.seconds[index], 3)} s).`;
}
