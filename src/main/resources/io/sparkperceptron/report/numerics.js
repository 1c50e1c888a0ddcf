export function sigmoid(z) {
    return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

export function softplus(z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

export function total(values) {
    return values.reduce((sum, value) => sum + value, 0);
}

/** Numbers from low to high in equal steps, both ends included. */
export function steps(low, high, pieces) {
    return Array.from({ length: pieces + 1 }, (_, k) => low + ((high - low) * k) / pieces);
}

export function correlation(first, second) {
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

/** The largest absolute value; 1 if all are zero, because callers divide by it. */
export function largestMagnitude(values) {
    let largest = 0;
    for (const value of values) {
        largest = Math.max(largest, Math.abs(value));
    }
    return largest || 1;
}
