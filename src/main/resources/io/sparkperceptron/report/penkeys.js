import { report } from "./data.js";

/** The colour of the cursor on a canvas, which page.css inverts in the dark theme. */
export const CURSOR_COLOUR = "#0067a6";

const STEPS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
    " ": [0, 0],
    Enter: [0, 0],
};

/** The pixel of the shown image to which a key moves the cursor; null for other keys. It starts in the middle. */
export function nextPixel(key, cursor) {
    const { width, height } = report.shown;
    const [column, row] = cursor ?? [Math.floor(width / 2), Math.floor(height / 2)];
    const inside = (place, end) => Math.max(0, Math.min(end - 1, place));
    const step = STEPS[key];
    return step ? [inside(column + step[0], width), inside(row + step[1], height)] : null;
}

/**
 * Lets keys draw on a canvas: arrow keys move a cursor, Space draws there, arrow keys with Shift draw on their way, and
 * Delete clears. show(cursor) gets null when the keys leave; draw(from, to) gets equal pixels for a dot.
 */
export function drawByKeys(canvas, { show, draw, clear }) {
    let cursor = null;
    canvas.addEventListener("keydown", (event) => {
        const to = nextPixel(event.key, cursor);
        if (to) {
            const from = cursor ?? to;
            cursor = to;
            show(cursor);
            if (event.shiftKey || !event.key.startsWith("Arrow")) {
                draw(from, to);
            }
        } else if (event.key === "Delete" || event.key === "Backspace") {
            clear();
        } else {
            return;
        }
        event.preventDefault();
    });
    canvas.addEventListener("blur", () => show(null));
}
