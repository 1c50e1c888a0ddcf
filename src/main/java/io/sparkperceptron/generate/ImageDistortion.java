package io.sparkperceptron.generate;

import io.sparkperceptron.model.ImageShape;
import java.util.Random;

/**
 * Distorts images a little, at random from a seed. Rotates by up to {@value #MOST_DEGREES} degrees, scales by up to a
 * tenth, shears, and shifts by up to a fourteenth of the size (2 of 28 pixels). Also bends by a smooth field of
 * displacements, as in P. Simard et al., "Best practices for convolutional neural networks" (2003). Here, the field
 * interpolates a coarse grid of random displacements bilinearly. The same seed gives the same bytes on every machine,
 * because all operations are specified to the bit. Not safe for use by several threads.
 */
final class ImageDistortion {

    private static final double MOST_DEGREES = 12;
    private static final double MOST_SCALE = 0.1;
    private static final double MOST_SHEAR = 0.15;
    private static final double MOST_SHIFT = 1.0 / 14;
    /** The largest displacement of a node, as a fraction of the size. */
    private static final double MOST_BEND = 0.05;
    /** Nodes of the grid along each side. */
    private static final int NODES = 5;

    private final int height;
    private final int width;
    private final double[] bendX = new double[NODES * NODES];
    private final double[] bendY = new double[NODES * NODES];

    ImageDistortion(ImageShape shape) {
        this.height = shape.height();
        this.width = shape.width();
    }

    /** Distorts one image: height x width bytes, row by row. Modified: distorted. */
    void distort(byte[] image, long seed, byte[] distorted) {
        Random random = new Random(seed);
        double angle = StrictMath.toRadians(MOST_DEGREES * uniform(random));
        double scaleX = 1 + MOST_SCALE * uniform(random);
        double scaleY = 1 + MOST_SCALE * uniform(random);
        double shear = MOST_SHEAR * uniform(random);
        double shiftX = MOST_SHIFT * width * uniform(random);
        double shiftY = MOST_SHIFT * height * uniform(random);
        for (int i = 0; i < bendX.length; i++) {
            bendX[i] = MOST_BEND * width * uniform(random);
            bendY[i] = MOST_BEND * height * uniform(random);
        }
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromX = (x - centreX) / scaleX;
                double fromY = (y - centreY) / scaleY;
                fromX += shear * fromY;
                double sourceX = centreX + cos * fromX - sin * fromY - shiftX + bend(bendX, y, x);
                double sourceY = centreY + sin * fromX + cos * fromY - shiftY + bend(bendY, y, x);
                distorted[y * width + x] = (byte) Math.rint(sample(image, sourceY, sourceX));
            }
        }
    }

    private static double uniform(Random random) {
        return 2 * random.nextDouble() - 1;
    }

    /** The displacement at a pixel, interpolated bilinearly from the grid's nodes. */
    private double bend(double[] nodes, int y, int x) {
        double gridX = (double) x * (NODES - 1) / Math.max(1, width - 1);
        double gridY = (double) y * (NODES - 1) / Math.max(1, height - 1);
        int left = Math.min((int) gridX, NODES - 2);
        int top = Math.min((int) gridY, NODES - 2);
        int at = top * NODES + left;
        return interpolate(
                interpolate(nodes[at], nodes[at + 1], gridX - left),
                interpolate(nodes[at + NODES], nodes[at + NODES + 1], gridX - left),
                gridY - top);
    }

    /** The brightness between pixels, interpolated bilinearly; zero outside. */
    private double sample(byte[] image, double y, double x) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        return interpolate(
                interpolate(pixel(image, top, left), pixel(image, top, left + 1), x - left),
                interpolate(pixel(image, top + 1, left), pixel(image, top + 1, left + 1), x - left),
                y - top);
    }

    private static double interpolate(double low, double high, double part) {
        return low + part * (high - low);
    }

    private int pixel(byte[] image, int y, int x) {
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        return inside ? image[y * width + x] & 0xFF : 0;
    }
}
