package io.sparkperceptron.model;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's file format, version 1.0, for matrices of little-endian doubles in C order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
final class NpyFormat {

    /** A matrix in C order: entry (i, j) at {@code i * columns + j}. */
    static final class Matrix {

        private final int rows;
        private final int columns;
        private final double[] values;

        /** Keeps the array. */
        Matrix(int rows, int columns, double[] values) {
            this.rows = rows;
            this.columns = columns;
            this.values = values;
        }

        int rows() {
            return rows;
        }

        int columns() {
            return columns;
        }

        /** The entries themselves, not a copy. */
        double[] values() {
            return values;
        }
    }

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f8', 'fortran_order': False, 'shape': \\((\\d{1,9}), (\\d{1,9})\\), \\}\\s*");

    private NpyFormat() {}

    static void write(Matrix matrix, OutputStream out) throws IOException {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.rows() + ", "
                + matrix.columns() + "), }";
        int prefix = MAGIC.length + Short.BYTES;
        int padding = ALIGNMENT - (prefix + dictionary.length() + 1) % ALIGNMENT;
        byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(prefix + header.length).order(ByteOrder.LITTLE_ENDIAN);
        out.write(head.put(MAGIC).putShort((short) header.length).put(header).array());
        ByteBuffer row = ByteBuffer.allocate(matrix.columns() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.rows(); i++) {
            row.clear();
            row.asDoubleBuffer().put(matrix.values(), i * matrix.columns(), matrix.columns());
            out.write(row.array());
        }
    }

    /**
     * @param where the file, for the message
     * @throws UserException if the bytes are not such a matrix, whole
     */
    static Matrix read(byte[] file, String where) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int prefix = MAGIC.length + Short.BYTES;
        if (file.length < prefix || !ByteBuffer.wrap(file, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new UserException("Expected a NumPy file of version 1.0 in " + where + ", found other bytes");
        }
        int headerLength = Short.toUnsignedInt(bytes.getShort(MAGIC.length));
        if (file.length < prefix + headerLength) {
            throw new UserException("Expected a header of " + headerLength + " bytes in " + where
                    + ", but the file ends" + " after " + file.length + " bytes");
        }
        String header = new String(file, prefix, headerLength, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new UserException("Expected a matrix of little-endian doubles in C order in " + where + ", found "
                    + printable(header));
        }
        int rows = Integer.parseInt(matcher.group(1));
        int columns = Integer.parseInt(matcher.group(2));
        long expected = prefix + headerLength + (long) rows * columns * Double.BYTES;
        if (file.length != expected) {
            throw new UserException("Expected " + expected + " bytes for " + rows + " x " + columns + " doubles in "
                    + where + ", found " + file.length);
        }
        double[] values = new double[rows * columns];
        bytes.position(prefix + headerLength).asDoubleBuffer().get(values);
        return new Matrix(rows, columns, values);
    }

    private static String printable(String text) {
        String line = text.strip().replaceAll("[^ -~]", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
