import { onThemeChange } from "./colours.js";
import { report } from "./data.js";
import { byId } from "./dom.js";
import { CURSOR_COLOUR, drawByKeys } from "./penkeys.js";

const SCREEN_PIXELS = 9;

/** How much ink one touch adds or takes: at the pixel under the pointer, and at the four beside it. */
const TOUCH = 200;
const TOUCH_BESIDE = 60;
const BESIDE = [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
];

/** An image to which a reader adds ink, or erases it, pixel by pixel, with a pointer or with keys. */
export class InkPad {
    constructor(canvasId, eraserId, changed) {
        this.canvas = byId(canvasId);
        this.changed = changed;
        this.grey = null;
        this.cursor = null;
        this.last = null;
        this.canvas.width = report.shown.width * SCREEN_PIXELS;
        this.canvas.height = report.shown.height * SCREEN_PIXELS;
        this.canvas.addEventListener("pointerdown", (event) => {
            event.preventDefault();
            this.canvas.focus({ preventScroll: true });
            this.canvas.setPointerCapture(event.pointerId);
            this.last = this.#pixelUnder(event);
            this.#touch([this.last]);
        });
        this.canvas.addEventListener("pointermove", (event) => this.last && this.#stroke(this.#pixelUnder(event)));
        ["pointerup", "pointercancel"].forEach((kind) => this.canvas.addEventListener(kind, () => (this.last = null)));
        drawByKeys(this.canvas, {
            show: (cursor) => this.#moveCursor(cursor),
            draw: (_, to) => this.#touch([to]),
            clear: () => this.#clear(),
        });
        this.eraser = byId(eraserId);
        this.eraser.addEventListener("click", () =>
            this.eraser.setAttribute("aria-pressed", String(this.eraser.getAttribute("aria-pressed") !== "true")),
        );
        onThemeChange(() => this.#draw());
    }

    show(grey) {
        this.grey = Uint8Array.from(grey);
        this.cursor = null;
        this.#draw();
    }

    #pixelUnder(event) {
        const frame = this.canvas.getBoundingClientRect();
        return [
            Math.floor(((event.clientX - frame.left) / frame.width) * report.shown.width),
            Math.floor(((event.clientY - frame.top) / frame.height) * report.shown.height),
        ];
    }

    /** Touches every pixel between the last one and this one. */
    #stroke(to) {
        const from = this.last;
        const length = Math.max(...to.map((place, axis) => Math.abs(place - from[axis])));
        const along = (step) => from.map((place, axis) => Math.round(place + ((to[axis] - place) * step) / length));
        this.last = to;
        if (length > 0) {
            this.#touch(Array.from({ length }, (_, step) => along(step + 1)));
        }
    }

    #moveCursor(cursor) {
        this.cursor = cursor;
        this.#draw();
    }

    #clear() {
        this.grey?.fill(0);
        this.#draw();
        this.changed();
    }

    #touch(pixels) {
        const sign = this.eraser.getAttribute("aria-pressed") === "true" ? -1 : 1;
        for (const [column, row] of pixels) {
            this.#add(column, row, sign * TOUCH);
            for (const [across, down] of BESIDE) {
                this.#add(column + across, row + down, sign * TOUCH_BESIDE);
            }
        }
        this.#draw();
        this.changed();
    }

    #add(column, row, ink) {
        const { width, height } = report.shown;
        if (this.grey && column >= 0 && row >= 0 && column < width && row < height) {
            const pixel = row * width + column;
            // The last line may end early: the array ignores writes beyond its end.
            this.grey[pixel] = Math.max(0, Math.min(255, this.grey[pixel] + ink));
        }
    }

    #draw() {
        if (!this.grey) {
            return;
        }
        const context = this.canvas.getContext("2d");
        context.clearRect(0, 0, this.canvas.width, this.canvas.height);
        this.grey.forEach((ink, pixel) => {
            context.fillStyle = `rgba(0, 0, 0, ${ink / 255})`;
            const [column, row] = [pixel % report.shown.width, Math.floor(pixel / report.shown.width)];
            context.fillRect(column * SCREEN_PIXELS, row * SCREEN_PIXELS, SCREEN_PIXELS, SCREEN_PIXELS);
        });
        if (this.cursor) {
            context.strokeStyle = CURSOR_COLOUR;
            context.lineWidth = 2;
            context.strokeRect(...this.cursor.map((place) => place * SCREEN_PIXELS), SCREEN_PIXELS, SCREEN_PIXELS);
        }
    }
}
