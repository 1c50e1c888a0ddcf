package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.ImageRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.spark.Rdds;
import io.sparkperceptron.spark.SparkFailures;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Images of the data, and their means. */
public final class ClusterImages {

    private ClusterImages() {}

    /** A condition on a row of a block. */
    @FunctionalInterface
    private interface RowFilter extends Serializable {
        boolean admits(ExampleBlock block, int row);
    }

    /** About {@code about} images of a set, evenly spread, or all if there are fewer, in their order: one Spark job. */
    public static List<ImageRow> images(CachedBlocks data, Split set, long about) {
        double share = about / (double) data.rows(set);
        return images(data, set, (block, row) -> block.isSampled(row, share));
    }

    /** The images of some rows by their numbers in the set, in their order: one Spark job. */
    public static List<ImageRow> images(CachedBlocks data, Split set, Collection<Long> rows) {
        HashSet<Long> wanted = new HashSet<>(rows);
        return images(data, set, (block, row) -> wanted.contains(block.globalRow(row)));
    }

    private static List<ImageRow> images(CachedBlocks data, Split set, RowFilter wanted) {
        List<ImageRow> found = SparkFailures.unwrap(() -> Rdds.reduce(
                data.blocks(set),
                part -> {
                    List<ImageRow> ofPart = new ArrayList<>();
                    part.forEachRemaining(block -> IntStream.range(0, block.rows())
                            .filter(row -> wanted.admits(block, row))
                            .forEach(row -> ofPart.add(new ImageRow(block, row))));
                    return ofPart;
                },
                (one, other) -> {
                    one.addAll(other);
                    return one;
                }));
        return found.stream().sorted(Comparator.comparingLong(ImageRow::row)).toList();
    }

    /**
     * The mean of each class's training images, rounded to a byte for each pixel, in one Spark job. The mean of a class
     * without images is black. Sums are integers, so their order does not matter.
     */
    public static List<byte[]> classMeans(CachedBlocks data) {
        int features = data.features();
        int classes = data.classes();
        long[][] sums = SparkFailures.unwrap(() -> data.blocks(Split.TRAIN)
                .mapPartitions(part -> {
                    long[][] ofPart = new long[classes][features + 1];
                    part.forEachRemaining(block -> add(block, ofPart));
                    return List.<long[][]>of(ofPart).iterator();
                })
                .treeReduce(ClusterImages::added));
        return Arrays.stream(sums).map(ClusterImages::mean).toList();
    }

    /** Adds each pixel, and at the end the number of images, to the sums of its class. Modified: sums. */
    private static void add(ExampleBlock block, long[][] sums) {
        int[] columns = new int[block.longestRow()];
        double[] values = new double[columns.length];
        for (int row = 0; row < block.rows(); row++) {
            long[] ofClass = sums[block.label(row)];
            int count = block.unpack(row, row + 1, columns, values);
            for (int k = 0; k < count; k++) {
                ofClass[columns[k]] += Math.round(values[k]);
            }
            ofClass[ofClass.length - 1]++;
        }
    }

    /** Modified: one. */
    private static long[][] added(long[][] one, long[][] other) {
        for (int c = 0; c < one.length; c++) {
            long[] sums = one[c];
            long[] others = other[c];
            Arrays.setAll(sums, j -> sums[j] + others[j]);
        }
        return one;
    }

    private static byte[] mean(long[] sums) {
        long images = Math.max(1, sums[sums.length - 1]);
        byte[] mean = new byte[sums.length - 1];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (byte) Math.round(sums[j] / (double) images);
        }
        return mean;
    }
}
