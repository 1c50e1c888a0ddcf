import { count } from "./format.js";

/** A page that is written about every 30 seconds and is older, in seconds, was perhaps left by a stopped training. */
const OLD = 300;

/** How long ago the progress page was written, in seconds, for people. */
export function ageSentence(seconds, goesOn) {
    return (
        `That was ${ageText(Math.max(0, Math.round(seconds)))} ago.`
        + (goesOn && seconds > OLD ? " If no epoch takes this long, the training has stopped." : "")
    );
}

function ageText(seconds) {
    const [size, unit] = [
        [86400, "day"],
        [3600, "hour"],
        [60, "minute"],
        [1, "second"],
    ].find(([least]) => seconds >= 2 * least || least === 1);
    const number = Math.floor(seconds / size);
    return `${count(number)} ${unit}${number === 1 ? "" : "s"}`;
}
