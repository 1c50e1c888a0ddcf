package io.sparkperceptron.report;

import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.storage.Folder;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The picture of a {@link WeightHistogram}. */
record HistogramChart(WeightHistogram histogram) {

    private static final int BINS = WeightHistogram.BINS;
    private static final double ROOM = 0.05;
    private static final double FILL = 0.6;
    /** With smaller weights, six decimals would label all ticks 0. */
    private static final double LEAST_PLAIN = 1e-5;

    private static final double FIRST_NOT_PLAIN = 1e7;

    void write(Folder folder, String title, boolean images) {
        folder.write(Layout.HISTOGRAM_PICTURE, out -> out.write(Curves.png(chart(title, images))));
    }

    XYChart chart(String title, boolean images) {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(600)
                .title(title)
                .xAxisTitle("weight")
                .yAxisTitle("number of weights")
                .build();
        double[] left = IntStream.rangeClosed(0, BINS)
                .mapToDouble(bin -> bin < BINS ? histogram.left(bin) : histogram.right(BINS - 1))
                .toArray();
        String stillName = images ? "pixels black in every training image" : "features zero in every training example";
        // The sum lies behind the moving weights, as on the page, so only weights that never move stick out.
        if (histogram.still().stream().anyMatch(weights -> weights > 0)) {
            addSteps(chart, "on top: " + stillName + " (never move)", left, all(), Colours.SERIES[1]);
        }
        addSteps(chart, images ? "other pixels" : "other features", left, histogram.moving(), Colours.SERIES[0]);
        // Without room at both ends the chart would put ticks at the edges of bins only.
        double room = ROOM * (left[BINS] - left[0]);
        chart.getStyler().setXAxisMin(left[0] - room).setXAxisMax(left[BINS] + room);
        boolean plain = left[BINS] >= LEAST_PLAIN && left[BINS] < FIRST_NOT_PLAIN;
        chart.getStyler().setLocale(Locale.ROOT).setXAxisDecimalPattern(plain ? "0.######" : "0.###E0");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW).setChartBackgroundColor(Color.WHITE);
        return chart;
    }

    /** The numbers of weights, moving or not. */
    private List<Long> all() {
        return IntStream.range(0, BINS)
                .mapToObj(bin -> histogram.moving().get(bin) + histogram.still().get(bin))
                .toList();
    }

    /** Adds the bins from the first to the last that is not empty, with sides down to zero. */
    private static void addSteps(XYChart chart, String name, double[] left, List<Long> counts, Color colour) {
        int[] filled =
                IntStream.range(0, BINS).filter(bin -> counts.get(bin) > 0).toArray();
        if (filled.length == 0) {
            return;
        }
        int first = filled[0];
        int end = filled[filled.length - 1] + 1;
        double[] edges = new double[end - first + 2];
        double[] heights = new double[edges.length];
        edges[0] = left[first];
        System.arraycopy(left, first, edges, 1, end - first + 1);
        for (int bin = first; bin < end; bin++) {
            heights[bin - first + 1] = counts.get(bin);
        }
        XYSeries series = chart.addSeries(name, edges, heights);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(SeriesLines.SOLID);
        series.setFillColor(Colours.towards(colour, FILL));
    }
}
