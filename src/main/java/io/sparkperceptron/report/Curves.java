package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cost and error against epoch, a colour for each run, dark for the test and pale for the training set: PNG and SVG. */
final class Curves {

    private static final int MOST_POINTS = 1000;
    private static final float LINE = 2;
    private static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    /** How much of a run's colour its training curve has. */
    private static final double PALE = 0.45;

    private final Map<Run, List<EpochMetrics>> history = new LinkedHashMap<>();

    Curves(List<RunHistory> runs) {
        for (RunHistory run : runs) {
            List<EpochMetrics> finite =
                    run.epochs().stream().filter(EpochMetrics::isFinite).toList();
            if (!finite.isEmpty()) {
                history.put(run.run(), finite);
            }
        }
    }

    /** Writes {@code error} and {@code cost}, each as {@code .png} and {@code .svg}. */
    void write(Folder folder) {
        XYChart error = chart(
                "Error by epoch (pale: training set)",
                "error (%)",
                m -> 100 * m.train().error(),
                m -> 100 * m.test().error());
        XYChart cost = chart(
                "Cost by epoch (pale: training set)",
                "cost",
                epoch -> epoch.train().cost(),
                epoch -> epoch.test().cost());
        cost.getStyler()
                .setYAxisLogarithmic(history.values().stream()
                                .flatMap(List::stream)
                                .allMatch(epoch ->
                                        epoch.train().cost() > 0 && epoch.test().cost() > 0)
                        && history.values().stream().anyMatch(epochs -> epochs.size() > 1));
        write(error, folder, "error");
        write(cost, folder, "cost");
    }

    private XYChart chart(
            String title, String quantity, ToDoubleFunction<EpochMetrics> train, ToDoubleFunction<EpochMetrics> test) {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(Math.max(600, 100 + 22 * history.size()))
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle(quantity)
                .build();
        int colour = 0;
        for (Map.Entry<Run, List<EpochMetrics>> run : history.entrySet()) {
            Color line = Colours.series(colour++, history.size());
            List<EpochMetrics> points = thinned(run.getValue());
            addSeries(chart, run.getKey().name() + " train", points, train, Colours.towards(line, PALE))
                    .setShowInLegend(!manyRuns());
            addSeries(chart, run.getKey().name() + " test", points, test, line);
        }
        chart.getStyler()
                .setXAxisTickMarkSpacingHint(90)
                .setYAxisTickMarkSpacingHint(50)
                .setLocale(Locale.ROOT);
        chart.getStyler().setYAxisLogarithmicDecadeOnly(false).setAxisTickLabelsFont(TICKS);
        chart.getStyler()
                .setLegendPosition(manyRuns() ? LegendPosition.OutsideE : LegendPosition.InsideNE)
                .setChartBackgroundColor(Color.WHITE);
        setRange(chart, history.values().stream().mapToInt(List::size).max().orElse(1) - 1);
        return chart;
    }

    /** A little beyond the last epoch: where points are as far apart as the axis is long, only points get ticks. */
    private static void setRange(XYChart chart, int lastEpoch) {
        if (lastEpoch > 0) {
            chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.02 * lastEpoch);
        }
    }

    private boolean manyRuns() {
        return history.size() > 4;
    }

    private static XYSeries addSeries(
            XYChart chart, String name, List<EpochMetrics> points, ToDoubleFunction<EpochMetrics> value, Color colour) {
        double[] epochs = points.stream().mapToDouble(EpochMetrics::epoch).toArray();
        double[] values = points.stream().mapToDouble(value).toArray();
        XYSeries series = chart.addSeries(name, epochs, values);
        series.setLineColor(colour).setLineStyle(new BasicStroke(LINE));
        series.setMarker(points.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE)
                .setMarkerColor(colour);
        return series;
    }

    /** At most about {@value #MOST_POINTS} of the points, the first and the last among them. */
    private static List<EpochMetrics> thinned(List<EpochMetrics> points) {
        int step = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<EpochMetrics> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i += step) {
            kept.add(points.get(i));
        }
        if ((points.size() - 1) % step != 0) {
            kept.add(points.get(points.size() - 1));
        }
        return kept;
    }

    private static void write(XYChart chart, Folder folder, String name) {
        folder.write(name + ".png", out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
        folder.write(name + ".svg", out -> writeSvg(chart, out));
    }

    private static void writeSvg(XYChart chart, OutputStream out) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }
}
