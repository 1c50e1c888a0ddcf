import { buildAnswers } from "./answers.js";
import { followTheme, repaintAll } from "./colours.js";
import { buildConfusion } from "./confusion.js";
import { buildCurves } from "./curves.js";
import { buildCurvature } from "./curvature.js";
import { load, report, runsWithRate } from "./data.js";
import { buildRunChoice, byId } from "./dom.js";
import { buildDoubtful } from "./doubtful.js";
import { buildDrawing } from "./drawing.js";
import { buildFacts } from "./facts.js";
import { followFolded, unfoldForPaper } from "./folded.js";
import { buildMathematics } from "./formulas.js";
import { goToSection, keepSection, readFragment, restoreSettings } from "./fragment.js";
import { buildHeader } from "./header.js";
import { buildHistogram } from "./histogram.js";
import { buildMcnemar } from "./mcnemar.js";
import { buildRates } from "./rates.js";
import { buildStep } from "./step.js";
import { buildSweep } from "./sweep.js";
import { buildTraining, canTrain } from "./train.js";
import { buildWeights } from "./weights.js";

const BUILDERS = {
    answers: buildAnswers,
    curves: buildCurves,
    sweep: buildSweep,
    rates: buildRates,
    weights: () => {
        buildWeights();
        buildHistogram();
    },
    confusion: buildConfusion,
    draw: buildDrawing,
    train: buildTraining,
    step: buildStep,
    curvature: buildCurvature,
    mcnemar: buildMcnemar,
    doubtful: buildDoubtful,
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

function waitingAndOpen() {
    return [...waiting].filter((section) => byId(section).open !== false);
}

/** Builds open sections when they come near the view, and the others one by one in idle time. */
function buildWhenSeen() {
    const observer = new IntersectionObserver(
        (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => build(entry.target.id)),
        { rootMargin: "400px" },
    );
    waitingAndOpen().forEach((section) => observer.observe(byId(section)));
    const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 50));
    const next = () => {
        const [section] = waitingAndOpen();
        if (section) {
            build(section);
            idle(next);
        } else {
            document.documentElement.dataset.complete = "true";
        }
    };
    idle(next);
}

/** Marks the section at the top of the view in the list of questions. Folded sections share a mark. */
function markSectionInView() {
    const list = document.querySelector("nav ul");
    const links = [...list.querySelectorAll("a")];
    const observer = new IntersectionObserver(
        (entries) =>
            entries.forEach(({ target, isIntersecting }) => {
                const link = links.find((other) => other.hash === `#${target.id}`);
                if (isIntersecting) {
                    keepSection(target.id);
                }
                if (isIntersecting && link) {
                    link.setAttribute("aria-current", "true");
                    // Only the list scrolls here; scrollIntoView would move the page, too.
                    list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
                } else {
                    link?.removeAttribute("aria-current");
                }
            }),
        { rootMargin: "-25% 0px -74% 0px" },
    );
    document.querySelectorAll("main > section, .folded").forEach((section) => observer.observe(section));
}

/** Draws everything in the light theme before printing, because paper is white. */
function printLight() {
    addEventListener("beforeprint", () => {
        document.documentElement.dataset.printing = "";
        unfoldForPaper();
        [...waiting].forEach(build);
        repaintAll();
    });
    addEventListener("afterprint", () => {
        delete document.documentElement.dataset.printing;
        repaintAll();
    });
}

/** Hides a section that has nothing to show. */
function leaveOut(section) {
    waiting.delete(section);
    byId(section).hidden = true;
    document.querySelector(`nav a[href='#${section}']`)?.parentElement.remove();
}

load(byId("data").textContent);
if (runsWithRate().length === 0) {
    ["rates", "step"].forEach(leaveOut);
}
if (!runsWithRate().some((run) => run.rate > run.bound && run.measured)) {
    leaveOut("curvature");
}
if (report.comparison.runs.length < 2) {
    leaveOut("mcnemar");
}
if (!report.doubtful) {
    leaveOut("doubtful");
}
if (!canTrain()) {
    leaveOut("train");
}
readFragment();
followTheme();
buildHeader();
buildRunChoice();
restoreSettings("run-choice");
build("answers");
build("curves");
followFolded(build);
goToSection();
buildWhenSeen();
markSectionInView();
printLight();
document.documentElement.dataset.ready = "true";
