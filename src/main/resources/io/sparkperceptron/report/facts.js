import { report } from "./data.js";
import { byId, element } from "./dom.js";

export function buildFacts() {
    byId("facts-list").replaceChildren(
        ...report.facts.map((group, index) =>
            element(
                "details",
                { open: index === 0 },
                element("summary", {}, group.name),
                element(
                    "dl",
                    {},
                    ...group.rows.flatMap(({ name, value }) => [element("dt", {}, name), element("dd", {}, value)]),
                ),
            ),
        ),
    );
}
