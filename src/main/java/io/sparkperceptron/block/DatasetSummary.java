package io.sparkperceptron.block;

import io.sparkperceptron.model.ClassLabels;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/** Statistics of a set, from one pass over its blocks. Summaries of parts merge to that of the whole, in any order. */
public final class DatasetSummary implements Serializable {

    /** The {@link #sizeOf} of a feature that is zero in every example. */
    public static final int NO_SIZE = Short.MIN_VALUE;

    private final long[] classCounts;
    /** The examples of each fold and class. The first index is the fold; the array grows with the folds. */
    private long[][] foldCounts = new long[0][];

    /** The number of examples in which each feature is not zero. The array grows with the features. */
    private long[] active = new long[0];
    /** The {@link #sizeOf} of each feature; as long as {@code active}. */
    private short[] sizes = new short[0];

    private final long[] digest = new long[4];
    private long hash;
    private double largestValue;
    private double largestWeight;
    private boolean weighted;
    private long bytes;
    private long pairBytes;

    public DatasetSummary(int classes) {
        this.classCounts = new long[classes];
    }

    /** Modified: this. */
    public void add(ExampleBlock block, ClassLabels labels) {
        ensureFeatures(block.features());
        ensureFolds(block.fold() + 1);
        int longest = block.longestRow();
        int[] columns = new int[longest];
        double[] values = new double[longest];
        MessageDigest sha = DigestUtils.getSha256Digest();
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, block.number()));
        for (int row = 0; row < block.rows(); row++) {
            int count = block.unpack(row, row + 1, columns, values);
            double weight = block.weight(row);
            largestWeight = Math.max(largestWeight, weight);
            classCounts[block.label(row)]++;
            if (block.fold() != ExampleBlock.NO_FOLD) {
                foldCounts[block.fold()][block.label(row)]++;
            }
            ByteBuffer content = ByteBuffer.allocate((Integer.BYTES + Double.BYTES) * count + 2 * Integer.BYTES);
            content.putInt(labels.of(block.label(row))).putInt(count);
            for (int k = 0; k < count; k++) {
                active[columns[k]]++;
                double size = Math.abs(block.factor(row) * values[k]);
                largestValue = Math.max(largestValue, size);
                // A power of two gets its own exponent; a number between two powers gets the larger exponent.
                int exponent = Math.max(Math.getExponent(Math.nextDown(size)) + 1, Double.MIN_EXPONENT);
                sizes[columns[k]] = (short) Math.max(sizes[columns[k]], exponent);
                content.putInt(columns[k]).putDouble(values[k]);
            }
            sha.update(content.flip());
            if (weight != 1) {
                weighted = true;
                sha.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, weight));
            }
        }
        ByteBuffer lanes = ByteBuffer.wrap(sha.digest());
        for (int i = 0; i < digest.length; i++) {
            digest[i] += lanes.getLong();
        }
        hash += block.hash();
        bytes += block.sizeInBytes();
        pairBytes += block.pairBytes();
    }

    /** Modified: this. */
    public DatasetSummary merge(DatasetSummary other) {
        ensureFolds(other.foldCounts.length);
        for (int c = 0; c < classCounts.length; c++) {
            classCounts[c] += other.classCounts[c];
            for (int fold = 0; fold < other.foldCounts.length; fold++) {
                foldCounts[fold][c] += other.foldCounts[fold][c];
            }
        }
        ensureFeatures(other.active.length);
        for (int j = 0; j < other.active.length; j++) {
            active[j] += other.active[j];
            sizes[j] = (short) Math.max(sizes[j], other.sizes[j]);
        }
        for (int i = 0; i < digest.length; i++) {
            digest[i] += other.digest[i];
        }
        hash += other.hash;
        largestValue = Math.max(largestValue, other.largestValue);
        largestWeight = Math.max(largestWeight, other.largestWeight);
        weighted |= other.weighted;
        bytes += other.bytes;
        pairBytes += other.pairBytes;
        return this;
    }

    /** n, the number of examples. */
    public long rows() {
        return Arrays.stream(classCounts).sum();
    }

    public long classCount(int label) {
        return classCounts[label];
    }

    public long classCount(int label, int fold) {
        return fold < foldCounts.length ? foldCounts[fold][label] : 0;
    }

    long activeIn(int feature) {
        return feature < active.length ? active[feature] : 0;
    }

    /** The number of entries that are not zero. */
    public long entries() {
        return Arrays.stream(active).sum();
    }

    public BitSet activeFeatures() {
        return activeInAtLeast(1);
    }

    /** The features that are not zero in at least {@code examples} examples. */
    public BitSet activeInAtLeast(long examples) {
        return IntStream.range(0, active.length)
                .filter(j -> active[j] >= examples)
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    /** The largest |x| of any feature of any example, scaled. */
    public double largestValue() {
        return largestValue;
    }

    /** Whether an example has a weight other than 1. */
    public boolean isWeighted() {
        return weighted;
    }

    /** The largest weight of an example, without the weight of its class; 0 without examples. */
    public double largestWeight() {
        return largestWeight;
    }

    /**
     * A bound on a feature: the smallest integer e, at least -1022, such that |x|, scaled, is at most 2^e in all
     * examples. {@link #NO_SIZE} if the feature is zero in all examples.
     */
    public int sizeOf(int feature) {
        return feature < sizes.length ? sizes[feature] : NO_SIZE;
    }

    /** The memory that the blocks take, in bytes. */
    public long bytes() {
        return bytes;
    }

    public long pairBytes() {
        return pairBytes;
    }

    /**
     * A fingerprint of labels, weights and unscaled features in their order. Raw, gzipped and LIBSVM files of the same
     * numbers have the same fingerprint. It is the sum of the blocks' SHA-256, in four lanes of 64 bits.
     */
    public String fingerprint() {
        ByteBuffer bytes = ByteBuffer.allocate(digest.length * Long.BYTES);
        bytes.asLongBuffer().put(digest);
        return HexFormat.of().formatHex(bytes.array());
    }

    /** The sum of {@link ExampleBlock#hash}, which wraps around. */
    public long hash() {
        return hash;
    }

    private void ensureFeatures(int features) {
        if (active.length < features) {
            active = Arrays.copyOf(active, features);
            int before = sizes.length;
            sizes = Arrays.copyOf(sizes, features);
            Arrays.fill(sizes, before, features, (short) NO_SIZE);
        }
    }

    private void ensureFolds(int folds) {
        int before = foldCounts.length;
        foldCounts = Arrays.copyOf(foldCounts, Math.max(before, folds));
        for (int fold = before; fold < folds; fold++) {
            foldCounts[fold] = new long[classCounts.length];
        }
    }
}
