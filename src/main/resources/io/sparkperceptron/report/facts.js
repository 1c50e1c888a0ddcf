import { report } from "./data.js";
import { byId, element } from "./dom.js";

export function buildFacts() {
    byId("facts-list").replaceChildren(
        ...report.facts.flatMap((group) => [
            element("h3", {}, group.name),
            element(
                "dl",
                {},
                ...group.rows.flatMap(({ name, value }) => [element("dt", {}, name), element("dd", {}, value)]),
            ),
        ]),
    );
}
