import { fromZero } from "./axes.js";
import { Chart } from "./charts.js";
import { familyColour } from "./colours.js";
import { distinctRates, families, hasRate, isHopeless, report } from "./data.js";
import { byId, element, say } from "./dom.js";
import { count, counted, percent, setName, SPACE } from "./format.js";
import { boundMarks, byRate, rateRange } from "./rateaxis.js";

export function buildReasonable() {
    say("reasonable-text", reasonableText());
    fillReached();
    const drawn = settledRuns().filter(hasRate).length;
    byId("reasonable-chart").hidden = drawn < 2;
    if (drawn >= 2) {
        new Chart("reasonable-chart", describeReasonable);
    }
}

export function reasonableText() {
    const settled = settledRuns();
    const hopeless = report.runs.filter(isHopeless).length;
    const open = report.runs.length - settled.length - hopeless;
    return [
        "The reasonable number of epochs is the first from which on the error stays within one standard error of the run's "
            + "best. There is none if the error has not stayed there for the last fifth of the epochs, or if the run is too slow, "
            + "saturated or diverged.",
        settled.length > 1
            ? reasonableRange(settled)
            : settled.map((run) => `Of ${run.name} it is ${run.reasonableEpochs}.`).join(""),
        open > 0
            ? `${counted(open, "run")} did not settle within the budget: how many epochs `
              + `${open === 1 ? "it needs" : "they need"}, this training cannot say.`
            : "",
        hopeless > 0 ? `${counted(hopeless, "run")} saturated or diverged: more epochs would not help.` : "",
        settled.length > 1
            ? "A small number is no praise by itself: a run that settles early may settle at a high error."
            : "",
    ];
}

/** Fills the table of the epochs at which each run's error first reached each threshold. */
function fillReached() {
    byId("reached-table").parentElement.hidden = report.thresholds.length === 0;
    byId("reached-text").textContent = reachedText();
    const head = ["run", ...report.thresholds.map((threshold) => percent(threshold, 0))];
    byId("reached-table").replaceChildren(
        element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
        element(
            "tbody",
            {},
            ...report.runs.map((run) =>
                element(
                    "tr",
                    {},
                    element("th", { scope: "row" }, run.name),
                    ...run.reached.map((epoch) => element("td", {}, reachedCell(run, epoch))),
                ),
            ),
        ),
    );
}

export function reachedText() {
    return report.thresholds.length === 0
        ? ""
        : `The first epoch after which the ${setName(report.chooser)} error is this low, which does not depend on how many `
              + "epochs there are; an arrow where it never is.";
}

export function reachedCell(run, epoch) {
    return epoch === null ? `→${SPACE}${count(run.lastEpoch)}` : count(epoch);
}

function settledRuns() {
    return report.runs.filter((run) => run.reasonableEpochs !== null);
}

function reasonableRange(settled) {
    const ordered = [...settled].sort((a, b) => a.reasonableEpochs - b.reasonableEpochs);
    const [first, last] = [ordered[0], ordered[ordered.length - 1]];
    if (first.reasonableEpochs === last.reasonableEpochs) {
        return `Of all ${count(settled.length)} runs that have one it is ${count(first.reasonableEpochs)}.`;
    }
    return (
        `Here it ranges from ${count(first.reasonableEpochs)} (${first.name}, best error ${percent(first.best.error)}) `
        + `to ${count(last.reasonableEpochs)} (${last.name}, ${percent(last.best.error)}).`
    );
}

function describeReasonable() {
    const all = families();
    return {
        x: { label: "learning rate", log: true, range: rateRange },
        y: { label: "reasonable epochs", range: fromZero },
        series: all.map((family) => ({
            colour: familyColour(family, all),
            label: family.label,
            width: 2,
            points: { show: true, size: 7 },
        })),
        data: [distinctRates(), ...all.map((family) => byRate(family, (run) => run.reasonableEpochs))],
        marks: boundMarks(),
        legend: true,
        zoom: false,
    };
}
