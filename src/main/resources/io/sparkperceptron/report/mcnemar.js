import { bestRuns, countedExamples, exampleWord, report, runNamed } from "./data.js";
import { byId, fillRunSelect, followRunChoice, say } from "./dom.js";
import { count, decimal, probability } from "./format.js";

/** Compares the page's run with another. */
export function buildMcnemar() {
    const runs = comparedRuns();
    say("mcnemar-text", mcnemarText());
    followRunChoice("mcnemar-a", runs, sayMcnemar);
    fillRunSelect("mcnemar-b", runs, nextBest(runNamed(byId("mcnemar-a").value)), sayMcnemar);
    sayMcnemar();
}

function comparedRuns() {
    return report.comparison.runs.map((index) => report.runs[index]);
}

/** Diverged runs have no mistakes to compare. */
function finiteRuns() {
    return report.runs.filter((run) => run.ending !== "DIVERGED");
}

export function mcnemarText() {
    return [
        `Only test ${exampleWord()} that exactly one of two runs gets wrong can tell the two apart.`,
        "McNemar's test asks how likely a split this uneven would be if a fair coin decided each of these.",
        "If you choose the pair that looks most different, its p is too small.",
        comparedRuns().length < finiteRuns().length
            ? `This page compares the ${count(comparedRuns().length)} runs with the lowest ${report.chooser} error; `
              + `it has no room for all ${count(finiteRuns().length)}.`
            : "",
    ];
}

/** The best of the runs to compare a run with. */
export function nextBest(run) {
    return bestRuns(comparedRuns()).find((other) => other !== run);
}

function sayMcnemar() {
    const a = runNamed(byId("mcnemar-a").value);
    const b = runNamed(byId("mcnemar-b").value);
    byId("mcnemar-result").textContent = a === b ? "Choose another run to compare." : mcnemarSentence(a, b);
}

/** The place of two runs in the lists of pairs; NaN if there was no room for these runs on this page. */
function pairOf(a, b) {
    const [first, second] = [a, b].map((run) => comparedRuns().indexOf(run));
    return first < 0 || second < 0 ? NaN : first * comparedRuns().length + second;
}

/** The p-value of the test; undefined if there was no room for these runs on this page. */
export function pValueOf(a, b) {
    return report.comparison.pValues[pairOf(a, b)];
}

export function mcnemarSentence(a, b) {
    const { onlyFirstWrong, chiSquares } = report.comparison;
    const onlyA = onlyFirstWrong[pairOf(a, b)];
    const onlyB = onlyFirstWrong[pairOf(b, a)];
    const counts =
        `Only ${a.name} is wrong on ${countedExamples(onlyA, "test ")}, only ${b.name} on ${count(onlyB)}`;
    if (onlyA + onlyB === 0) {
        return counts + ": they are wrong on exactly the same ones.";
    }
    // The exact test has no chi-square.
    const chiSquare = chiSquares[pairOf(a, b)];
    const test = Number.isNaN(chiSquare)
        ? "exact binomial test"
        : `chi-square ${decimal(chiSquare)} with continuity correction`;
    const better = onlyA < onlyB ? a.name : b.name;
    const verdict =
        pValueOf(a, b) < 0.05
            ? `${better} is better, and chance alone would rarely make a difference this large.`
            : "chance alone could well make a difference this large, so neither is shown to be better.";
    return `${counts} (${test}, ${probability(pValueOf(a, b))}): ${verdict}`;
}
