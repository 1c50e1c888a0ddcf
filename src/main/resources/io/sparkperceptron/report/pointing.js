/** How many values on each side are searched if a column has none at the cursor. */
const NEIGHBOURS = 64;

/** A finger that moves less, in pixels, taps. */
const LEAST_DRAG = 12;

/** The series whose point at or beside an index of x is nearest to a height; null if no series has a point there. */
export function nearestPoint(plot, idx, top) {
    let nearest = null;
    for (let series = 1; series < plot.series.length; series++) {
        const index = plot.series[series].width > 0 || plot.series[series].fill ? placeWithValue(plot.data[series], idx) : -1;
        const away = index < 0 ? NaN : Math.abs(plot.valToPos(plot.data[series][index], "y") - top);
        if (away < (nearest?.away ?? Infinity)) {
            nearest = { series, index, away };
        }
    }
    return nearest;
}

function placeWithValue(values, idx) {
    for (let away = 0; away <= NEIGHBOURS; away++) {
        for (const index of [idx - away, idx + away]) {
            if (Number.isFinite(values[index])) {
                return index;
            }
        }
    }
    return -1;
}

/** A dragged finger zooms, as a pointer does. A tap moves the cursor there. */
export function zoomByTouch(plot) {
    const { over } = plot;
    let from = null;
    const place = (event) => Math.max(0, Math.min(over.clientWidth, event.clientX - over.getBoundingClientRect().left));
    const select = (left, right) =>
        plot.setSelect({ left: Math.min(left, right), width: Math.abs(right - left), top: 0, height: over.clientHeight }, false);
    over.addEventListener("pointerdown", (event) => {
        if (event.pointerType === "touch" && event.isPrimary) {
            from = place(event);
            plot.setCursor({ left: from, top: event.clientY - over.getBoundingClientRect().top });
        }
    });
    over.addEventListener("pointermove", (event) => from !== null && event.isPrimary && select(from, place(event)));
    over.addEventListener("pointercancel", () => {
        from = null;
        select(0, 0);
    });
    over.addEventListener("pointerup", (event) => {
        if (from === null || !event.isPrimary) {
            return;
        }
        const [left, right] = [Math.min(from, place(event)), Math.max(from, place(event))];
        from = null;
        if (right - left < LEAST_DRAG) {
            select(0, 0);
            return;
        }
        const range = { min: plot.posToVal(left, "x"), max: plot.posToVal(right, "x") };
        plot.setSelect({ left, width: right - left, top: 0, height: over.clientHeight }, true);
        select(0, 0);
        plot.setScale("x", range);
    });
}
