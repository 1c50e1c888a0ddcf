import { chosenRun, hasMomentum, hasRate, report, runsWithRate } from "./data.js";
import { byId, element, say } from "./dom.js";
import { count, DASH, decimal, listed, percent, percentRange } from "./format.js";

const sweepOrder = { column: null, descending: false };

export function sweepColumns() {
    const numeric = (heading, value, show) => ({ heading, value, show: (run) => show(value(run)) });
    const columns = [
        { heading: "run", text: true, value: (run) => report.runs.indexOf(run), show: (run) => run.name },
        { heading: "verdict", text: true, value: (run) => run.verdict.kind, show: verdictButton },
        numeric("training cost", (run) => run.last.train.cost, costText),
        numeric("training error", (run) => run.last.train.error, percent),
        numeric("test cost", (run) => run.last.test.cost, costText),
        numeric("test error", (run) => run.last.test.error, percent),
        {
            heading: "95 % interval",
            value: (run) => run.interval.low,
            show: (run) => percentRange(run.interval),
        },
        {
            heading: "in its last fifth",
            value: ({ lastFifth }) => (lastFifth.low === null ? null : lastFifth.high - lastFifth.low),
            show: ({ lastFifth }) => (lastFifth.low === null ? DASH : percentRange(lastFifth)),
        },
        numeric(`best ${report.chooser} error`, (run) => run.best.error, percent),
        numeric("at epoch", (run) => run.best.epoch, count),
    ];
    if (runsWithRate().length > 0) {
        columns.push(numeric("rate / bound", (run) => (hasRate(run) ? run.rate / run.bound : null), ratioText));
    }
    if (report.chooser === "validation") {
        columns.splice(
            4,
            0,
            numeric("validation error", (run) => run.last.validation.error, percent),
        );
    }
    return columns;
}

/** Rounds to two digits, but never to 1 if a rate is only near its bound. */
function ratioText(ratio) {
    if (ratio === null) {
        return DASH;
    }
    const text = decimal(ratio, 2);
    return text !== "1" || ratio === 1 ? text : ratio < 1 ? "< 1" : "> 1";
}

function costText(cost) {
    return cost === null ? "infinite" : decimal(cost);
}

function verdictButton(run) {
    const { kind, epoch, reason } = run.verdict;
    const button = element("button", { type: "button", title: reason }, `${kind}, ${epoch}`);
    button.setAttribute("aria-describedby", "sweep-reason");
    const tell = () => (byId("sweep-reason").textContent = `${run.name}: ${reason}`);
    ["focus", "click", "pointerenter"].forEach((event) => button.addEventListener(event, tell));
    button.addEventListener("click", () => toggleReason(button.closest("tr"), reason));
    return button;
}

/** Shows a reason below its row after a tap, because the table's end may be out of sight; a second tap removes it. */
function toggleReason(row, reason) {
    const shown = byId("sweep-table").querySelector(".reason");
    const here = shown?.previousElementSibling === row;
    shown?.remove();
    if (!here) {
        const cell = element("td", { colSpan: row.cells.length, className: "text" }, element("span", {}, reason));
        row.after(element("tr", { className: "reason" }, cell));
    }
}

export function buildSweep() {
    say("sweep-text", sweepText());
    const columns = sweepColumns();
    const headings = columns.map((column) => {
        const button = element("button", { type: "button" }, column.heading);
        button.addEventListener("click", () => sortSweep(columns, columns.indexOf(column)));
        return element("th", { scope: "col", className: column.text ? "text" : "" }, button);
    });
    byId("sweep-table").replaceChildren(element("thead", {}, element("tr", {}, ...headings)), element("tbody", {}));
    fillSweep(columns);
    byId("sweep-reasons").replaceChildren(
        ...report.runs.map((run) => element("li", {}, `${run.name}, ${run.verdict.kind}: ${run.verdict.reason}`)),
    );
}

export function sweepText() {
    const kinds = ["steady", "oscillating", "too slow", "saturated", "partly saturated", "diverged"]
        .map((verdict) => [verdict, report.runs.filter((run) => run.verdict.kind === verdict).length])
        .filter(([, runs]) => runs > 0)
        .map(([verdict, runs]) => `${runs} ${verdict}`);
    return [
        report.runs.length === 1
            ? `The only run is ${kinds[0].slice(2)}.`
            : `Of ${report.runs.length} runs: ${listed(kinds)}.`,
        "A verdict has the epoch that first shows it; point at it for the reason.",
        runsWithRate().length > 0
            ? `Rate / bound: below 1, no step${hasMomentum() ? " without momentum" : ""} raises the cost`
              + `${report.weighted ? " with weights" : ""}.`
            : "",
    ];
}

function sortSweep(columns, column) {
    sweepOrder.descending = sweepOrder.column === column && !sweepOrder.descending;
    sweepOrder.column = column;
    byId("sweep-table")
        .querySelectorAll("thead th")
        .forEach((heading, index) => {
            if (index === column) {
                heading.setAttribute("aria-sort", sweepOrder.descending ? "descending" : "ascending");
            } else {
                heading.removeAttribute("aria-sort");
            }
        });
    fillSweep(columns);
}

/** Missing values come last whichever way the column is sorted. */
export function compareValues(first, second, descending) {
    if (first === null || second === null) {
        return (first === null) - (second === null);
    }
    const order = first < second ? -1 : Number(first > second);
    return descending ? -order : order;
}

function fillSweep(columns) {
    const runs = [...report.runs];
    if (sweepOrder.column !== null) {
        const { value } = columns[sweepOrder.column];
        runs.sort((first, second) => compareValues(value(first), value(second), sweepOrder.descending));
    }
    const rows = runs.map((run) =>
        element(
            "tr",
            { className: run === chosenRun() ? "chosen" : "" },
            ...columns.map((column, index) =>
                index === 0
                    ? element("th", { scope: "row" }, column.show(run))
                    : element("td", { className: column.text ? "text" : "" }, column.show(run)),
            ),
        ),
    );
    byId("sweep-table").tBodies[0].replaceChildren(...rows);
}
