package io.sparkperceptron.report;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Cost and error against epoch, as PNG and SVG. Runs with the same hyperparameters share a colour, which is pale for
 * the training set. Runs without a learning rate are black and thick. The first loss has solid lines. From {@value
 * #FEWEST_EPOCHS_FOR_LOG} epochs on, both axes are logarithmic, as on the page.
 */
final class Curves {

    private static final int FEWEST_EPOCHS_FOR_LOG = 20;
    /** A logarithmic axis that spans a larger ratio has room for the numbers of powers of ten only. */
    private static final int MOST_WITH_ALL_DIGITS = 120;

    private static final int FEW_RUNS = 4;
    private static final int WIDTH = 1000;
    private static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TITLES = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Pattern UNSEEN_DIGITS = Pattern.compile("(\\d\\.\\d\\d)\\d+");
    /** Dashes by loss. A fourth loss has the same as the first. */
    private static final float[][] DASHES = {null, {6, 4}, {2, 4}};

    private static final List<String> DASH_NAMES = List.of("solid", "dashed", "dotted");
    /** The share of a run's colour in its training curve. */
    private static final double PALE = 0.45;
    /** The end of an axis divided by the largest value. */
    private static final double ROOM = 1.05;

    private static final double LOG_ROOM = 1.2;

    private final List<RunHistory> runs;
    private final List<Loss> losses;
    /** The hyperparameters of each colour, by learning rate first. */
    private final List<List<Double>> coloured;

    private final int lastEpoch;
    private final boolean logarithmic;

    Curves(List<RunHistory> runs) {
        this.runs = List.copyOf(runs);
        this.losses =
                runs.stream().map(run -> run.run().loss()).distinct().sorted().toList();
        this.coloured = runs.stream()
                .filter(run -> !run.run().isByLbfgs())
                .map(run -> run.run().setting().values())
                .distinct()
                .sorted((one, other) -> Arrays.compare(one.toArray(Double[]::new), other.toArray(Double[]::new)))
                .toList();
        this.lastEpoch = runs.stream().mapToInt(RunHistory::lastEpoch).max().orElse(0);
        this.logarithmic = lastEpoch >= FEWEST_EPOCHS_FOR_LOG;
    }

    XYChart errors() {
        return chart("Error by epoch", "error (%)", metrics -> 100 * metrics.error());
    }

    XYChart costs() {
        return chart("Cost by epoch", "cost", SetMetrics::cost);
    }

    private XYChart chart(String title, String quantity, ToDoubleFunction<SetMetrics> value) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(Math.max(600, 100 + 24 * runs.size()))
                .title(title + key())
                .xAxisTitle(logarithmic ? "epoch (0 has no place on this axis)" : "epoch")
                .yAxisTitle(quantity)
                .build();
        List<CurveLine> lines = new ArrayList<>();
        for (RunHistory run : runs) {
            lines.add(line(run, EpochMetrics::train, value, Colours.towards(colour(run), PALE)));
        }
        for (RunHistory run : runs) {
            lines.add(line(run, EpochMetrics::test, value, colour(run)));
            addToLegend(chart, run);
        }
        setAxes(chart, lines);
        lines.forEach(chart::addAnnotation);
        chart.getStyler()
                .setLegendPosition(runs.size() > FEW_RUNS ? LegendPosition.OutsideE : LegendPosition.InsideNE)
                .setLegendFont(LABELS)
                .setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    private String key() {
        return IntStream.range(1, losses.size())
                .mapToObj(i -> "; " + DASH_NAMES.get(i % DASHES.length) + ": "
                        + losses.get(i).label())
                .collect(Collectors.joining("", " (pale: training set", ")"));
    }

    private Color colour(RunHistory run) {
        if (run.run().isByLbfgs()) {
            return Color.BLACK;
        }
        return Colours.series(coloured.indexOf(run.run().setting().values()), coloured.size());
    }

    private BasicStroke stroke(RunHistory run) {
        float width = (runs.size() > FEW_RUNS ? 1.5f : 2) + (run.run().isByLbfgs() ? 1 : 0);
        float[] dashes = DASHES[losses.indexOf(run.run().loss()) % DASHES.length];
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    private CurveLine line(
            RunHistory run, Function<EpochMetrics, SetMetrics> set, ToDoubleFunction<SetMetrics> value, Color colour) {
        List<EpochMetrics> epochs =
                run.epochs().subList(logarithmic ? Math.min(1, run.lastEpoch()) : 0, run.lastEpoch() + 1);
        return new CurveLine(
                epochs.stream().mapToDouble(EpochMetrics::epoch).toArray(),
                epochs.stream()
                        .mapToDouble(epoch -> value.applyAsDouble(set.apply(epoch)))
                        .map(number -> Double.isFinite(number) && (number > 0 || !logarithmic) ? number : Double.NaN)
                        .toArray(),
                colour,
                stroke(run));
    }

    /** XChart draws only the legend, because it would restart the dashes of a line at every point. */
    private void addToLegend(XYChart chart, RunHistory run) {
        XYSeries series = chart.addSeries(run.run().name(), new double[] {1}, new double[] {1});
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour(run)).setLineStyle(stroke(run));
    }

    private void setAxes(XYChart chart, List<CurveLine> lines) {
        double[] values = lines.stream().flatMapToDouble(CurveLine::values).toArray();
        double low = Arrays.stream(values).min().orElse(1);
        double high = Arrays.stream(values).max().orElse(1);
        chart.getStyler()
                .setXAxisLogarithmic(logarithmic)
                .setYAxisLogarithmic(logarithmic)
                .setXAxisMin(logarithmic ? 1.0 : 0)
                .setXAxisMax(lastEpoch == 0 ? 1.0 : lastEpoch)
                .setYAxisMin(logarithmic ? low / LOG_ROOM : 0)
                .setYAxisMax(logarithmic ? high * LOG_ROOM : high > 0 ? high * ROOM : 1)
                .setLocale(Locale.ROOT);
        chart.getStyler()
                .setXAxisLogarithmicDecadeOnly(lastEpoch > MOST_WITH_ALL_DIGITS)
                .setYAxisLogarithmicDecadeOnly(high > MOST_WITH_ALL_DIGITS * low)
                .setAxisTickLabelsFont(LABELS)
                .setAxisTitleFont(TITLES)
                .setXAxisTickMarkSpacingHint(90)
                .setYAxisTickMarkSpacingHint(50);
    }

    static void write(XYChart chart, Folder folder, String name) {
        folder.write(name + ".png", out -> out.write(png(chart)));
        folder.write(name + ".svg", out -> out.write(svg(chart).getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] png(XYChart chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UserException("Cannot draw a chart: " + UserException.reason(e), e);
        }
    }

    /** The encoder draws letters as outlines whose coordinates have more digits than can be seen. */
    private static String svg(XYChart chart) throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        return UNSEEN_DIGITS.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1");
    }
}
