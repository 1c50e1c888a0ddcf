import { keep, keptSetting } from "./fragment.js";

const OPEN = "open";

function foldedSections() {
    return [...document.querySelectorAll(".folded")];
}

/**
 * Folded sections are built when they open: by a click or a key, a link, the URL, a search in the page, or for paper.
 */
export function followFolded(opened) {
    for (const section of foldedSections()) {
        section.addEventListener("toggle", () => {
            if (section.open) {
                opened(section.id);
            }
            keepOpen();
        });
    }
    const unfold = (id) => {
        const section = document.getElementById(id)?.closest(".folded");
        if (section) {
            section.open = true;
            opened(section.id);
        }
    };
    const unfoldTarget = (hash) => unfold(hash.slice(1).split("&")[0]);
    keptSetting(OPEN)?.split(",").forEach(unfold);
    unfoldTarget(location.hash);
    addEventListener("hashchange", () => unfoldTarget(location.hash));
    // A second click on a link does not change the URL.
    document.addEventListener("click", ({ target }) => unfoldTarget(target.closest("a[href^='#']")?.hash ?? ""));
}

function keepOpen() {
    const open = foldedSections().filter((section) => section.open);
    keep(OPEN, open.length > 0 ? open.map(({ id }) => id).join(",") : null);
}

/** Unfolds all sections for paper; folds them again afterwards. */
export function unfoldForPaper() {
    const closed = foldedSections().filter((section) => !section.open && !section.hidden);
    closed.forEach((section) => (section.open = true));
    addEventListener("afterprint", () => closed.forEach((section) => (section.open = false)), { once: true });
}
