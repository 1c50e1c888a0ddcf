package io.sparkperceptron.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * A curve on a chart, drawn as one path, with gaps where a value is NaN. Positions are rounded to tenths of a pixel.
 * The path leaves out points that cannot be seen.
 */
final class CurveLine extends Annotation {

    private static final double DOT = 4;
    private static final double TOLERANCE = 0.2;

    private final double[] epochs;
    private final double[] values;
    private final Color colour;
    private final BasicStroke stroke;

    CurveLine(double[] epochs, double[] values, Color colour, BasicStroke stroke) {
        super(false);
        this.epochs = epochs;
        this.values = values;
        this.colour = colour;
        this.stroke = stroke;
    }

    DoubleStream values() {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value));
    }

    @Override
    public void paint(Graphics2D graphics) {
        double[] x = new double[epochs.length];
        double[] y = new double[epochs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = tenths(chart.getScreenXFromChart(epochs[i]));
            y[i] = Double.isNaN(values[i]) ? Double.NaN : tenths(chart.getScreenYFromChart(values[i]));
        }
        graphics.setColor(colour);
        graphics.setStroke(stroke);
        if (values().count() == 1) {
            int only = IntStream.range(0, y.length)
                    .filter(i -> !Double.isNaN(y[i]))
                    .findFirst()
                    .orElseThrow();
            graphics.fill(new Ellipse2D.Double(x[only] - DOT, y[only] - DOT, 2 * DOT, 2 * DOT));
        } else {
            graphics.draw(path(x, y));
        }
    }

    private static Path2D path(double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        for (int start = 0, end; start < y.length; start = end + 1) {
            end = start;
            while (end < y.length && !Double.isNaN(y[end])) {
                end++;
            }
            if (start < end) {
                addStretch(path, x, y, start, end);
            }
        }
        return path;
    }

    /** Adds the points between two gaps. Modified: path. */
    private static void addStretch(Path2D path, double[] x, double[] y, int start, int end) {
        int[] points = extremes(x, y, start, end);
        BitSet kept = new BitSet();
        kept.set(0);
        kept.set(points.length - 1);
        keepCorners(x, y, points, 0, points.length - 1, kept);
        path.moveTo(x[points[0]], y[points[0]]);
        kept.stream().skip(1).forEach(i -> path.lineTo(x[points[i]], y[points[i]]));
    }

    /** The first, the lowest, the highest and the last point in each column of pixels. */
    private static int[] extremes(double[] x, double[] y, int start, int end) {
        BitSet kept = new BitSet();
        for (int first = start, next; first < end; first = next) {
            int lowest = first;
            int highest = first;
            for (next = first; next < end && Math.floor(x[next]) == Math.floor(x[first]); next++) {
                lowest = y[next] > y[lowest] ? next : lowest;
                highest = y[next] < y[highest] ? next : highest;
            }
            kept.set(first);
            kept.set(lowest);
            kept.set(highest);
            kept.set(next - 1);
        }
        return kept.stream().toArray();
    }

    /**
     * Keeps the points that lie more than {@value #TOLERANCE} pixels off the line (D. Douglas, T. Peucker, "Algorithms
     * for the reduction of the number of points required to represent a digitized line", 1973). Modified: kept.
     */
    private static void keepCorners(double[] x, double[] y, int[] points, int from, int to, BitSet kept) {
        Line2D line = new Line2D.Double(x[points[from]], y[points[from]], x[points[to]], y[points[to]]);
        double farthest = TOLERANCE;
        int corner = -1;
        for (int i = from + 1; i < to; i++) {
            double distance = line.ptSegDist(x[points[i]], y[points[i]]);
            if (distance > farthest) {
                farthest = distance;
                corner = i;
            }
        }
        if (corner >= 0) {
            kept.set(corner);
            keepCorners(x, y, points, from, corner, kept);
            keepCorners(x, y, points, corner, to, kept);
        }
    }

    private static double tenths(double position) {
        return Math.rint(10 * position) / 10;
    }

    @Override
    public Rectangle2D getBounds() {
        return new Rectangle2D.Double();
    }
}
