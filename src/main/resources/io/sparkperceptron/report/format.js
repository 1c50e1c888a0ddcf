export const SPACE = "\u00a0";
export const MINUS = "\u2212";
export const DASH = "\u2013";

export function percent(fraction, digits = 2) {
    return fraction === null ? DASH : (100 * fraction).toFixed(digits) + SPACE + "%";
}

export function percentRange({ low, high }) {
    return (100 * low).toFixed(2) + DASH + (100 * high).toFixed(2) + SPACE + "%";
}

export function points(fraction) {
    return (100 * fraction).toFixed(2) + " percentage points";
}

export function count(number) {
    return number.toLocaleString("en");
}

export function counted(number, singular, plural = singular + "s") {
    return count(number) + SPACE + (number === 1 ? singular : plural);
}

/** Four significant digits, no trailing zeros, with a true minus sign. */
export function decimal(number, digits = 4) {
    if (!Number.isFinite(number)) {
        return "infinite";
    }
    return String(Number(number.toPrecision(digits))).replace("-", MINUS);
}

export function signed(number, digits = 2) {
    return (number < 0 ? MINUS : "+") + Math.abs(number).toFixed(digits);
}

export function probability(p) {
    return p < 0.0001 ? "p < 0.0001" : "p = " + Number(p.toPrecision(2));
}

export function listed(words, conjunction = "and") {
    if (words.length < 2) {
        return words.join("");
    }
    return words.slice(0, -1).join(", ") + ` ${conjunction} ` + words[words.length - 1];
}

export function setName(set) {
    return { train: "training", test: "test", validation: "validation" }[set];
}
