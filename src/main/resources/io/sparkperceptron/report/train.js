import { fromZero, logFit, tightFit } from "./axes.js";
import { Chart, drawable } from "./charts.js";
import { themeColour } from "./colours.js";
import {
    allDiverged,
    allLosses,
    bestWithRate,
    choosingError,
    chosenRun,
    distinctRates,
    hasRate,
    isFlat,
    labelOf,
    lossOf,
    preferredRun,
    report,
    runPointAt,
    runsWithRate,
    runsWithWeights,
} from "./data.js";
import { sparseRow, startWorker } from "./descent.js";
import { byId, element, say } from "./dom.js";
import { drawnImage } from "./drawing.js";
import { count, counted, decimal, listed, percent } from "./format.js";
import { inputsOf } from "./perceptrons.js";
import { inkPicture, sampleSheet, withName } from "./pictures.js";

const EPOCHS = 100;
const PAUSE_BEFORE_TRAINING = 100;

/** The slider goes from the smallest of the losses' bounds divided by this to the largest multiplied by this. */
const SLIDER_REACH = 30;

/** The slider also goes to each run's rate that is within this factor of the bounds. */
const MOST_REACH = 1000;

/**
 * What the page trains: the images, drawings of the reader, the rates of the slider, and the training that is shown.
 * The shown training has its loss and rate, the run to compare with, and the measurements so far.
 */
const practice = {
    opened: false,
    images: null,
    drawings: [],
    rates: [],
    charts: null,
    worker: null,
    timer: null,
    shown: null,
};

/** Whether the page has images to train on, and a run to compare with. */
export function canTrain() {
    return Boolean(report.sample) && !allDiverged();
}

export function buildTraining() {
    const begin = runToBeginWith();
    practice.rates = ratesToTry();
    say("train-text", trainingIntroduction());
    byId("train-loss").replaceChildren(...allLosses().map(({ label }) => element("option", { value: label }, label)));
    byId("train-loss").value = begin.loss;
    const slider = byId("train-rate");
    slider.max = practice.rates.length - 1;
    slider.value = practice.rates.indexOf(nearestRate(hasRate(begin) ? begin.rate : lossOf(begin).rate));
    showRate();
    slider.addEventListener("input", showRate);
    slider.addEventListener("input", trainSoon);
    byId("train-loss").addEventListener("change", trainSoon);
    byId("train-go").addEventListener("click", () => (practice.worker ? stopTraining() : trainNow()));
    buildDrawings();
    byId("train").addEventListener("toggle", openTraining);
    openTraining();
}

/** The preferred run; if it has no rate, the best that has. */
export function runToBeginWith() {
    const preferred = preferredRun(report.runs);
    return hasRate(preferred) ? preferred : (bestWithRate() ?? preferred);
}

export function trainingIntroduction() {
    const { trainingLabels, testLabels } = report.sample;
    const { train, test } = report.rows;
    const some = (labels, all) => (labels.length < all ? `${count(labels.length)} of the` : "the");
    return [
        `Your browser trains ${counted(report.classes, "perceptron")} here, from zeros, for ${EPOCHS} epochs on `
            + `${some(trainingLabels, train)} ${count(train)} training images.`,
        `It tests them on ${some(testLabels, test)} ${count(test)} test images.`,
        trainingLabels.length < train || testLabels.length < test ? "These are evenly spread over each set." : "",
        "Move the rate, and see what it would have done.",
    ];
}

/** Rates with few digits around the losses' bounds, and those of runs, ascending. */
export function ratesToTry() {
    const bounds = allLosses().map(({ rate }) => rate);
    const own = distinctRates().filter(
        (rate) => rate > Math.min(...bounds) / MOST_REACH && rate < Math.max(...bounds) * MOST_REACH,
    );
    const low = Math.min(...bounds.map((rate) => rate / SLIDER_REACH), ...own);
    const high = Math.max(...bounds.map((rate) => rate * SLIDER_REACH), ...own);
    const rates = new Set(own);
    for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++) {
        ["1", "1.5", "2", "3", "5", "7"]
            .map((digits) => Number(`${digits}e${exponent}`))
            .filter((rate) => rate >= low && rate <= high)
            .forEach((rate) => rates.add(rate));
    }
    return [...rates].sort((first, second) => first - second);
}

function rateDistance(first, second) {
    return Math.abs(Math.log(first / second));
}

function nearestRate(wanted) {
    const isNearer = (rate, other) => rateDistance(rate, wanted) < rateDistance(other, wanted);
    return practice.rates.reduce((best, rate) => (isNearer(rate, best) ? rate : best));
}

/** The run most like a training: by its loss, then its rate, then its error; null if no run has a rate. */
export function runLike(loss, rate) {
    const order = (run) => [run.loss === loss ? 0 : 1, rateDistance(run.rate, rate), choosingError(run)];
    const before = (first, second) => {
        const differs = first.findIndex((value, index) => value !== second[index]);
        return differs >= 0 && first[differs] < second[differs];
    };
    return runsWithRate().reduce((best, run) => (best && !before(order(run), order(best)) ? best : run), null);
}

function rateShown() {
    return practice.rates[Number(byId("train-rate").value)];
}

function showRate() {
    byId("train-rate-value").textContent = decimal(rateShown());
    byId("train-rate").setAttribute("aria-valuetext", `rate ${decimal(rateShown())}`);
}

/** Reads the images, trains, and makes the charts when the section is open for the first time. */
async function openTraining() {
    if (!byId("train").open || practice.opened) {
        return;
    }
    practice.opened = true;
    await sampleSheet.open();
    const { trainingLabels, testLabels } = report.sample;
    const row = (place) => sparseRow(inputsOf(sampleSheet.grey(place)));
    practice.images = {
        train: trainingLabels.map((_, place) => row(place)),
        test: testLabels.map((_, place) => row(trainingLabels.length + place)),
    };
    trainNow();
    practice.charts = [
        new Chart("train-error-chart", describeTrainingErrors),
        new Chart("train-cost-chart", describeTrainingCosts),
    ];
}

/** Trains when the slider has not moved for a while. */
function trainSoon() {
    clearTimeout(practice.timer);
    if (byId("train").open) {
        practice.timer = setTimeout(trainNow, PAUSE_BEFORE_TRAINING);
    }
}

/** Trains once the images are read. */
function trainNow() {
    practice.worker?.terminate();
    if (!practice.images) {
        return;
    }
    const { images, drawings } = practice;
    const { trainingLabels, testLabels } = report.sample;
    const [loss, rate] = [byId("train-loss").value, rateShown()];
    const run = runLike(loss, rate);
    const { l2, momentum } = run ?? { l2: chosenRun().l2, momentum: 0 };
    practice.shown = {
        loss,
        rate,
        run,
        l2,
        momentum,
        measured: [],
        drawings: drawings.map(({ label }) => ({ label })),
    };
    const task = {
        rows: [...images.train, ...drawings.map(({ grey }) => sparseRow(inputsOf(grey)))],
        labels: [...trainingLabels, ...drawings.map(({ label }) => label)],
        testRows: images.test,
        testLabels,
        classes: report.classes,
        features: report.features,
        classWeights: report.sample.classWeights,
        loss,
        rate,
        l2,
        momentum,
        epochs: EPOCHS,
    };
    try {
        practice.worker = startWorker(task, followTraining, refuseTraining);
        byId("train-go").textContent = "Stop";
    } catch {
        refuseTraining();
    }
}

function followTraining({ measured, answered }) {
    practice.shown.measured.push(...measured);
    if (answered) {
        const first = practice.images.train.length;
        practice.shown.drawings.forEach((sketch, place) => (sketch.answer = answered[first + place]));
        stopTraining();
    }
    practice.charts?.forEach((chart) => chart.draw());
}

function stopTraining() {
    practice.worker.terminate();
    practice.worker = null;
    byId("train-go").textContent = "Train again";
    say("train-result", trainingSentences(practice.shown));
}

function refuseTraining() {
    practice.worker = null;
    byId("train-go").textContent = "Train again";
    say("train-result", ["This browser started no worker for this page, so nothing was trained."]);
}

/** The result of a training here, and that of the run to compare with at the same epoch. */
export function trainingSentences({ loss, rate, run, l2, momentum, measured, drawings }) {
    if (measured.length === 0) {
        return [];
    }
    const end = measured[measured.length - 1];
    const { trainingLabels, testLabels } = report.sample;
    const setting = [
        `loss ${loss}`,
        `rate ${decimal(rate)}`,
        ...(l2 > 0 ? [`l2 ${decimal(l2)}`] : []),
        ...(momentum > 0 ? [`momentum ${decimal(momentum)}`] : []),
    ];
    if (!Number.isFinite(end.cost)) {
        return [
            `With ${listed(setting)}, the cost was no longer finite at epoch ${end.epoch}. The training ended there.`,
        ];
    }
    const trained = trainingLabels.length + drawings.length;
    return [
        `After ${counted(end.epoch, "epoch")} with ${listed(setting)}, ${percent(end.testError, 1)} of `
            + `${count(testLabels.length)} test images are wrong, `
            + `and ${percent(end.trainError, 1)} of ${count(trained)} training images.`,
        costRiseSentence(measured),
        doubtSentence(end.testError, testLabels.length),
        run ? comparisonSentence(run, loss, rate, end.epoch) : "",
        drawingsSentence(drawings.filter(({ answer }) => answer !== undefined)),
    ];
}

function drawingsSentence(answered) {
    if (answered.length > 1) {
        const right = answered.filter(({ label, answer }) => label === answer).length;
        return `It answers ${count(right)} of your ${count(answered.length)} drawings with their classes.`;
    }
    const said = ({ label, answer }) => `It answers your drawing of class ${labelOf(label)} with ${labelOf(answer)}.`;
    return answered.map(said)[0];
}

/** How far chance moves an error; nothing where no image or every image is wrong. */
function doubtSentence(error, images) {
    const spread = 2 * Math.sqrt((error * (1 - error)) / images);
    return spread > 0
        ? `With this few test images, the error is uncertain by ±${(100 * spread).toFixed(1)} points (two standard errors).`
        : "";
}

function costRiseSentence(measured) {
    const taken = measured.slice(1);
    const rises = taken.filter(({ cost }, place) => cost > measured[place].cost).length;
    if (taken.length === 0) {
        return "";
    }
    return rises > 0 ? `Its cost rose in ${count(rises)} of ${counted(taken.length, "step")}.` : "Its cost never rose.";
}

/** A run's error at an epoch, or at the last epoch before it that the page stores. */
function comparisonSentence(run, loss, rate, epoch) {
    const point = runPointAt(run, epoch);
    const error = run.curves.test.error[point];
    const name = run.loss === loss && run.rate === rate ? `The run ${run.name}` : `The run most like it, ${run.name},`;
    return (
        `${name} learned from all ${count(report.rows.train)} training images. At epoch ${report.epochs[point]} it had `
        + `${percent(error)} of ${count(report.rows.test)} test images wrong.`
    );
}

/** A run's values at the epochs of the charts; undefined where the page has none, so that the line goes on. */
function runValues(values, log, factor) {
    const shown = Array(EPOCHS + 1).fill(undefined);
    drawable(values, log, factor).forEach((value, point) => {
        if (report.epochs[point] <= EPOCHS) {
            shown[report.epochs[point]] = value;
        }
    });
    return shown;
}

function describeTraining(label, log, factor, lines) {
    const { measured, run, drawings } = practice.shown;
    const own = counted(practice.images.train.length + drawings.length, "image");
    const values = (quantity) => drawable(measured.map((point) => point[quantity]), log, factor);
    const here = lines.map(({ name, quantity, colour, dash }) => ({
        series: { label: own + name, colour: themeColour(colour), width: 2, dash },
        data: [...values(quantity), ...Array(EPOCHS + 1 - measured.length).fill(null)],
    }));
    const real = run
        ? lines.map(({ name, set, curve, dash }) => ({
              series: { label: `${run.name}${name}`, colour: themeColour("soft"), width: 1.5, dash },
              data: runValues(run.curves[set][curve], log, factor),
          }))
        : [];
    const all = [...real, ...here];
    return {
        x: { label: "epoch", range: tightFit },
        y: { label, log, range: log ? logFit : fromZero },
        series: all.map(({ series }) => series),
        data: [Array.from({ length: EPOCHS + 1 }, (_, epoch) => epoch), ...all.map(({ data }) => data)],
        legend: true,
        zoom: false,
    };
}

function describeTrainingErrors() {
    return describeTraining("error, %", false, 100, [
        { name: ", test", quantity: "testError", set: "test", curve: "error", colour: "first", dash: [] },
        { name: ", training", quantity: "trainError", set: "train", curve: "error", colour: "second", dash: [6, 4] },
    ]);
}

function describeTrainingCosts() {
    return describeTraining("training cost", true, 1, [
        { name: "", quantity: "cost", set: "train", curve: "cost", colour: "second", dash: [] },
    ]);
}

function buildDrawings() {
    if (isFlat() || runsWithWeights().length === 0) {
        byId("train-drawings").hidden = true;
        return;
    }
    byId("train-label").replaceChildren(
        ...Array.from({ length: report.classes }, (_, label) => element("option", { value: label }, labelOf(label))),
    );
    byId("train-add").addEventListener("click", () => {
        const grey = drawnImage();
        byId("train-undrawn").hidden = grey !== null;
        if (grey) {
            showDrawings([...practice.drawings, { grey, label: Number(byId("train-label").value) }]);
        }
    });
    byId("train-remove").addEventListener("click", () => showDrawings([]));
}

function showDrawings(drawings) {
    practice.drawings = drawings;
    byId("train-remove").hidden = drawings.length === 0;
    byId("train-added").replaceChildren(
        ...drawings.map(({ grey, label }) => withName(inkPicture(grey), `Your drawing of class ${labelOf(label)}`)),
    );
    trainSoon();
}
