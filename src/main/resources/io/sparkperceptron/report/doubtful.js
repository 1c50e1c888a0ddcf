import { exampleWord, labelOf, report } from "./data.js";
import { byId, element, say } from "./dom.js";
import { count, counted, decimal } from "./format.js";
import { doubtfulSheet, inkPicture } from "./pictures.js";

/** Lists the training rows whose held-out scores speak most against their labels. */
export async function buildDoubtful() {
    say("doubtful-text", doubtfulText());
    const { rows, labels, predictions, margins } = report.doubtful;
    await doubtfulSheet.open();
    byId("doubtful-rows").replaceChildren(
        ...rows.map((row, place) =>
            element(
                "li",
                {},
                doubtfulSheet.isOpen ? inkPicture(doubtfulSheet.grey(place)) : "",
                element("span", {}, `${labelOf(labels[place])}, or ${labelOf(predictions[place])}?`),
                element("span", { className: "note" }, `row ${row}, ${decimal(margins[place], 3)}`),
            ),
        ),
    );
}

export function doubtfulText() {
    const { run, epoch, wrong, rows } = report.doubtful;
    if (wrong === 0) {
        return [`The models of ${run} without each fold agree with the labels of all training ${exampleWord()}.`];
    }
    return [
        `The training ${exampleWord()} of each fold have scores by the model of ${run} that has not seen this fold, `
            + `after ${counted(epoch, "epoch")}.`,
        `On ${count(wrong)} of ${count(report.rows.train)} another class than the label has the largest score.`,
        "The margin is z of the label minus the largest z of another class: the lower, the more doubtful is the label.",
        rows.length < wrong
            ? `Here are the ${count(rows.length)} lowest; doubtful-labels.csv has more.`
            : "Here are all of them, the lowest first.",
        "A low margin can also mean that the label is right and the perceptrons are wrong.",
    ];
}
