package io.sparkperceptron.notes;

import io.sparkperceptron.report.Colours;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines or bars as SVG, with their numbers as a table below. Zeppelin's own charts differ between its interfaces: in
 * one of them the axes are not to scale.
 */
final class Chart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 330;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
    /** Lines with at most this many points have a mark at each. */
    private static final int MOST_MARKS = 40;

    private static final int LETTER_WIDTH = 8;
    private static final double BARS_SHARE = 0.8;

    /** Points that can be drawn. */
    private record Line(String name, List<double[]> points) {
        static Line of(Grid grid, int column, boolean logarithmic) {
            return new Line(
                    grid.title(column),
                    IntStream.range(0, grid.rows().size())
                            .mapToObj(row -> new double[] {grid.number(row, 0), grid.number(row, column)})
                            .filter(at -> !Double.isNaN(at[1]) && (logarithmic ? at[0] > 0 : !Double.isNaN(at[0])))
                            .toList());
        }
    }

    private final StringBuilder svg = new StringBuilder();
    private final Axis across;
    private final Axis up;

    private Chart(Axis across, Axis up) {
        this.across = across;
        this.up = up;
    }

    /** Draws lines by the first column. If the second is text, it names the line of its row, and the third is drawn. */
    static String lines(Grid grid, boolean logarithmic) {
        Grid wide = grid.columns().size() > 2 && grid.isText(1) ? grid.wide() : grid;
        List<Line> lines = IntStream.range(1, wide.columns().size())
                .mapToObj(column -> Line.of(wide, column, logarithmic))
                .toList();
        List<double[]> points =
                lines.stream().flatMap(line -> line.points().stream()).toList();
        Chart chart = new Chart(
                Axis.of(points.stream().mapToDouble(at -> at[0]), logarithmic),
                Axis.of(points.stream().mapToDouble(at -> at[1]), false).rounded());
        chart.grid(true);
        for (int i = 0; i < lines.size(); i++) {
            chart.draw(lines.get(i), Colours.hexadecimal(i, lines.size()), wide.title(0));
        }
        return chart.html(lines.stream().map(Line::name).toList(), wide, "Lines");
    }

    /** Draws bars from 0: a group for each row, with a bar for each column after the first. */
    static String bars(Grid grid) {
        int series = grid.columns().size() - 1;
        int groups = grid.rows().size();
        DoubleStream tops = IntStream.range(0, groups).boxed().flatMapToDouble(row -> IntStream.rangeClosed(1, series)
                .mapToDouble(column -> grid.number(row, column)));
        Chart chart = new Chart(
                new Axis(0, Math.max(1, groups), false),
                Axis.of(DoubleStream.concat(DoubleStream.of(0), tops), false).rounded());
        chart.grid(false);
        double width = BARS_SHARE / series;
        int letters = grid.rows().stream()
                .mapToInt(row -> HtmlTable.text(row.get(0)).length())
                .max()
                .orElse(0);
        int room = Math.max(1, PLOT_WIDTH / ((letters + 1) * LETTER_WIDTH));
        int named = (groups + room - 1) / room;
        for (int row = 0; row < groups; row++) {
            String name = HtmlTable.text(grid.rows().get(row).get(0));
            if (row % named == 0) {
                chart.text(chart.x(row + 0.5), HEIGHT - BOTTOM + 18, "middle", name);
            }
            for (int column = 1; column <= series; column++) {
                double value = grid.number(row, column);
                if (!Double.isNaN(value)) {
                    double left = chart.x(row + (1 - BARS_SHARE) / 2 + (column - 1) * width);
                    double right = chart.x(row + (1 - BARS_SHARE) / 2 + column * width);
                    chart.bar(left, right, value, Colours.hexadecimal(column - 1, series), name);
                }
            }
        }
        return chart.html(IntStream.rangeClosed(1, series).mapToObj(grid::title).toList(), grid, "Bars");
    }

    private void bar(double left, double right, double value, String colour, String name) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s: %s</title></rect>",
                left,
                y(Math.max(value, 0)),
                right - left,
                Math.abs(y(0) - y(value)),
                colour,
                HtmlTable.escaped(name),
                HtmlTable.text(value));
    }

    private void draw(Line line, String colour, String across) {
        StringBuilder path = new StringBuilder();
        for (double[] at : line.points()) {
            path.append(path.isEmpty() ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", x(at[0]), y(at[1])));
        }
        String name = HtmlTable.escaped(line.name());
        add("<path d=\"%s\" fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke=\"%s\">", path, colour);
        add("<title>%s</title></path>", name);
        if (line.points().size() > MOST_MARKS) {
            return;
        }
        for (double[] at : line.points()) {
            String title = name + ", " + HtmlTable.escaped(across) + " " + HtmlTable.text(at[0]);
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\">", x(at[0]), y(at[1]), colour);
            add("<title>%s: %s</title></circle>", title, HtmlTable.text(at[1]));
        }
    }

    private void grid(boolean numbersAcross) {
        for (double tick : up.ticks()) {
            rule(LEFT, y(tick), WIDTH - RIGHT, y(tick), tick == 0 ? "#888" : "#ddd");
            text(LEFT - 8, y(tick) + 4, "end", HtmlTable.text(tick));
        }
        if (numbersAcross) {
            for (double tick : across.ticks()) {
                rule(x(tick), TOP, x(tick), HEIGHT - BOTTOM, "#eee");
                text(x(tick), HEIGHT - BOTTOM + 18, "middle", HtmlTable.text(tick));
            }
        }
        rule(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "#888");
    }

    private void rule(double x1, double y1, double x2, double y2, String colour) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
    }

    private void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, HtmlTable.escaped(text));
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private double x(double value) {
        return LEFT + PLOT_WIDTH * across.share(value);
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT * (1 - up.share(value));
    }

    private String html(List<String> names, Grid grid, String kind) {
        String title = grid.title(0);
        text(LEFT + PLOT_WIDTH / 2.0, HEIGHT - 6, "middle", title + (across.logarithmic() ? " (logarithmic)" : ""));
        StringBuilder legend = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            legend.append("<span style=\"display:inline-block;margin-right:16px\"><span style=\"display:inline-block;"
                    + "width:18px;height:4px;margin-right:5px;vertical-align:middle;background:"
                    + Colours.hexadecimal(i, names.size()) + "\"></span>" + HtmlTable.escaped(names.get(i))
                    + "</span>");
        }
        String label = kind + " by " + title + ": " + String.join(", ", names);
        return "<div style=\"max-width:" + WIDTH + "px;font:13px sans-serif\">"
                + "<div style=\"padding-left:" + LEFT + "px\">" + legend + "</div>"
                + "<svg role=\"img\" aria-label=\"" + HtmlTable.escaped(label) + "\" viewBox=\"0 0 " + WIDTH + " "
                + HEIGHT
                + "\" style=\"width:100%;height:auto\" font-size=\"13\" fill=\"#333\">" + svg + "</svg></div>"
                + HtmlTable.below(grid);
    }
}
