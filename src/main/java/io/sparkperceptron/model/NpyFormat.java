package io.sparkperceptron.model;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's file format, version 1.0, for matrices of little-endian doubles in C order, and for vectors of bytes.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
public final class NpyFormat {

    /** A matrix in C order: entry (i, j) at {@code i * columns + j}. Keeps the array, and returns it without a copy. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Matrix(int rows, int columns, double[] values) {}

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    /** The entries read or written at a time. */
    private static final int PIECE = 1 << 13;

    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f8', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), \\}\\s*");

    private NpyFormat() {}

    /** Writes {@code parts}, one below the other, as one matrix of {@code rows} rows and {@code columns} columns. */
    public static void write(int rows, int columns, Iterable<Matrix> parts, OutputStream out) throws IOException {
        writeHeader("'<f8'", rows + ", " + columns, out);
        ByteBuffer row = ByteBuffer.allocate(columns * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Matrix part : parts) {
            for (int i = 0; i < part.rows(); i++) {
                row.clear();
                row.asDoubleBuffer().put(part.values(), i * columns, columns);
                out.write(row.array());
            }
        }
    }

    /** Writes a vector of unsigned bytes, each from 0 to 255. */
    public static void writeBytes(long length, LongToIntFunction entry, OutputStream out) throws IOException {
        writeHeader("'|u1'", length + ",", out);
        byte[] piece = new byte[PIECE];
        for (long from = 0; from < length; from += PIECE) {
            int bytes = (int) Math.min(PIECE, length - from);
            for (int i = 0; i < bytes; i++) {
                piece[i] = (byte) entry.applyAsInt(from + i);
            }
            out.write(piece, 0, bytes);
        }
    }

    private static void writeHeader(String type, String shape, OutputStream out) throws IOException {
        String dictionary = "{'descr': " + type + ", 'fortran_order': False, 'shape': (" + shape + "), }";
        int prefix = MAGIC.length + Short.BYTES;
        int padding = ALIGNMENT - (prefix + dictionary.length() + 1) % ALIGNMENT;
        byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(prefix + header.length).order(ByteOrder.LITTLE_ENDIAN);
        out.write(head.put(MAGIC).putShort((short) header.length).put(header).array());
    }

    /**
     * Reads a matrix of less than 2^31 entries.
     *
     * @param length of the file in bytes, checked before the matrix takes memory
     * @param where the file, for the message
     * @throws UserException if the bytes are not a complete matrix
     */
    public static Matrix read(InputStream in, long length, String where) throws IOException {
        int prefix = MAGIC.length + Short.BYTES;
        byte[] start = in.readNBytes(prefix);
        if (start.length < prefix || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new UserException("Expected a NumPy file of version 1.0 in " + where + ", found other bytes");
        }
        int headerLength = Short.toUnsignedInt(
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(MAGIC.length));
        byte[] header = in.readNBytes(headerLength);
        if (header.length < headerLength) {
            throw new UserException("Expected a header of " + headerLength + " bytes in " + where
                    + ", but the file ends after " + (prefix + header.length) + " bytes");
        }
        String dictionary = new String(header, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(dictionary);
        if (!matcher.matches()) {
            throw new UserException("Expected a matrix of little-endian doubles in C order in " + where + ", found "
                    + printable(dictionary));
        }
        int rows = Integer.parseInt(matcher.group(1));
        int columns = Integer.parseInt(matcher.group(2));
        long entries = (long) rows * columns;
        long expected = prefix + headerLength + entries * Double.BYTES;
        if (length != expected) {
            throw new UserException("Expected " + expected + " bytes for " + rows + " x " + columns + " doubles in "
                    + where + ", found " + length);
        }
        if (entries > Integer.MAX_VALUE - 8) {
            throw new UserException(
                    "Expected fewer than 2^31 doubles in " + where + ", found " + rows + " x " + columns);
        }
        return new Matrix(rows, columns, readValues((int) entries, in, where));
    }

    private static double[] readValues(int entries, InputStream in, String where) throws IOException {
        double[] values = new double[entries];
        byte[] piece = new byte[PIECE * Double.BYTES];
        for (int from = 0; from < entries; from += PIECE) {
            int doubles = Math.min(PIECE, entries - from);
            int bytes = doubles * Double.BYTES;
            if (in.readNBytes(piece, 0, bytes) < bytes) {
                throw new UserException("Expected " + entries + " doubles in " + where + ", but the file ends earlier");
            }
            ByteBuffer.wrap(piece)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(values, from, doubles);
        }
        return values;
    }

    private static String printable(String text) {
        String line = text.strip().replaceAll("[^ -~]", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
