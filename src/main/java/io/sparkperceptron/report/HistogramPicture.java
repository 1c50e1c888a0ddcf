package io.sparkperceptron.report;

import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A {@link WeightHistogram} as a table and a picture. */
final class HistogramPicture {

    private static final int BINS = WeightHistogram.BINS;
    private static final double ROOM = 0.05;
    private static final double FILL = 0.6;

    private final WeightHistogram histogram;

    HistogramPicture(WeightHistogram histogram) {
        this.histogram = histogram;
    }

    /**
     * Writes {@code weight-histogram.csv} and {@code weight-histogram.png}.
     *
     * @param images whether the features are pixels
     */
    void write(Folder folder, String title, boolean images) {
        double half = histogram.binWidth() / 2;
        Table<Integer> table = new Table<>(List.of(
                Column.number("from", bin -> histogram.centre(bin) - half),
                Column.number("to", bin -> histogram.centre(bin) + half),
                Column.whole("moving_weights", histogram.moving()::get),
                Column.whole("never_moving_weights", histogram.still()::get)));
        folder.write(
                Layout.HISTOGRAM_TABLE,
                table.text(IntStream.range(0, BINS).boxed().toList()));
        XYChart chart = chart(title, images);
        folder.write(
                Layout.HISTOGRAM_PICTURE, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }

    private XYChart chart(String title, boolean images) {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(600)
                .title(title)
                .xAxisTitle("weight")
                .yAxisTitle("number of weights")
                .build();
        double[] left = new double[BINS + 1];
        double[] moving = new double[BINS + 1];
        double[] neverMoving = new double[BINS + 1];
        for (int bin = 0; bin < BINS; bin++) {
            left[bin] = histogram.centre(bin) - histogram.binWidth() / 2;
            moving[bin] = histogram.moving().get(bin);
            neverMoving[bin] = histogram.still().get(bin);
        }
        left[BINS] = histogram.centre(BINS - 1) + histogram.binWidth() / 2;
        String stillName = images ? "pixels black in every training image" : "features zero in every training example";
        // The one filled and the other an outline, so that both can be read off where one is before the other.
        addSteps(chart, images ? "other pixels" : "other features", left, moving, Colours.SERIES[0])
                .ifPresent(series -> series.setFillColor(Colours.towards(Colours.SERIES[0], FILL)));
        addSteps(chart, stillName + ": never move", left, neverMoving, Colours.SERIES[1])
                .ifPresent(series -> series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Step));
        // Room at both ends; with none, the chart would put ticks at the edges of bins only.
        double room = ROOM * (left[BINS] - left[0]);
        chart.getStyler().setXAxisMin(left[0] - room).setXAxisMax(left[BINS] + room);
        chart.getStyler().setLocale(Locale.ROOT).setXAxisDecimalPattern("0.######");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    /** Adds the bins from the first that is not empty to the last, if any is, with their sides down to zero. */
    private static Optional<XYSeries> addSteps(
            XYChart chart, String name, double[] left, double[] counts, Color colour) {
        int first = 0;
        int end = BINS;
        while (first < BINS && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        if (first == end) {
            return Optional.empty();
        }
        double[] edges = new double[end - first + 2];
        double[] heights = new double[edges.length];
        edges[0] = left[first];
        System.arraycopy(left, first, edges, 1, end - first + 1);
        System.arraycopy(counts, first, heights, 1, end - first);
        XYSeries series = chart.addSeries(name, edges, heights);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(SeriesLines.SOLID);
        return Optional.of(series);
    }
}
