import { onThemeChange } from "./colours.js";
import { allDiverged, classNumbers, countedExamples, exampleWord, hasRate, labelOf, report, runNamed, spreadSentence } from "./data.js";
import { byId, element, followRunChoice, say } from "./dom.js";
import { buildExamplePanel, repaintExample, showExample } from "./evidence.js";
import { count, listed, percent } from "./format.js";
import { keep, keptSetting } from "./fragment.js";
import { total } from "./numerics.js";
import { exampleSheet, inkPicture, meanSheet } from "./pictures.js";

const CELL = "cell";

export function buildConfusion() {
    const runs = report.runs.filter((run) => run.measured?.confusion);
    if (runs.length === 0) {
        byId("confusion-run").closest(".controls").hidden = true;
        byId("cell-panel").hidden = true;
        say("confusion-text", [
            allDiverged()
                ? "No run here ended with finite weights, so none has answers to look at."
                : "There are too many classes to show who is taken for whom: see confusion.csv in images.",
        ]);
        return;
    }
    followRunChoice("confusion-run", runs, openConfusion);
    byId("confusion-key").textContent =
        "Rows are labels, columns are answers." + (report.examples ? " Choose a cell to see its images." : "");
    byId("cell-panel").hidden = !report.examples;
    byId("confusion-matrix").addEventListener("keydown", moveInMatrix);
    byId("cell-images").addEventListener("keydown", moveInTiles);
    if (report.examples) {
        buildExamplePanel();
        onThemeChange(repaintExample);
    }
    openConfusion();
}

function openConfusion() {
    const run = runNamed(byId("confusion-run").value);
    say("confusion-text", ...confusionText(run));
    fillMatrix(run);
    if (report.examples) {
        const [worst] = confusedPairs(run);
        const classes = classesInMatrix(run);
        const [first] = classes;
        openCell(...(cellIn(keptSetting(CELL), classes) ?? [worst?.label ?? first, worst?.prediction ?? first]));
    }
}

/** The label and the answer of the cell in the URL; null if there is no such cell. */
export function cellIn(text = "", classes) {
    const [label, prediction] = text.split(",").map((place) => classes.find((number) => String(number) === place));
    return label === undefined || prediction === undefined ? null : [label, prediction];
}

function confusionAt(run, label, prediction) {
    return run.measured.confusion[label * report.classes + prediction];
}

/** The classes that a run answers, or that have examples. */
export function classesInMatrix(run) {
    const answered = run.measured.confusion.flatMap((rows, cell) => (rows > 0 ? [cell % report.classes] : []));
    return classNumbers(...new Set(answered));
}

/** Mistakes by label and answer, the most frequent first. */
export function confusedPairs(run) {
    const classes = classesInMatrix(run);
    return classes
        .flatMap((label) =>
            classes.map((prediction) => ({ label, prediction, rows: confusionAt(run, label, prediction) })),
        )
        .filter(({ label, prediction, rows }) => label !== prediction && rows > 0)
        .sort((first, second) => second.rows - first.rows);
}

export function confusionText(run) {
    const pairs = confusedPairs(run);
    if (pairs.length === 0) {
        return [[`${run.name} gets every test example right, so there is no mistake to explain.`]];
    }
    const named = pairs
        .slice(0, 3)
        .map(({ label, prediction, rows }) => `${labelOf(label)} taken for ${labelOf(prediction)} (${count(rows)})`);
    return [
        [
            `${run.name} gets ${count(total(pairs.map((pair) => pair.rows)))} of ${count(total(run.measured.confusion))} `
                + `test ${exampleWord()} wrong. `
                + `Most frequent: ${listed(named)}.`,
            answersSentence(run),
            neverAnsweredSentence(run),
        ],
        [reasonSentence(run)],
    ];
}

function neverAnsweredSentence(run) {
    const never = classNumbers().filter((prediction) =>
        classNumbers().every((label) => confusionAt(run, label, prediction) === 0),
    );
    return never.length > 0 ? `It never answers ${listed(never.map(labelOf), "or")}.` : "";
}

/** Where the run's mistakes come from depends on its verdict. */
function reasonSentence(run) {
    switch (run.verdict.kind) {
        case "saturated":
        case "partly saturated":
            return "This run saturated: a unit that is wrong where z is far from 0 hardly learns any more.";
        case "too slow":
            return `This run was too slow: more epochs${hasRate(run) ? " or a larger rate" : ""} would change these mistakes.`;
        case "oscillating":
            return `This run oscillates, and its mistakes with it. ${spreadSentence(run)}`;
        default:
            return report.image
                ? "A perceptron cannot move, turn or bend its template: it confuses classes that share most of their ink."
                : "A perceptron adds up features one by one: it confuses classes whose sums overlap.";
    }
}

function answersSentence(run) {
    const { none, several, ties } = run.measured.answers;
    const shared = ties > 0 ? ` On ${count(ties)} the largest score is shared, and the lowest class wins.` : "";
    return (
        `On ${countedExamples(none, "test ")} no perceptron says yes (z > 0), on ${count(several)} several do: `
        + "the largest score decides."
        + shared
    );
}

function fillMatrix(run) {
    const largest = Math.max(1, ...confusedPairs(run).map((pair) => pair.rows));
    const { recalls } = run.measured;
    const classes = classesInMatrix(run);
    const head = element(
        "tr",
        {},
        element("td"),
        ...classes.map((label) => matrixHeader("col", label)),
        element("th", { scope: "col" }, "recall"),
    );
    const rows = classes.map((label) =>
        element(
            "tr",
            {},
            matrixHeader("row", label),
            ...classes.map((prediction) => element("td", {}, matrixButton(run, label, prediction, largest))),
            element("td", { className: "recall" }, percent(recalls[label], 1)),
        ),
    );
    byId("confusion-matrix").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
    byId("confusion-matrix").querySelector("button").tabIndex = 0;
}

/** A name that is too long for its column is whole in its title. */
function matrixHeader(scope, label) {
    return element("th", { scope, title: labelOf(label) }, labelOf(label));
}

/** The Tab key stops once at the matrix; arrows, Home and End move within it. */
function moveInMatrix(event) {
    const from = event.target.closest("button");
    const buttons = matrixButtons();
    const side = Math.sqrt(buttons.length);
    const place = buttons.indexOf(from);
    const column = place % side;
    const to = {
        ArrowLeft: column > 0 ? place - 1 : place,
        ArrowRight: column < side - 1 ? place + 1 : place,
        ArrowUp: place - side,
        ArrowDown: place + side,
        Home: place - column,
        End: place - column + side - 1,
    }[event.key];
    if (to === undefined) {
        return;
    }
    event.preventDefault();
    if (buttons[to]) {
        from.tabIndex = -1;
        buttons[to].tabIndex = 0;
        buttons[to].focus();
    }
}

/** The Tab key stops once at a cell's tiles, too. */
function moveInTiles(event) {
    const tiles = [...byId("cell-images").querySelectorAll("button")];
    const from = tiles.indexOf(event.target.closest("button"));
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: tiles.length - 1 }[event.key];
    if (next !== undefined) {
        event.preventDefault();
        tiles[next]?.focus();
    }
}

function matrixButtons() {
    return [...byId("confusion-matrix").querySelectorAll("button")];
}

function matrixButton(run, label, prediction, largest) {
    const rows = confusionAt(run, label, prediction);
    const right = label === prediction;
    const button = element(
        "button",
        { type: "button", tabIndex: -1, dataset: { label, prediction } },
        rows === 0 ? "·" : String(rows),
    );
    // The name has the number as shown, so that users of speech input can say what they see.
    button.setAttribute("aria-label", `label ${labelOf(label)}, answer ${labelOf(prediction)}: ${rows}`);
    const strength = right ? 0.22 : 0.75 * Math.sqrt(rows / largest);
    button.style.background = rows === 0 ? "transparent" : `rgba(var(--${right ? "cell" : "wrong"}), ${strength})`;
    if (report.examples) {
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
            keep(CELL, `${label},${prediction}`);
            openCell(label, prediction);
        });
    }
    return button;
}

async function openCell(label, prediction) {
    const run = runNamed(byId("confusion-run").value);
    matrixButtons().forEach((button) => {
        const opened = button.dataset.label === String(label) && button.dataset.prediction === String(prediction);
        button.setAttribute("aria-pressed", String(opened));
        button.tabIndex = opened ? 0 : -1;
    });
    const rows = confusionAt(run, label, prediction);
    const indices = run.measured.cells[`${label},${prediction}`] ?? [];
    byId("cell-text").textContent = cellSentence(label, prediction, rows, indices.length);
    byId("example-panel").hidden = true;
    byId("cell-images").replaceChildren();
    await Promise.all([exampleSheet.open(), meanSheet.open()]);
    byId("cell-images").replaceChildren(...indices.map((index) => tileButton(run, index, prediction)));
    byId("cell-images").querySelector("button")?.click();
}

export function cellSentence(label, prediction, rows, shown) {
    const what = `Label ${labelOf(label)}, answer ${labelOf(prediction)}: ${countedExamples(rows, "")}`;
    if (rows === 0) {
        return what + ".";
    }
    if (shown === 0) {
        return what + "; none of them is stored in this page.";
    }
    return what + (shown < rows ? `, of which this page stores ${count(shown)}.` : ", the most confident first.");
}

function tileButton(run, index, prediction) {
    const label = report.examples.labels[index];
    const button = element(
        "button",
        { type: "button", tabIndex: -1, ariaLabel: `Test image ${report.examples.rows[index]}, label ${labelOf(label)}` },
        inkPicture(exampleSheet.grey(index)),
    );
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
        byId("cell-images")
            .querySelectorAll("button")
            .forEach((other) => {
                other.setAttribute("aria-pressed", String(other === button));
                other.tabIndex = other === button ? 0 : -1;
            });
        showExample(run, index, prediction);
    });
    return button;
}
