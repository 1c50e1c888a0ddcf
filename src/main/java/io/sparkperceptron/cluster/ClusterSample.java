package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.SampledRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.spark.SparkFailures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

public final class ClusterSample {

    private ClusterSample() {}

    /** About {@code about} training rows, evenly spread, or all if there are fewer, in their order: one Spark job. */
    public static List<SampledRow> rows(CachedBlocks data, long about) {
        return rows(data, Split.TRAIN, about);
    }

    /** The same of any set; none of an empty one. */
    public static List<SampledRow> rows(CachedBlocks data, Split set, long about) {
        double share = about / (double) data.rows(set);
        return SparkFailures.unwrap(() -> blocks(data, set)
                        .flatMap(block -> IntStream.range(0, block.rows())
                                .filter(row -> SampledRow.isSampled(block.globalRow(row), share))
                                .mapToObj(row -> new SampledRow(block, row))
                                .iterator())
                        .collect())
                .stream()
                .sorted(Comparator.comparingLong(SampledRow::row))
                .toList();
    }

    /**
     * The mean of each class's training images, rounded to a byte for each pixel, in one Spark job. The mean of a class
     * without images is black. Sums are integers, so their order does not matter.
     */
    public static List<byte[]> classMeans(CachedBlocks data) {
        int features = data.features();
        int classes = data.classes();
        long[][] sums = SparkFailures.unwrap(() -> blocks(data, Split.TRAIN)
                .mapPartitions(part -> {
                    long[][] ofPart = new long[classes][features + 1];
                    part.forEachRemaining(block -> add(block, ofPart));
                    return List.<long[][]>of(ofPart).iterator();
                })
                .treeReduce(ClusterSample::added));
        return Arrays.stream(sums).map(ClusterSample::mean).toList();
    }

    private static JavaRDD<ExampleBlock> blocks(CachedBlocks data, Split set) {
        return data.blocks().filter(block -> block.split() == set);
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
