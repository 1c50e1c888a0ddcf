import { logRange } from "./axes.js";
import { Chart } from "./charts.js";
import { familyColour } from "./colours.js";
import { distinctRates, families, report, runsWithRate } from "./data.js";
import { byId, element, say } from "./dom.js";
import { count, listed, percent, setName, SPACE } from "./format.js";
import { NEAR } from "./learning.js";
import { boundMarks, byRate, rateRange } from "./rateaxis.js";

export function buildNeeded() {
    say("needed-text", neededText());
    fillReached();
    const drawn = runsWithRate().filter((run) => neededEpochs(run) !== null).length;
    byId("needed-chart").hidden = drawn < 2;
    if (drawn >= 2) {
        new Chart("needed-chart", describeNeeded);
    }
}

export function neededText() {
    return [
        report.thresholds.length > 0
            ? `The first epoch with a ${setName(report.chooser)} error this low: it does not depend on the last epoch.`
            : "",
        hasGoals()
            ? `At the right: cost within ${listed(NEAR.map((near) => 100 * near))}${SPACE}% of the least found, `
              + "which more epochs may lower."
            : "",
        reachedHeadings().length > 0
            ? "An arrow: not within the run's epochs."
            : `No run's ${setName(report.chooser)} error fell far enough to count the epochs.`,
    ];
}

function hasGoals() {
    return report.runs.some((run) => run.goal);
}

/** Fills the table: when each run's error first reached a threshold, and when its cost first came near the least. */
function fillReached() {
    byId("reached-table").parentElement.hidden = reachedHeadings().length === 0;
    byId("reached-table").replaceChildren(
        element(
            "thead",
            {},
            element("tr", {}, ...["run", ...reachedHeadings()].map((text) => element("th", { scope: "col" }, text))),
        ),
        element(
            "tbody",
            {},
            ...report.runs.map((run) =>
                element(
                    "tr",
                    {},
                    element("th", { scope: "row" }, run.name),
                    ...reachedCells(run).map((text) => element("td", {}, text)),
                ),
            ),
        ),
    );
}

export function reachedHeadings() {
    return [
        ...report.thresholds.map((threshold) => percent(threshold, 0)),
        ...(hasGoals() ? NEAR.map((near) => `least +${100 * near}${SPACE}%`) : []),
    ];
}

export function reachedCells(run) {
    const near = hasGoals() ? (run.goal?.within ?? NEAR.map(() => null)) : [];
    return [...run.reached, ...near].map((epoch) =>
        epoch === null ? `→${SPACE}${count(run.lastEpoch)}` : count(epoch),
    );
}

/** The place of the lowest threshold that at least half of the runs with a rate reached. */
export function drawnThreshold() {
    const reached = report.thresholds.map((_, at) => runsWithRate().filter((run) => run.reached[at] !== null).length);
    return Math.max(0, reached.findLastIndex((runs) => 2 * runs >= runsWithRate().length));
}

function neededEpochs(run) {
    return run.reached[drawnThreshold()] || null;
}

function describeNeeded() {
    const all = families();
    return {
        x: { label: "learning rate", log: true, range: rateRange },
        y: {
            label: `first epoch at ${percent(report.thresholds[drawnThreshold()], 0)} error`,
            log: true,
            range: (_, low, high) => logRange(low, high),
        },
        series: all.map((family) => ({
            colour: familyColour(family, all),
            label: family.label,
            width: 2,
            points: { show: true, size: 7 },
        })),
        data: [distinctRates(), ...all.map((family) => byRate(family, neededEpochs))],
        marks: boundMarks(),
        legend: true,
        zoom: false,
    };
}
