"use strict";

/** The weights of every filmed epoch and of the end: values(label) times unit are weights. */
function framesOf(run) {
    const filmed = run.film
        .filter((frame) => run.weights === null || frame.epoch < run.lastEpoch)
        .map((frame) => {
            const values = signedBytes(frame.weights);
            return {
                epoch: frame.epoch,
                scale: frame.scale,
                unit: frame.scale / 127,
                values: (label) => values.subarray(label * report.features, (label + 1) * report.features),
            };
        });
    if (run.weights === null) {
        return filmed;
    }
    const labels = [...Array(report.classes).keys()];
    const scale = Math.max(...labels.map((label) => largestMagnitude(classWeights(run, label))));
    return [
        ...filmed,
        { epoch: run.lastEpoch, scale, unit: 1, values: (label) => classWeights(run, label), final: true },
    ];
}

function togglePlay() {
    if (sheetView.timer) {
        stopPlay();
        return;
    }
    const slider = byId("weights-epoch");
    if (slider.value === slider.max) {
        slider.value = 0;
    }
    drawSheet();
    byId("weights-play").textContent = "Pause";
    byId("weights-play").setAttribute("aria-pressed", "true");
    sheetView.timer = setInterval(
        () => {
            slider.value = Number(slider.value) + 1;
            drawSheet();
            if (slider.value === slider.max) {
                stopPlay();
            }
        },
        Math.max(80, Math.min(600, 6000 / sheetView.frames.length)),
    );
}

function stopPlay() {
    clearInterval(sheetView.timer);
    sheetView.timer = null;
    byId("weights-play").textContent = "Play";
    byId("weights-play").setAttribute("aria-pressed", "false");
}
