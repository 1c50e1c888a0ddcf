"use strict";

function sigmoid(z) {
    return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

function softplus(z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/**
 * The two-sided p of an exact binomial test with probability 1/2: of first + second discordant rows, is this split
 * plausible? Terms are kept as logarithms, so that no power of 1/2 underflows.
 */
function exactBinomial(first, second) {
    const trials = first + second;
    let logTerm = -trials * Math.LN2;
    let tail = Math.exp(logTerm);
    for (let k = 1; k <= Math.min(first, second); k++) {
        logTerm += Math.log((trials - k + 1) / k);
        tail += Math.exp(logTerm);
    }
    return Math.min(1, 2 * tail);
}

/** McNemar's chi-square with continuity correction, one degree of freedom. */
function correctedChiSquare(first, second) {
    const distance = Math.max(0, Math.abs(first - second) - 1);
    return (distance * distance) / (first + second);
}

/** P(chi-square with one degree of freedom > value) = erfc(sqrt(value / 2)). */
function chiSquareTail(value) {
    return complementaryError(Math.sqrt(value / 2));
}

/** erfc for x >= 0: erf's power series near zero, Laplace's continued fraction beyond. */
function complementaryError(x) {
    if (x < 2.5) {
        let term = x;
        let sum = x;
        for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
            term *= (2 * x * x) / (2 * k + 1);
            sum += term;
        }
        return 1 - ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
    }
    let fraction = x;
    for (let k = 60; k >= 1; k--) {
        fraction = x + k / 2 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}

function total(values) {
    return values.reduce((sum, value) => sum + value, 0);
}

/** Numbers from low to high in equal steps, both included. */
function steps(low, high, pieces) {
    return Array.from({ length: pieces + 1 }, (_, k) => low + ((high - low) * k) / pieces);
}

function correlation(first, second) {
    const mean = (values) => total(values) / values.length;
    const meanFirst = mean(first);
    const meanSecond = mean(second);
    let product = 0;
    let squareFirst = 0;
    let squareSecond = 0;
    for (let k = 0; k < first.length; k++) {
        const a = first[k] - meanFirst;
        const b = second[k] - meanSecond;
        product += a * b;
        squareFirst += a * a;
        squareSecond += b * b;
    }
    return product / Math.sqrt(squareFirst * squareSecond);
}
