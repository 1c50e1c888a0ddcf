import { divergingTable } from "./colours.js";
import { report } from "./data.js";
import { element } from "./dom.js";
import { decimal } from "./format.js";

/** A canvas with one pixel for each feature, in the lines of the shown images; value / scale chooses the colour. */
export function weightPicture(values, scale, table) {
    const { width, height } = report.shown;
    const picture = element("canvas", { width, height });
    const context = picture.getContext("2d");
    const pixels = context.createImageData(width, height);
    for (let feature = 0; feature < values.length; feature++) {
        const level = Math.max(-255, Math.min(255, Math.round((255 * values[feature]) / scale)));
        const colour = (level + 255) * 3;
        pixels.data.set([table[colour], table[colour + 1], table[colour + 2], 255], feature * 4);
    }
    context.putImageData(pixels, 0, 0);
    return picture;
}

/** A canvas of black ink, which page.css inverts in the dark theme. */
export function inkPicture(grey, canvas = element("canvas", { className: "ink" })) {
    const { width, height } = report.shown;
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(width, height);
    for (let pixel = 0; pixel < grey.length; pixel++) {
        pixels.data[pixel * 4 + 3] = grey[pixel];
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
}

/** The bar that shows the value of each colour. */
export function fillColourBar(container, scale) {
    const table = divergingTable();
    const canvas = element("canvas", { width: 511, height: 1 });
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(511, 1);
    for (let level = 0; level < 511; level++) {
        pixels.data.set([table[level * 3], table[level * 3 + 1], table[level * 3 + 2], 255], level * 4);
    }
    context.putImageData(pixels, 0, 0);
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
