import { chartAxis, chartScale } from "./axes.js";
import { onThemeChange, themeColour } from "./colours.js";
import { byId, element } from "./dom.js";
import { DASH, decimal } from "./format.js";

const MOST_NUMBER_ROWS = 100;

/**
 * A chart in a container. describe() gives, anew for every drawing:
 * x, y: {label, log, range}; bands: uPlot's; series: [{label, heading, colour, width, dash, value, ...uPlot's}], those without width only for
 * bands; data: uPlot's columns;
 * marks: lines at {x or y, label}; bars: upright ones at {x, low, high, colour};
 * dots: {x, values, colour}, one above the other; legend: whether uPlot shows one; moved(index): the cursor is there, or null;
 * focused(index): that series is nearest to the cursor, or null. A null in the data is a gap, undefined is none.
 */
export class Chart {
    constructor(id, describe) {
        this.container = byId(id);
        this.describe = describe;
        this.container.setAttribute("role", "group");
        this.container.setAttribute("aria-label", this.container.dataset.label + "; arrow keys move the cursor");
        this.container.tabIndex = 0;
        this.container.addEventListener("keydown", (event) => this.#key(event));
        this.container.addEventListener("dblclick", () => (this.zoom = null));
        this.zoom = null;
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
            this.zoom = null;
        }
        this.plot?.destroy();
        this.plot = null;
        this.container.classList.toggle("legend", Boolean(description.legend));
        this.plot = new uPlot(this.#options(description), description.data, this.container);
        if (this.zoom) {
            this.plot.setScale("x", this.zoom.range);
        }
        this.#fillNumbers();
    }

    #options(description) {
        return {
            width: Math.max(200, this.container.clientWidth),
            height: this.height,
            padding: [14, 14, 0, 0],
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
                    (plot) => (description.marks ?? []).forEach((mark, index) => drawMark(plot, mark, index)),
                ],
                setSeries: description.focused ? [(plot, index) => description.focused(index)] : [],
                setSelect: [(plot) => this.#keepZoom(plot, description.x.label)],
                setCursor: description.moved ? [(plot) => description.moved(plot.cursor.idx)] : [],
            },
        };
    }

    /** What the chart shows, for those who do not see it, and for those who want it. */
    #fillNumbers() {
        this.numbers.querySelector("div")?.remove();
        if (!this.numbers.open) {
            return;
        }
        const { series, data } = this.plot;
        const shown = [...series.keys()].filter((index) => index === 0 || series[index].width > 0);
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

    /** Of what the pointer was dragged across, for the next drawing. */
    #keepZoom(plot, label) {
        const { left, width } = plot.select;
        if (width > 0) {
            this.zoom = { label, range: { min: plot.posToVal(left, "x"), max: plot.posToVal(left + width, "x") } };
        }
    }

    #resize() {
        const width = Math.max(200, this.container.clientWidth);
        if (width !== this.plot.width) {
            this.plot.setSize({ width, height: this.height });
        }
    }

    #key(event) {
        const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!direction) {
            return;
        }
        event.preventDefault();
        const values = this.plot.data[0];
        const index = this.plot.cursor.idx ?? (direction > 0 ? -1 : values.length);
        const next = Math.min(values.length - 1, Math.max(0, index + direction));
        this.plot.setCursor({ left: this.plot.valToPos(values[next], "x"), top: this.plot.over.clientHeight / 2 });
    }
}

/** Rows of texts, evenly spaced and with the last; of uPlot's columns, which begin with x. */
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

/** An upright line with a short one across at both ends. */
function drawBar(plot, { x, low, high, colour }) {
    const { ctx, bbox } = plot;
    const across = plot.valToPos(x, "x", true);
    const [top, bottom] = [plot.valToPos(high, "y", true), plot.valToPos(low, "y", true)];
    const cap = 4 * devicePixelRatio;
    ctx.save();
    clip(ctx, bbox);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(across - cap, top);
    ctx.lineTo(across + cap, top);
    ctx.moveTo(across, top);
    ctx.lineTo(across, bottom);
    ctx.moveTo(across - cap, bottom);
    ctx.lineTo(across + cap, bottom);
    ctx.stroke();
    ctx.restore();
}

function clip(ctx, { left, top, width, height }) {
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
}

function drawDots(plot, { x, values, colour }) {
    const { ctx, bbox } = plot;
    const across = plot.valToPos(x, "x", true);
    const size = 1.5 * devicePixelRatio;
    ctx.save();
    clip(ctx, bbox);
    ctx.fillStyle = colour;
    values.forEach((value) => ctx.fillRect(across - size / 2, plot.valToPos(value, "y", true) - size / 2, size, size));
    ctx.restore();
}

/** A labelled line across the chart, drawn over the series; labels of upright ones stand below each other. */
function drawMark(plot, mark, index) {
    const { ctx, bbox } = plot;
    const vertical = "x" in mark;
    const position = plot.valToPos(vertical ? mark.x : mark.y, vertical ? "x" : "y", true);
    const start = vertical ? bbox.left : bbox.top;
    const end = start + (vertical ? bbox.width : bbox.height);
    if (!(position >= start && position <= end)) {
        return;
    }
    ctx.save();
    ctx.strokeStyle = themeColour("mark");
    ctx.fillStyle = themeColour("ink");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(vertical ? position : bbox.left, vertical ? bbox.top : position);
    ctx.lineTo(vertical ? position : bbox.left + bbox.width, vertical ? bbox.top + bbox.height : position);
    ctx.stroke();
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    const gap = 5 * devicePixelRatio;
    const pastMiddle = vertical && position > start + bbox.width * 0.6;
    ctx.textAlign = pastMiddle || !vertical ? "right" : "left";
    ctx.textBaseline = vertical ? "top" : "bottom";
    const x = vertical ? position + (pastMiddle ? -gap : gap) : bbox.left + bbox.width - gap;
    const y = vertical ? bbox.top + gap + 16 * devicePixelRatio * index : position - gap / 2;
    // the background's colour around the letters keeps lines behind them apart
    ctx.setLineDash([]);
    ctx.strokeStyle = themeColour("paper");
    ctx.lineWidth = 4 * devicePixelRatio;
    ctx.lineJoin = "round";
    ctx.strokeText(mark.label, x, y);
    ctx.fillText(mark.label, x, y);
    ctx.restore();
}

/** Copies values for a chart: what is not finite, or not positive on a logarithmic axis, becomes a gap. */
export function drawable(values, log, factor = 1) {
    return Array.from(values, (value) => (Number.isFinite(value) && (!log || value > 0) ? value * factor : null));
}
