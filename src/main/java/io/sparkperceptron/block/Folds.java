package io.sparkperceptron.block;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fold of each training row: given, or drawn by the row's global number alone. If drawn, each of K folds gets one
 * of the K consecutive rows g K, ..., g K + K - 1. The fold of row i is the number of these rows whose u is less than
 * u(i),
 *
 * <pre>{@code fold(i) = #{j : floor(j / K) = floor(i / K), u(j) < u(i)}}</pre>
 *
 * with u(i) the (i+1)-th number of SplitMix64 from the seed, as an unsigned number of 64 bits (G. Steele, D. Lea and C.
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). No two u are equal. The sizes of folds differ
 * by at most one row. A row's fold depends neither on partitions nor on the number of rows.
 *
 * @param count K, or 0 for none
 * @param given the fold of each row, one char each; null if folds are drawn
 */
public record Folds(int count, long seed, String given) implements Serializable {

    public static final int FEWEST = 2;
    public static final int MOST = 100;

    public static final Folds NONE = new Folds(0, 0);

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    public Folds {
        if (count != 0 && (count < FEWEST || count > MOST)) {
            throw new IllegalArgumentException("expected " + FEWEST + " to " + MOST + " folds, got " + count);
        }
    }

    /** Folds that are drawn. */
    public Folds(int count, long seed) {
        this(count, seed, null);
    }

    public boolean isNone() {
        return count == 0;
    }

    /** The fold of a row by its global number, from 0 to K - 1. Undefined for {@link #NONE}. */
    public int fold(long row) {
        if (given != null) {
            return given.charAt((int) row);
        }
        long first = row - row % count;
        long own = random(row);
        int fold = 0;
        for (long other = first; other < first + count; other++) {
            fold += Long.compareUnsigned(random(other), own) < 0 ? 1 : 0;
        }
        return fold;
    }

    /** Throws a {@link UserException} if there are fewer rows than folds, or not one row for each given fold. */
    public void requireAtMost(long rows) {
        if (given != null && given.length() != rows) {
            throw new UserException("Expected the " + given.length() + " rows whose folds were read, found " + rows
                    + "; the data have changed, or give other rows whenever they are read");
        }
        if (count > rows) {
            throw new UserException(
                    "Expected at most as many folds as training rows, " + rows + ", got " + count, Remedy.FEWER_FOLDS);
        }
    }

    /** Divides a training block into one part for each fold that has rows, in order. */
    public List<ExampleBlock> divide(ExampleBlock block) {
        return divide(block, ExampleBlock.NO_FOLD);
    }

    /** The same, with the part of fold {@code heldOut} as a validation block. */
    List<ExampleBlock> divide(ExampleBlock block, int heldOut) {
        List<BitSet> rows = Stream.generate(BitSet::new).limit(count).toList();
        for (int row = 0; row < block.rows(); row++) {
            rows.get(fold(block.globalRow(row))).set(row);
        }
        return IntStream.range(0, count)
                .filter(fold -> !rows.get(fold).isEmpty())
                .mapToObj(fold -> block.part(fold == heldOut ? Split.VALIDATION : Split.TRAIN, fold, rows.get(fold)))
                .toList();
    }

    private long random(long row) {
        long z = seed + (row + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
