package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.storage.Folder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Grey images side by side in one picture, as in the folder {@code images}. */
public final class ImageSheet {

    static final int EXAMPLES_IN_A_ROW = 40;
    private static final int MOST_MEANS_IN_A_ROW = 10;

    private final BufferedImage sheet;
    private final ImageShape shape;

    private ImageSheet(BufferedImage sheet, ImageShape shape) {
        this.sheet = sheet;
        this.shape = shape;
    }

    /** The number of images in a row of the sheet of class means. */
    static int columnsOfMeans(int classes) {
        return Math.min(MOST_MEANS_IN_A_ROW, classes);
    }

    static ImageSheet of(List<byte[]> images, ImageShape shape, int columns) {
        BufferedImage sheet = blank(images.size(), shape, columns);
        int width = shape.width();
        int height = shape.height();
        for (int i = 0; i < images.size(); i++) {
            sheet.getRaster().setDataElements(i % columns * width, i / columns * height, width, height, images.get(i));
        }
        return new ImageSheet(sheet, shape);
    }

    /** Reads a sheet. Throws UserException if there is none, or it does not have the size of {@code count} images. */
    static ImageSheet read(Folder output, String name, ImageShape shape, int count, int columns) {
        int width = columns * shape.width();
        int height = rows(count, columns) * shape.height();
        byte[] png = output.read(name, Integer.MAX_VALUE - 8);
        try {
            BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(png));
            if (sheet != null
                    && sheet.getType() == BufferedImage.TYPE_BYTE_GRAY
                    && sheet.getWidth() == width
                    && sheet.getHeight() == height) {
                return new ImageSheet(sheet, shape);
            }
        } catch (IOException | RuntimeException e) {
            throw new UserException(
                    "Expected a grey PNG in " + output.child(name).uri() + ", found: " + UserException.reason(e), e);
        }
        throw new UserException("Expected a grey PNG of " + width + " x " + height + " pixels in "
                + output.child(name).uri() + ", found something else");
    }

    public int columns() {
        return sheet.getWidth() / shape.width();
    }

    /** The image at a place, counted from 0, with one byte for each pixel. */
    public byte[] image(int place) {
        int width = shape.width();
        int height = shape.height();
        int left = place % columns() * width;
        int top = place / columns() * height;
        return (byte[]) sheet.getRaster().getDataElements(left, top, width, height, null);
    }

    public ImageSheet first(int count) {
        BufferedImage blank = blank(count, shape, columns());
        blank.getRaster().setRect(sheet.getRaster().createChild(0, 0, blank.getWidth(), blank.getHeight(), 0, 0, null));
        return new ImageSheet(blank, shape);
    }

    /** The images at these places. */
    public ImageSheet only(List<Integer> places) {
        return of(places.stream().map(this::image).toList(), shape, columns());
    }

    public byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(sheet, "png", out);
        } catch (IOException e) {
            throw new UserException("Cannot make a PNG: " + UserException.reason(e), e);
        }
        return out.toByteArray();
    }

    void write(Folder output, String name) {
        byte[] png = png();
        output.write(name, out -> out.write(png));
    }

    private static BufferedImage blank(int count, ImageShape shape, int columns) {
        return new BufferedImage(
                columns * shape.width(), rows(count, columns) * shape.height(), BufferedImage.TYPE_BYTE_GRAY);
    }

    private static int rows(int count, int columns) {
        return Math.max(1, (count + columns - 1) / columns);
    }
}
