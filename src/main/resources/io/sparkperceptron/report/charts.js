import { chartAxis, chartScale } from "./axes.js";
import { onThemeChange } from "./colours.js";
import { byId, element } from "./dom.js";
import { DASH, decimal, SPACE } from "./format.js";
import { drawBar, drawDots, drawMark, drawNames, drawPath, roomForMarks, roomForNames } from "./overlays.js";
import { nearestPoint, zoomByTouch } from "./pointing.js";

const MOST_NUMBER_ROWS = 100;
const TIP_GAP = 8;

/**
 * A chart in a container. Every drawing calls describe(), which returns:
 *
 * x, y: {label, log, range}
 * series: [{label, heading, colour, width, dash, value, ...uPlot's}]; series without a width are for bands only
 * bands, data: as uPlot's; in data null is a gap, and undefined is not
 * table: the numbers to read, if they are not those drawn
 * marks: lines at {x or y, label}
 * bars: upright bars at {x, low, high, colour}
 * dots: {x, values, colour}, one above the other
 * path: points {x, y} joined in order
 * legend: whether uPlot shows one; names: whether lines have their names at their ends
 * moved(index): the cursor is there, or null; focused(index): this series is nearest to the cursor, or null
 */
export class Chart {
    constructor(id, describe) {
        this.container = byId(id);
        this.describe = describe;
        this.container.setAttribute("role", "group");
        this.container.setAttribute("aria-label", this.container.dataset.label + "; arrow keys move the cursor");
        this.container.tabIndex = 0;
        this.container.addEventListener("keydown", (event) => this.#key(event));
        this.container.addEventListener("dblclick", () => this.#setZoom(null));
        this.zoom = null;
        this.tip = element("div", { className: "tip", hidden: true, ariaHidden: "true" });
        this.wholeButton = element("button", { type: "button", className: "whole", hidden: true }, "Zoom out");
        this.wholeButton.addEventListener("click", () => {
            this.#setZoom(null);
            this.draw();
        });
        this.container.before(this.wholeButton);
        this.height = this.container.clientHeight;
        this.numbers = element("details", { className: "numbers" }, element("summary", {}, "Numbers of this chart"));
        this.numbers.addEventListener("toggle", () => this.#fillNumbers());
        this.container.after(this.numbers);
        this.draw();
        new ResizeObserver(() => this.#resize()).observe(this.container);
        onThemeChange(() => this.draw());
    }

    draw() {
        const description = this.describe();
        if (this.zoom?.label !== description.x.label) {
            this.#setZoom(null);
        }
        this.plot?.destroy();
        this.plot = null;
        this.container.classList.toggle("legend", Boolean(description.legend));
        this.description = description;
        this.plot = new uPlot(this.#options(description), description.data, this.container);
        this.tip.hidden = true;
        this.plot.over.append(this.tip);
        if (description.zoom !== false) {
            zoomByTouch(this.plot);
        }
        if (this.zoom) {
            this.plot.setScale("x", this.zoom.range);
        }
        this.#fillNumbers();
    }

    #options(description) {
        return {
            width: Math.max(200, this.container.clientWidth),
            height: this.#heightWith(description),
            padding: [
                14 + roomForMarks(description.marks),
                description.names ? roomForNames(description.series, this.container.clientWidth) : 14,
                0,
                0,
            ],
            legend: { show: Boolean(description.legend), markers: { width: 2, dash: legendDash } },
            cursor: {
                points: { size: 6 },
                drag: { x: description.zoom !== false, y: false },
                y: false,
                focus: { prox: description.focused ? 30 : -1 },
            },
            focus: { alpha: 0.2 },
            scales: { x: chartScale(description.x), y: chartScale(description.y) },
            axes: [chartAxis(description.x, 28), chartAxis(description.y, 50)],
            bands: description.bands ?? [],
            series: [
                { label: description.x.label, value: (_, value) => legendValue(value) },
                ...description.series.map(chartSeries),
            ],
            hooks: {
                draw: [
                    (plot) => (description.bars ?? []).forEach((bar) => drawBar(plot, bar)),
                    (plot) => (description.dots ?? []).forEach((column) => drawDots(plot, column)),
                    (plot) => drawPath(plot, description.path ?? []),
                    (plot) => (description.marks ?? []).forEach((mark, index) => drawMark(plot, mark, index)),
                    (plot) => description.names && drawNames(plot),
                ],
                setSeries: description.focused ? [(plot, index) => description.focused(index)] : [],
                setSelect: [(plot) => this.#keepZoom(plot, description.x.label)],
                setCursor: [
                    (plot) => this.#showTip(plot, description),
                    (plot) => description.moved?.(plot.cursor.idx),
                ],
            },
        };
    }

    /** The chart's numbers as a table, for readers who do not see the chart, or want numbers. */
    #fillNumbers() {
        this.numbers.querySelector("div")?.remove();
        if (!this.numbers.open) {
            return;
        }
        const { series } = this.plot;
        const data = this.description.table ?? this.plot.data;
        const shown = [...series.keys()].filter((index) => index === 0 || series[index].width > 0 || series[index].fill);
        const head = shown.map((index) => element("th", { scope: "col" }, series[index].heading ?? series[index].label));
        const body = numberRows(shown.map((index) => data[index])).map((row) =>
            element("tr", {}, ...row.map((text, index) => element(index === 0 ? "th" : "td", {}, text))),
        );
        this.numbers.append(
            element(
                "div",
                { className: "scroll", role: "region", ariaLabel: "Numbers of this chart", tabIndex: 0 },
                element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)),
            ),
        );
    }

    /** Keeps the range that the pointer was dragged across for the next drawing. */
    #keepZoom(plot, label) {
        const { left, width } = plot.select;
        if (width > 0) {
            this.#setZoom({ label, range: { min: plot.posToVal(left, "x"), max: plot.posToVal(left + width, "x") } });
        }
    }

    #setZoom(zoom) {
        this.zoom = zoom;
        this.wholeButton.hidden = zoom === null;
    }

    /** Shows the values nearest to the cursor beside it. */
    #showTip(plot, { x, y, series: described }) {
        const { left, top, idx } = plot.cursor;
        const nearest = left >= 0 && idx !== null ? nearestPoint(plot, idx, top) : null;
        this.tip.hidden = nearest === null;
        if (nearest === null) {
            return;
        }
        const { series, index } = nearest;
        const value = plot.data[series][index];
        this.tip.textContent =
            `${plot.series[series].heading ?? plot.series[series].label}: `
            + `${described[series - 1].value?.(value, index) ?? tipValue(value, y.label)}, `
            + `${x.label} ${tipValue(plot.data[0][index], x.label)}`;
        const { clientWidth, clientHeight } = plot.over;
        const across = plot.valToPos(plot.data[0][index], "x");
        this.tip.style.left = `${Math.max(0, Math.min(clientWidth - this.tip.offsetWidth, across + TIP_GAP))}px`;
        const above = plot.valToPos(value, "y") - this.tip.offsetHeight - TIP_GAP;
        this.tip.style.top = `${Math.max(0, Math.min(clientHeight - this.tip.offsetHeight, above))}px`;
    }

    #resize() {
        const width = Math.max(200, this.container.clientWidth);
        if (width !== this.plot.width) {
            this.plot.setSize({ width, height: this.#heightWith(this.description) });
        }
    }

    /** A container with a legend grows, so there the lines of marks' labels take no height from the curves. */
    #heightWith({ legend, marks }) {
        return this.height + (legend ? roomForMarks(marks) : 0);
    }

    #key(event) {
        const values = this.plot.data[0];
        const last = values.length - 1;
        const { idx } = this.plot.cursor;
        const next = {
            ArrowLeft: Math.max(0, (idx ?? last + 1) - 1),
            ArrowRight: Math.min(last, (idx ?? -1) + 1),
            Home: 0,
            End: last,
        }[event.key];
        if (next === undefined) {
            return;
        }
        event.preventDefault();
        this.plot.setCursor({ left: this.plot.valToPos(values[next], "x"), top: this.plot.over.clientHeight / 2 });
    }
}

function tipValue(value, label) {
    return label.endsWith("%") ? value.toFixed(2) + SPACE + "%" : decimal(value);
}

/** Rows of texts from uPlot's columns, which begin with x: evenly spaced, with the last row. */
export function numberRows(columns) {
    const last = columns[0].length - 1;
    const step = Math.max(1, Math.ceil(last / MOST_NUMBER_ROWS));
    return Array.from(columns[0], (_, index) => index)
        .filter((index) => index % step === 0 || index === last)
        .map((index) =>
            columns.map((column) => (Number.isFinite(column[index]) ? decimal(column[index]) : DASH)),
        );
}

function legendValue(value) {
    return Number.isFinite(value) ? decimal(value, 3) : "";
}

function chartSeries({ colour, width = 1.5, dash = [], value, ...others }) {
    return {
        stroke: colour,
        width,
        dash,
        pxAlign: 0,
        points: { show: false },
        value: (_, number, series, index) => (value ?? legendValue)(number, index),
        ...others,
    };
}

function legendDash(plot, index) {
    return index > 0 && plot.series[index].dash?.length > 0 ? "dashed" : "solid";
}

/** Copies values for a chart: what is not finite, or not positive on a logarithmic axis, becomes a gap. */
export function drawable(values, log, factor = 1) {
    return Array.from(values, (value) => (Number.isFinite(value) && (!log || value > 0) ? value * factor : null));
}
