"use strict";

const EXACT_UP_TO = 1000;

function buildMcnemar() {
    if (report.runs.length < 2) {
        byId("mcnemar-controls").hidden = true;
        byId("mcnemar-text").replaceChildren();
        byId("mcnemar-result").textContent = "A comparison needs two runs; this training has one.";
        return;
    }
    say("mcnemar-text", [
        `Two runs answer the same test ${exampleWord()}, so only those that exactly one of them gets wrong can `
            + "tell them apart.",
        "McNemar's test asks how likely so uneven a split would be if each of these fell to either run like a "
            + "fair coin.",
        "Picking the pair that looks most different makes its p too small.",
    ]);
    fillRunSelect("mcnemar-a", report.runs, chosenRun().name, sayMcnemar);
    fillRunSelect("mcnemar-b", report.runs, runnerUp().name, sayMcnemar);
    sayMcnemar();
}

function runnerUp() {
    const last = (run) => run.final[report.chooserError] ?? Infinity;
    return report.runs
        .filter((run) => run !== chosenRun())
        .reduce((best, run) => (last(run) < last(best) ? run : best));
}

function sayMcnemar() {
    const a = runOf("mcnemar-a");
    const b = runOf("mcnemar-b");
    byId("mcnemar-result").textContent = a === b ? "Choose two different runs." : mcnemarSentence(a, b);
}

function mcnemarSentence(a, b) {
    const runs = report.runs.length;
    const [indexA, indexB] = [report.runs.indexOf(a), report.runs.indexOf(b)];
    const onlyA = report.onlyFirstWrong[indexA * runs + indexB];
    const onlyB = report.onlyFirstWrong[indexB * runs + indexA];
    const counts =
        `Only ${a.name} is wrong on ${count(onlyA)} test ${exampleWord()}, only ${b.name} on ` + `${count(onlyB)}`;
    if (onlyA + onlyB === 0) {
        return counts + ": they are wrong on exactly the same ones.";
    }
    const exact = onlyA + onlyB <= EXACT_UP_TO;
    const square = correctedChiSquare(onlyA, onlyB);
    const p = exact ? exactBinomial(onlyA, onlyB) : chiSquareTail(square);
    const test = exact ? "exact binomial test" : `chi-square ${decimal(square)} with continuity correction`;
    const better = onlyA < onlyB ? a.name : b.name;
    const verdict =
        p < 0.05
            ? `${better} is better, and chance alone would rarely make a difference this large.`
            : "chance alone could well make a difference this large, so neither is shown to be better.";
    return `${counts} (${test}, ${probability(p)}): ${verdict}`;
}
