package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.storage.Folder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * {@code images/examples.png}: many images side by side, {@value #COLUMNS} to a row, a grey pixel for each of theirs with the value
 * as it was read.
 */
public final class ExampleSheet {

    public static final int COLUMNS = 40;

    private final BufferedImage sheet;
    private final ImageShape shape;
    private final int count;

    private ExampleSheet(BufferedImage sheet, ImageShape shape, int count) {
        this.sheet = sheet;
        this.shape = shape;
        this.count = count;
    }

    /**
     * Puts images on a sheet.
     *
     * @param rows in this order
     * @param images by row
     */
    public static ExampleSheet of(List<Long> rows, Map<Long, byte[]> images, ImageShape shape) {
        BufferedImage sheet = blank(rows.size(), shape);
        for (int i = 0; i < rows.size(); i++) {
            sheet.getRaster()
                    .setDataElements(
                            i % COLUMNS * shape.width(),
                            i / COLUMNS * shape.height(),
                            shape.width(),
                            shape.height(),
                            images.get(rows.get(i)));
        }
        return new ExampleSheet(sheet, shape, rows.size());
    }

    /**
     * Reads a sheet back.
     *
     * @throws UserException if there is none, or it has not the size that so many images take
     */
    static ExampleSheet read(Folder output, ImageShape shape, int count) {
        int width = COLUMNS * shape.width();
        int height = rows(count) * shape.height();
        byte[] png = output.read(Layout.EXAMPLES, Integer.MAX_VALUE - 8);
        try {
            BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(png));
            if (sheet != null
                    && sheet.getType() == BufferedImage.TYPE_BYTE_GRAY
                    && sheet.getWidth() == width
                    && sheet.getHeight() == height) {
                return new ExampleSheet(sheet, shape, count);
            }
        } catch (IOException | RuntimeException e) {
            throw new UserException(
                    "Expected a grey PNG in " + output.child(Layout.EXAMPLES).uri() + ", found: "
                            + UserException.reason(e),
                    e);
        }
        throw new UserException("Expected a grey PNG of " + width + " x " + height + " pixels in "
                + output.child(Layout.EXAMPLES).uri() + ", found something else");
    }

    /** The number of images. */
    public int count() {
        return count;
    }

    /** The image at a place, a byte for each pixel. */
    public byte[] image(int place) {
        return (byte[]) sheet.getRaster()
                .getDataElements(
                        place % COLUMNS * shape.width(),
                        place / COLUMNS * shape.height(),
                        shape.width(),
                        shape.height(),
                        null);
    }

    /** The first images only. */
    public ExampleSheet first(int fewer) {
        BufferedImage blank = blank(fewer, shape);
        blank.getRaster().setRect(sheet.getRaster().createChild(0, 0, blank.getWidth(), blank.getHeight(), 0, 0, null));
        return new ExampleSheet(blank, shape, fewer);
    }

    /** The sheet as a PNG. */
    public byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(sheet, "png", out);
        } catch (IOException e) {
            throw new UserException("Cannot make a PNG: " + UserException.reason(e), e);
        }
        return out.toByteArray();
    }

    /** Writes the sheet into a training's folder. */
    public void write(Folder output) {
        byte[] png = png();
        output.write(Layout.EXAMPLES, out -> out.write(png));
    }

    private static BufferedImage blank(int count, ImageShape shape) {
        return new BufferedImage(COLUMNS * shape.width(), rows(count) * shape.height(), BufferedImage.TYPE_BYTE_GRAY);
    }

    private static int rows(int count) {
        return Math.max(1, (count + COLUMNS - 1) / COLUMNS);
    }
}
