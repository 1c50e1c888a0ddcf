/** Makes a button move a slider step by step to its end; draw() shows each step. */
export function playWith(button, slider, draw) {
    let timer = null;
    const show = (playing) => {
        button.textContent = playing ? "Pause" : "Play";
        button.setAttribute("aria-pressed", String(playing));
    };
    const stop = () => {
        clearInterval(timer);
        timer = null;
        show(false);
    };
    const step = () => {
        slider.value = Number(slider.value) + 1;
        draw();
        if (slider.value === slider.max) {
            stop();
        }
    };
    button.addEventListener("click", () => {
        if (timer) {
            stop();
            return;
        }
        if (slider.value === slider.max) {
            slider.value = 0;
        }
        draw();
        show(true);
        timer = setInterval(step, Math.max(80, Math.min(600, 6000 / (Number(slider.max) + 1))));
    });
}
