import { counted } from "./format.js";

/** In seconds. A training writes the page about every 30 seconds, so an older page may be from a stopped training. */
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
    return counted(Math.floor(seconds / size), unit);
}
