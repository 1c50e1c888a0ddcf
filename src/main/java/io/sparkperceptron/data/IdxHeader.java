package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/**
 * The header of an IDX file of unsigned bytes: a magic number, the count of items and, for images, their height and
 * width, each in four big-endian bytes.
 *
 * @param bytes the length of the header
 * @param count the number of items, an unsigned number in the file
 * @param height the height of an image; 1 for labels
 * @param width the width of an image; 1 for labels
 * @see <a href="http://yann.lecun.com/exdb/mnist/">the description of the format</a>
 */
public record IdxHeader(int bytes, long count, int height, int width) implements Serializable {

    /** A square of 4096 pixels on each side. Readers allocate the bytes of an image before they read it. */
    private static final int MOST_PIXELS = 1 << 24;

    /** The types of numbers, by the third byte of the magic number. The fourth byte is the number of dimensions. */
    private static final Map<Integer, String> TYPES = Map.of(
            0x08, "unsigned bytes",
            0x09, "signed bytes",
            0x0B, "16-bit integers",
            0x0C, "32-bit integers",
            0x0D, "32-bit floating-point numbers",
            0x0E, "64-bit floating-point numbers");

    private static final int QMNIST_LABELS = 0x00000C02;

    enum Content {
        LABELS(0x00000801, "labels", "the labels to unsigned bytes in 1 dimension"),
        IMAGES(
                0x00000803,
                "images",
                "the pixels to unsigned bytes from 0 to 255 in 3 dimensions: count, height and width");

        private final int magic;
        private final String noun;
        private final String wanted;

        Content(int magic, String noun, String wanted) {
            this.magic = magic;
            this.noun = noun;
            this.wanted = wanted;
        }

        private int headerBytes() {
            int dimensions = magic & 0xFF;
            return Integer.BYTES * (1 + dimensions);
        }
    }

    /**
     * Parses the first {@link FileKind#TELLING_BYTES} of a file, or all bytes of a shorter one. Throws a {@link
     * UserException} if they do not begin with a header of {@code content}.
     */
    static IdxHeader parse(byte[] start, Content content, String file) {
        String expected = "Expected an IDX file of " + content.noun + " (magic number 0x"
                + HexFormat.of().toHexDigits(content.magic) + ") in " + file;
        if (start.length >= Integer.BYTES && integer(start, 0) != content.magic) {
            throw new UserException(expected + ", found " + found(start, content));
        }
        if (start.length < content.headerBytes()) {
            throw new UserException(
                    expected + ", but the file ends after " + start.length + " bytes, within the header");
        }
        boolean images = content == Content.IMAGES;
        long height = images ? integer(start, 8) : 1;
        long width = images ? integer(start, 12) : 1;
        if (height < 1 || width < 1 || height > MOST_PIXELS / width) {
            throw new UserException("Expected images of 1 to " + MOST_PIXELS + " pixels in " + file
                    + ", but the header (bytes 8 to 15) says " + height + "x" + width);
        }
        return new IdxHeader(content.headerBytes(), integer(start, 4), (int) height, (int) width);
    }

    /** The same header with another number of items. */
    public IdxHeader withCount(long other) {
        return new IdxHeader(bytes, other, height, width);
    }

    /** The header as it is in the file. */
    public byte[] toBytes() {
        boolean labels = bytes == Content.LABELS.headerBytes();
        ByteBuffer buffer = ByteBuffer.allocate(bytes)
                .putInt(labels ? Content.LABELS.magic : Content.IMAGES.magic)
                .putInt((int) count);
        if (!labels) {
            buffer.putInt(height).putInt(width);
        }
        return buffer.array();
    }

    public int itemBytes() {
        return height * width;
    }

    /** The length that the file must have, in bytes. */
    long fileBytes() {
        return bytes + count * itemBytes();
    }

    private static String found(byte[] start, Content expected) {
        int magic = (int) integer(start, 0);
        for (Content other : Content.values()) {
            if (other.magic == magic) {
                return "one of " + other.noun + "; are the two files swapped?";
            }
        }
        String number = "magic number 0x" + HexFormat.of().toHexDigits(magic);
        String type = TYPES.get(magic >>> Byte.SIZE);
        if (type != null) {
            return "one of " + type + " in " + (magic & 0xFF) + " dimension(s) (" + number + "); convert "
                    + (expected == Content.LABELS && magic == QMNIST_LABELS
                            ? "the first of every eight numbers, the class in QMNIST, to unsigned bytes in 1 dimension"
                            : expected.wanted);
        }
        String kind = FileKind.describe(start);
        return kind == null ? number : kind;
    }

    private static long integer(byte[] bytes, int at) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
    }
}
