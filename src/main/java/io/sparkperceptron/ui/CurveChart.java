package io.sparkperceptron.ui;

import io.sparkperceptron.notes.Axis;
import io.sparkperceptron.report.PageTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Curves of runs by epoch as SVG, both axes logarithmic. Letters and axes have the colour of the page's text. */
final class CurveChart {

    private static final int WIDTH = 660;
    private static final int HEIGHT = 360;
    private static final int LEFT = 56;
    private static final int RIGHT = 12;
    private static final int TOP = 28;
    private static final int BOTTOM = 40;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
    private static final int FEWEST_TICKS = 3;
    /** Points that lie nearer to the last drawn point, in pixels, are left out. */
    private static final double NEAR = 1.2;
    /** A cost that grows without bound must not flatten the other curves. */
    private static final double MOST_RATIO = 1e3;

    /**
     * The curve of one run.
     *
     * @param values by epoch; others than finite numbers above 0 leave a gap
     * @param crossed whether a cross marks its end
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(String name, RunStyle style, int[] epochs, double[] values, boolean crossed) {}

    /** Something that happened at an epoch, drawn as a vertical line. */
    record Mark(int epoch, String text) {}

    private final StringBuilder svg = new StringBuilder();
    private final Axis across;
    private final Axis up;

    private CurveChart(Axis across, Axis up) {
        this.across = across;
        this.up = up;
    }

    /** Draws lines. They must not have epoch 0, which has no place on a logarithmic axis. */
    static String svg(String title, List<Line> lines, List<Mark> marks) {
        double[] values = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .filter(CurveChart::isDrawn)
                .toArray();
        double least = Arrays.stream(values).min().orElse(1);
        CurveChart chart = new CurveChart(
                Axis.of(
                        DoubleStream.concat(
                                DoubleStream.of(1),
                                lines.stream()
                                        .flatMapToInt(line -> Arrays.stream(line.epochs()))
                                        .asDoubleStream()),
                        true),
                Axis.of(Arrays.stream(values).filter(value -> value <= MOST_RATIO * least), true));
        chart.axes();
        chart.svg.append("<svg x=\"" + LEFT + "\" y=\"" + TOP + "\" width=\"" + PLOT_WIDTH + "\" height=\""
                + PLOT_HEIGHT + "\" viewBox=\"" + LEFT + " " + TOP + " " + PLOT_WIDTH + " " + PLOT_HEIGHT + "\">");
        marks.forEach(chart::draw);
        lines.forEach(chart::draw);
        chart.svg.append("</svg>");
        return "<svg role=\"img\" aria-label=\"" + PageTemplate.escaped(title) + "\" viewBox=\"0 0 " + WIDTH + " "
                + HEIGHT
                + "\" style=\"width:" + WIDTH + "px;max-width:100%;height:auto\" font-size=\"13\" fill=\"currentColor\""
                + " stroke-linejoin=\"round\"><text x=\"" + LEFT + "\" y=\"16\" font-weight=\"bold\">"
                + PageTemplate.escaped(title) + "</text>" + chart.svg + "</svg>";
    }

    private static boolean isDrawn(double value) {
        return value > 0 && Double.isFinite(value);
    }

    private void axes() {
        for (double tick : ticks(up)) {
            rule(LEFT, y(tick), "h" + PLOT_WIDTH);
            text(LEFT - 7, y(tick) + 4, "end", tick);
        }
        for (double tick : ticks(across)) {
            rule(x(tick), TOP, "v" + PLOT_HEIGHT);
            text(x(tick), HEIGHT - BOTTOM + 17, "middle", tick);
        }
        svg.append("<text x=\"" + (LEFT + PLOT_WIDTH / 2) + "\" y=\"" + (HEIGHT - 5)
                + "\" text-anchor=\"middle\">epoch</text>");
    }

    /** A short logarithmic axis has the round numbers of a linear one. */
    private static double[] ticks(Axis axis) {
        double[] ticks = axis.ticks();
        return ticks.length < FEWEST_TICKS ? new Axis(axis.low(), axis.high(), false).ticks() : ticks;
    }

    /** A line of the grid: where it begins, and how SVG says where it goes. */
    private void rule(double x, double y, String rest) {
        svg.append("<path d=\"M" + tenths(x) + " " + tenths(y) + rest
                + "\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
    }

    private void text(double x, double y, String anchor, double number) {
        svg.append("<text x=\"" + tenths(x) + "\" y=\"" + tenths(y) + "\" text-anchor=\"" + anchor + "\">"
                + Html.number(number) + "</text>");
    }

    private void draw(Mark mark) {
        svg.append("<path d=\"M" + tenths(x(Math.max(1, mark.epoch()))) + " " + TOP + "v" + PLOT_HEIGHT
                + "\" stroke=\"currentColor\" stroke-opacity=\"0.6\" stroke-dasharray=\"2 3\"><title>"
                + PageTemplate.escaped(mark.text()) + "</title></path>");
    }

    private void draw(Line line) {
        String title = "<title>" + PageTemplate.escaped(line.name()) + "</title></path>";
        svg.append("<path fill=\"none\" " + line.style().stroke() + " d=\"");
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        double endX = Double.NaN;
        double endY = Double.NaN;
        for (int i = 0; i < line.values().length; i++) {
            if (!isDrawn(line.values()[i])) {
                lastX = Double.NaN;
                continue;
            }
            endX = x(line.epochs()[i]);
            endY = y(line.values()[i]);
            boolean ends = i + 1 == line.values().length || !isDrawn(line.values()[i + 1]);
            if (ends || !(Math.abs(endX - lastX) < NEAR && Math.abs(endY - lastY) < NEAR)) {
                svg.append(Double.isNaN(lastX) ? 'M' : 'L')
                        .append(tenths(endX))
                        .append(' ')
                        .append(tenths(endY));
                lastX = endX;
                lastY = endY;
            }
        }
        svg.append("\">" + title);
        if (line.crossed() && !Double.isNaN(endX)) {
            svg.append("<path d=\"M" + tenths(endX - 4) + " " + tenths(Math.max(endY, TOP + 5) - 4)
                    + "l8 8m0 -8l-8 8\" " + line.style().stroke() + ">" + title);
        }
    }

    private static double tenths(double position) {
        return Math.rint(10 * position) / 10;
    }

    private double x(double epoch) {
        return LEFT + PLOT_WIDTH * across.share(epoch);
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - up.share(value));
    }
}
