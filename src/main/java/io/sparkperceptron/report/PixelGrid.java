package io.sparkperceptron.report;

import io.sparkperceptron.model.ImageShape;
import java.awt.Color;

/**
 * The places of an image's pixels in a picture. Pixels are squares, except that pixels of flat images have a least
 * width and height. A long single row or column is folded into a square.
 *
 * @param columns in a line; pixel {@code feature} is in line {@code feature / columns}
 * @param pixelWidth in pixels of the picture
 */
record PixelGrid(int columns, int lines, int pixelWidth, int pixelHeight) {

    /** An image is flat if one side is this many times as long as the other. */
    private static final int FLAT = 8;

    private static final int LONGEST_LINE = 100;
    /** The shorter side of a flat image has this many pixels of the picture, or its pixels have the least size. */
    private static final int LEAST_SIDE = 36;

    private static final int LEAST_PIXEL = 12;

    static PixelGrid of(ImageShape shape, int side) {
        int columns = shown(shape).width();
        int lines = shown(shape).height();
        int zoom = Math.max(1, side / Math.max(columns, lines));
        return isFlat(columns, lines)
                ? new PixelGrid(columns, lines, Math.max(zoom, least(columns)), Math.max(zoom, least(lines)))
                : new PixelGrid(columns, lines, zoom, zoom);
    }

    /** The shape of the lines in which pixels are shown; the last line may end early. */
    static ImageShape shown(ImageShape shape) {
        int pixels = shape.pixels();
        if (Math.min(shape.height(), shape.width()) > 1 || pixels <= LONGEST_LINE) {
            return shape;
        }
        int columns = (int) Math.ceil(Math.sqrt(pixels));
        return new ImageShape((pixels + columns - 1) / columns, columns);
    }

    boolean isFlat() {
        return isFlat(columns, lines);
    }

    int width() {
        return columns * pixelWidth;
    }

    int height() {
        return lines * pixelHeight;
    }

    /** The number of wide flat images that fit into the width of {@code wanted} images; {@code wanted} for others. */
    int columnsFor(int wanted, int width) {
        return isFlat() && width() > width ? Math.max(1, wanted * width / width()) : wanted;
    }

    void fill(Picture picture, int left, int top, int feature, Color colour) {
        int x = left + feature % columns * pixelWidth;
        picture.fill(x, top + feature / columns * pixelHeight, pixelWidth, pixelHeight, colour);
    }

    private static boolean isFlat(int columns, int lines) {
        return Math.max(columns, lines) >= FLAT * Math.min(columns, lines);
    }

    private static int least(int pixels) {
        return Math.min(LEAST_PIXEL, (LEAST_SIDE + pixels - 1) / pixels);
    }
}
