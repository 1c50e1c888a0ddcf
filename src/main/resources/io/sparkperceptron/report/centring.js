/** MNIST's digits fill 20 of 28 pixels before they are centred by mass; other shapes get the same share. */
const BOX_SHARE = 20 / 28;

/** The box in an image that the ink of a drawing is scaled into. */
export function boxOf({ width, height }) {
    return { width: BOX_SHARE * width, height: BOX_SHARE * height };
}

/**
 * Makes a drawing an image as MNIST's were made: its ink scaled to the box, its shape kept, its centre of mass in the
 * middle. Grey comes from averaging the ink under each pixel. ink: 0 to 1, row by row; null if there is none.
 */
export function centred(ink, width, height, target) {
    const frame = inkFrame(ink, width, height);
    if (!frame) {
        return null;
    }
    const box = boxOf(target);
    const scale = Math.min(box.width / (frame.right - frame.left), box.height / (frame.bottom - frame.top));
    const integral = summedArea(ink, width, height);
    const column = (x) => clamp((x - target.width / 2) / scale + frame.massX, width);
    const row = (y) => clamp((y - target.height / 2) / scale + frame.massY, height);
    const grey = new Uint8Array(target.width * target.height);
    for (let y = 0; y < target.height; y++) {
        for (let x = 0; x < target.width; x++) {
            const sum = areaUnder(integral, width, column(x), row(y), column(x + 1), row(y + 1));
            grey[y * target.width + x] = Math.min(255, Math.round(255 * sum * scale * scale));
        }
    }
    return grey;
}

function clamp(value, limit) {
    return Math.min(limit, Math.max(0, value));
}

function inkFrame(ink, width, height) {
    const frame = { left: width, right: 0, top: height, bottom: 0 };
    let mass = 0;
    let sumX = 0;
    let sumY = 0;
    for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
            const value = ink[y * width + x];
            if (value > 0.02) {
                frame.left = Math.min(frame.left, x);
                frame.right = Math.max(frame.right, x + 1);
                frame.top = Math.min(frame.top, y);
                frame.bottom = Math.max(frame.bottom, y + 1);
            }
            mass += value;
            sumX += value * (x + 0.5);
            sumY += value * (y + 0.5);
        }
    }
    return frame.right > frame.left ? { ...frame, massX: sumX / mass, massY: sumY / mass } : null;
}

/** integral[y * (width + 1) + x] = ink above and left of the corner (x, y). */
function summedArea(ink, width, height) {
    const integral = new Float64Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
        let row = 0;
        for (let x = 0; x < width; x++) {
            row += ink[y * width + x];
            integral[(y + 1) * (width + 1) + x + 1] = integral[y * (width + 1) + x + 1] + row;
        }
    }
    return integral;
}

/** The ink in a rectangle whose edges need not lie between pixels. */
function areaUnder(integral, width, left, top, right, bottom) {
    const corner = (x, y) => {
        const columns = integral.length / (width + 1);
        const x0 = Math.min(Math.floor(x), width - 1);
        const y0 = Math.min(Math.floor(y), columns - 2);
        const partX = x - x0;
        const partY = y - y0;
        const at = (column, row) => integral[row * (width + 1) + column];
        return (
            (1 - partY) * ((1 - partX) * at(x0, y0) + partX * at(x0 + 1, y0))
            + partY * ((1 - partX) * at(x0, y0 + 1) + partX * at(x0 + 1, y0 + 1))
        );
    };
    return corner(right, bottom) - corner(left, bottom) - corner(right, top) + corner(left, top);
}
