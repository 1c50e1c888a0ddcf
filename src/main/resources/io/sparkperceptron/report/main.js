import { buildAnswers } from "./answers.js";
import { followTheme, repaintAll } from "./colours.js";
import { buildConfusion } from "./confusion.js";
import { buildCurves } from "./curves.js";
import { load, runsWithRate } from "./data.js";
import { byId } from "./dom.js";
import { buildDrawing } from "./drawing.js";
import { buildFacts } from "./facts.js";
import { buildMathematics } from "./formulas.js";
import { keepSection, readFragment, restoreSettings } from "./fragment.js";
import { buildHeader } from "./header.js";
import { buildHistogram } from "./histogram.js";
import { buildRates } from "./rates.js";
import { buildSweep } from "./sweep.js";
import { buildTraining, canTrain } from "./train.js";
import { buildWeights } from "./weights.js";

const BUILDERS = {
    answers: buildAnswers,
    curves: buildCurves,
    sweep: buildSweep,
    rates: buildRates,
    weights: buildWeights,
    "weight-histogram": buildHistogram,
    confusion: buildConfusion,
    draw: buildDrawing,
    train: buildTraining,
    mathematics: buildMathematics,
    facts: buildFacts,
};

const waiting = new Set(Object.keys(BUILDERS));

function build(section) {
    if (waiting.delete(section)) {
        BUILDERS[section]();
        restoreSettings(section);
    }
}

/** Builds sections when they come near the view, and the others one by one in idle time. */
function buildWhenSeen() {
    const observer = new IntersectionObserver(
        (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => build(entry.target.id)),
        { rootMargin: "400px" },
    );
    waiting.forEach((section) => observer.observe(byId(section)));
    const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 50));
    const next = () => {
        const [section] = waiting;
        if (section) {
            build(section);
            idle(next);
        } else {
            document.documentElement.dataset.complete = "true";
        }
    };
    idle(next);
}

/** Marks the section at the top of the view in the list of questions. */
function markSectionInView() {
    const list = document.querySelector("nav ul");
    const links = [...list.querySelectorAll("a")];
    const observer = new IntersectionObserver(
        (entries) =>
            entries.forEach(({ target, isIntersecting }) => {
                const link = links.find((other) => other.hash === `#${target.id}`);
                if (isIntersecting) {
                    link.setAttribute("aria-current", "true");
                    keepSection(target.id);
                    // Only the list scrolls here; scrollIntoView would move the page, too.
                    list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
                } else {
                    link.removeAttribute("aria-current");
                }
            }),
        { rootMargin: "-25% 0px -74% 0px" },
    );
    links.forEach((link) => observer.observe(document.querySelector(link.hash)));
}

/** Draws everything in the light theme before printing, because paper is white. */
function printLight() {
    addEventListener("beforeprint", () => {
        document.documentElement.dataset.printing = "";
        [...waiting].forEach(build);
        repaintAll();
    });
    addEventListener("afterprint", () => {
        delete document.documentElement.dataset.printing;
        repaintAll();
    });
}

/** A section that has nothing to say is not shown. */
function leaveOut(section) {
    waiting.delete(section);
    byId(section).hidden = true;
    document.querySelector(`nav a[href='#${section}']`).parentElement.hidden = true;
}

load(byId("data").textContent);
if (runsWithRate().length === 0) {
    leaveOut("rates");
}
if (!canTrain()) {
    leaveOut("train");
}
readFragment();
followTheme();
buildHeader();
build("answers");
build("curves");
buildWhenSeen();
markSectionInView();
printLight();
document.documentElement.dataset.ready = "true";
