import { fromZero, logRange } from "./axes.js";
import { Chart, drawable } from "./charts.js";
import { themeColour } from "./colours.js";
import { report, runNamed } from "./data.js";
import { byId, followRunChoice, say } from "./dom.js";
import { count, counted, decimal, share } from "./format.js";
import { total } from "./numerics.js";

/** Two counts differ by more than this many standard deviations in one of twenty cases by chance. */
const BY_CHANCE = 1.645;

export function buildHistogram() {
    const runs = report.runs.filter((run) => run.measured);
    if (runs.length === 0) {
        say("histogram-text", ["No run here has finite weights to count."]);
        byId("histogram").hidden = true;
        byId("histogram-run").closest(".controls").hidden = true;
        return;
    }
    followRunChoice("histogram-run", runs, () => {
        sayHistogram();
        chart.draw();
    });
    byId("histogram-log").addEventListener("change", () => chart.draw());
    sayHistogram();
    const chart = new Chart("histogram", describeHistogram);
}

function sayHistogram() {
    const run = runNamed(byId("histogram-run").value);
    byId("histogram-heading").textContent = histogramHeading(run);
    say("histogram-text", histogramText(run));
}

/** Only a histogram with a peak at zero is asked why. */
export function histogramHeading(run) {
    return peaksAtZero(run) ? "Why does the histogram of weights peak at zero?" : "How are the weights distributed?";
}

/** The bin around zero and its weights, with those that never moved; and the totals of all bins. */
export function peakOf(run) {
    const { moving, still, width } = run.measured.histogram;
    const centre = (moving.length - 1) / 2;
    const all = moving.map((weights, bin) => weights + still[bin]);
    return { centre, all, peak: all[centre], still: still[centre], width };
}

/**
 * Whether the histogram peaks at zero. No bin may have more weights than the one around zero, and each bin that is far
 * from zero must have fewer, by more than chance.
 */
export function peaksAtZero(run) {
    const { centre, all, peak } = peakOf(run);
    const isMore = (one, other) => one - other > BY_CHANCE * Math.sqrt(one + other);
    return all.every((weights, bin) =>
        Math.abs(bin - centre) > all.length / 8 ? isMore(peak, weights) : !isMore(weights, peak),
    );
}

export function histogramText(run) {
    const { moving, still, width, rarelyInked } = run.measured.histogram;
    const { centre, peak } = peakOf(run);
    const all = total(moving) + total(still);
    const unexplained = rarelyInked === null || run.lastEpoch === 0 || !peaksAtZero(run);
    return [
        run.lastEpoch === 0 ? "After 0 epochs every weight is where it started." : "",
        `Of the ${count(all)} weights of ${run.name}, ${count(peak)} (${share(peak / all)}) are within `
            + `±${decimal(width / 2, 2)} of zero.`,
        peaksAtZero(run) ? "" : noPeakSentence(run),
        stillSentence(run, total(still), still[centre]),
        unexplained
            ? ""
            : `Of the other ${count(moving[centre])} weights there, ${share(rarelyInked)} belong to features `
              + "that are zero in more than 99 of 100 training examples: their gradient is a mean over all examples, "
              + "so it is tiny.",
        !unexplained && rarelyInked < 1
            ? "The rest belong to features that the training has found to say little for or against a class."
            : "",
    ];
}

function noPeakSentence(run) {
    const { centre, all, width } = peakOf(run);
    const most = Math.max(...all);
    const fullest = all.indexOf(most);
    return (
        "There is no clear peak at zero"
        + (all[centre] === most
            ? "."
            : `: most, ${count(most)}, are within ±${decimal(width / 2, 2)} of ${decimal((fullest - centre) * width, 2)}.`)
    );
}

function stillSentence(run, still, stillAtZero) {
    if (report.neverMoving === 0) {
        return "Every feature occurs in some training example, so none is held still.";
    }
    const held =
        `${counted(report.neverMoving, "feature")} of ${count(report.features)} `
        + `${report.neverMoving === 1 ? "is" : "are"} `
        + "zero in every training example. "
        + (report.startsAtZero || run.l2 === 0
            ? "Their gradient is zero in every epoch, so their weights "
              + `(${count(still)} in all classes) stay where they started`
            : `Only the penalty moves their weights (${count(still)} in all classes)`);
    return report.startsAtZero
        ? held + ": at zero."
        : held + `; ${count(stillAtZero)} of them ${stillAtZero === 1 ? "is" : "are"} in the middle bin.`;
}

function countOrNothing(number) {
    return number === undefined ? "" : count(number);
}

function describeHistogram() {
    const { moving, still, width } = runNamed(byId("histogram-run").value).measured.histogram;
    const log = byId("histogram-log").checked;
    const centre = (moving.length - 1) / 2;
    const middles = moving.map((_, bin) => (bin - centre) * width);
    // Heights do not add up on a logarithmic axis, so there the two bars stand side by side. On a linear one the sum
    // lies behind the moving weights.
    const behind = log ? still : moving.map((value, bin) => value + still[bin]);
    const look = (name, align) => ({
        colour: themeColour(name),
        fill: themeColour(name),
        width: 0,
        paths: uPlot.paths.bars({ size: [log ? 0.45 : 0.9, 60], align: log ? align : 0 }),
    });
    return {
        x: { label: "weight", range: () => [-(centre + 1) * width, (centre + 1) * width] },
        y: { label: "number of weights", log, range: log ? (_, low, high) => logRange(0.9, high) : fromZero },
        series: [
            { ...look("second", 1), label: "features always zero", value: (_, bin) => countOrNothing(still[bin]) },
            { ...look("first", -1), label: "other features", value: (_, bin) => countOrNothing(moving[bin]) },
        ],
        data: [middles, drawable(behind, log), drawable(moving, log)],
        table: [middles, still, moving],
        legend: true,
        zoom: false,
    };
}
