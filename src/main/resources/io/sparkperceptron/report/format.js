export const SPACE = "\u00a0";
export const MINUS = "\u2212";
export const DASH = "\u2013";

export function percent(fraction, digits = 2) {
    return fraction === null ? DASH : (100 * fraction).toFixed(digits) + SPACE + "%";
}

export function percentRange(range) {
    return pointsRange(range) + SPACE + "%";
}

/** A fraction in whole per cent; never 0 % or 100 % if it is neither. */
export function share(fraction) {
    const rounded = Math.round(100 * fraction);
    if (fraction > 0 && rounded === 0) {
        return `under 1${SPACE}%`;
    }
    return fraction < 1 && rounded === 100 ? `over 99${SPACE}%` : percent(fraction, 0);
}

/** A range of a difference of errors in percentage points, without the unit. */
export function pointsRange({ low, high }) {
    return (100 * low).toFixed(2) + DASH + (100 * high).toFixed(2);
}

/** A difference of errors in percentage points, without the unit. */
export function points(fraction) {
    const number = (100 * fraction).toFixed(2);
    return fraction > 0 && Number(number) === 0 ? "less than 0.01" : number;
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
    return String(Number(number.toPrecision(digits))).replaceAll("-", MINUS);
}

/** The same as decimal(), but never above the number: for what holds below a bound. */
export function decimalBelow(number, digits = 4) {
    return decimal(rounded(number, digits, -1), digits);
}

/** The same as decimal(), but never below the number: for what holds above a bound. */
export function decimalAbove(number, digits = 4) {
    return decimal(rounded(number, digits, 1), digits);
}

function rounded(number, digits, direction) {
    const nearest = Number(number.toPrecision(digits));
    if (direction * (nearest - number) >= 0 || !Number.isFinite(number)) {
        return nearest;
    }
    return nearest + direction * 10 ** (Math.floor(Math.log10(Math.abs(number))) + 1 - digits);
}

/** Two numbers with enough digits to tell them apart, at most eight. */
export function decimalsApart(first, second, digits = 4) {
    const texts = [decimal(first, digits), decimal(second, digits)];
    return texts[0] === texts[1] && digits < 8 ? decimalsApart(first, second, digits + 1) : texts;
}

/** Zero has no sign. */
export function signed(number, digits = 2) {
    const size = Math.abs(number).toFixed(digits);
    return (Number(size) === 0 ? "" : number < 0 ? MINUS : "+") + size;
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
