import { divergingTable } from "./colours.js";
import { report } from "./data.js";
import { element } from "./dom.js";
import { decimal } from "./format.js";

/** A canvas with one pixel for each feature, in the lines of the shown images; value / scale chooses the colour. */
export function weightPicture(values, scale, table) {
    const { width, height } = report.shown;
    return painted(element("canvas", { width, height }), values.length, (feature) => {
        const level = Math.max(-255, Math.min(255, Math.round((255 * values[feature]) / scale)));
        return opaque(table, level);
    });
}

/** A canvas of black ink, which page.css inverts in the dark theme. */
export function inkPicture(grey, canvas = element("canvas", { className: "ink" })) {
    const { width, height } = report.shown;
    Object.assign(canvas, { width, height });
    return painted(canvas, grey.length, (pixel) => [0, 0, 0, grey[pixel]]);
}

/** Gives a canvas the colours of its first pixels: red, green, blue and opacity. */
function painted(canvas, length, colourOf) {
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(canvas.width, canvas.height);
    for (let pixel = 0; pixel < length; pixel++) {
        pixels.data.set(colourOf(pixel), pixel * 4);
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
}

/** The colour of a level from -255 to 255. */
function opaque(table, level) {
    const start = (level + 255) * 3;
    return [table[start], table[start + 1], table[start + 2], 255];
}

/** A picture with its name for readers who do not see it. */
export function withName(picture, name) {
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", name);
    return picture;
}

/** The bar that shows the value of each colour. */
export function fillColourBar(container, scale) {
    const table = divergingTable();
    const canvas = painted(element("canvas", { width: 511, height: 1 }), 511, (place) => opaque(table, place - 255));
    const numbers = element(
        "div",
        {},
        element("span", {}, decimal(-scale, 3)),
        element("span", {}, "0"),
        element("span", {}, "+" + decimal(scale, 3)),
    );
    container.replaceChildren(canvas, numbers);
}

/** Images side by side in one picture. Reads the grey values of one image at a time. */
class Sheet {
    constructor(content) {
        this.content = content;
        this.image = null;
        this.isOpen = false;
    }

    /** Opens the picture, if there is one. */
    async open() {
        if (!this.content()) {
            return;
        }
        if (!this.image) {
            this.image = new Image();
            this.image.src = this.content().png;
            this.reader = element("canvas", report.image).getContext("2d", { willReadFrequently: true });
        }
        await this.image.decode();
        this.isOpen = true;
    }

    grey(index) {
        const { width, height } = report.image;
        const { columns } = this.content();
        const left = (index % columns) * width;
        const top = Math.floor(index / columns) * height;
        this.reader.drawImage(this.image, left, top, width, height, 0, 0, width, height);
        const pixels = this.reader.getImageData(0, 0, width, height).data;
        return Uint8Array.from({ length: width * height }, (_, pixel) => pixels[pixel * 4]);
    }
}

export const exampleSheet = new Sheet(() => report.examples?.sheet);

/** The images that the page trains on, then those that it tests with. */
export const sampleSheet = new Sheet(() => report.sample?.sheet);

/** The training images with doubtful labels. */
export const doubtfulSheet = new Sheet(() => report.doubtfulImages);

/** The mean training image of each class. */
export const meanSheet = new Sheet(() => report.classMeans);
