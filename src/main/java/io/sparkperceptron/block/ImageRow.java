package io.sparkperceptron.block;

import java.io.Serializable;

/** A copy of one example of a block that is an image. */
public final class ImageRow implements Serializable {

    private final long row;
    private final int label;
    private final byte[] pixels;

    public ImageRow(ExampleBlock block, int row) {
        this.row = block.globalRow(row);
        this.label = block.label(row);
        this.pixels = new byte[block.features()];
        int[] columns = new int[block.entries(row)];
        double[] values = new double[columns.length];
        block.unpack(row, row + 1, columns, values);
        for (int k = 0; k < columns.length; k++) {
            pixels[columns[k]] = (byte) values[k];
        }
    }

    /** The number in the set, from 0. */
    public long row() {
        return row;
    }

    public int label() {
        return label;
    }

    /** A byte for each pixel, not a copy. */
    public byte[] pixels() {
        return pixels;
    }
}
