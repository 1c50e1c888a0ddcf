package io.sparkperceptron.block;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * The training rows held out for validation: a seeded draw that does not depend on partitions, or one of {@link Folds}.
 */
public final class HoldOut implements Serializable {

    private final BitSet heldOut;
    // The fields of Folds, because Kryo cannot read records.
    private final int folds;
    private final long seed;
    private final String given;
    private final int fold;

    private HoldOut(BitSet heldOut, Folds folds, int fold) {
        this.heldOut = heldOut;
        this.folds = folds.count();
        this.seed = folds.seed();
        this.given = folds.given();
        this.fold = fold;
    }

    public static HoldOut none() {
        return new HoldOut(new BitSet(), Folds.NONE, ExampleBlock.NO_FOLD);
    }

    /**
     * Holds one fold out. Blocks are divided as by {@link Folds#divide}, so a run has the same bits as the run without
     * this fold in a training with all folds.
     */
    public static HoldOut fold(Folds folds, int fold) {
        if (fold < 0 || fold >= folds.count()) {
            throw new IllegalArgumentException(
                    "expected one of the folds from 0 to " + (folds.count() - 1) + " to hold out, got " + fold);
        }
        return new HoldOut(new BitSet(), folds, fold);
    }

    /**
     * Draws {@code count} of {@code rows} rows without replacement, each such set with the same probability. R. Floyd's
     * algorithm, in J. Bentley, "Programming Pearls: A Sample of Brilliance", Communications of the ACM 30 (9), 1987.
     * Throws a {@link UserException} if the count is negative or leaves no row to train on, or for 2^31 rows or more.
     */
    public static HoldOut draw(long count, long rows, long seed) {
        if (count == 0) {
            return none();
        }
        if (count < 0 || count >= rows) {
            throw new UserException(
                    "Expected to hold out at least 0 and fewer than all " + rows + " training rows, got " + count,
                    Remedy.HELD_OUT_ROWS);
        }
        if (rows > Integer.MAX_VALUE) {
            throw new UserException("Expected fewer than 2^31 training rows to hold some out of, found " + rows);
        }
        BitSet drawn = new BitSet((int) rows);
        Random random = new Random(seed);
        for (int last = (int) (rows - count); last < rows; last++) {
            int row = random.nextInt(last + 1);
            drawn.set(drawn.get(row) ? last : row);
        }
        return new HoldOut(drawn, Folds.NONE, ExampleBlock.NO_FOLD);
    }

    public boolean isNone() {
        return folds == 0 && heldOut.isEmpty();
    }

    /** The number of folds, one of which is held out; 0 if rows are drawn instead. */
    public int folds() {
        return folds;
    }

    /** Divides a training block into its training rows and its held out rows. A part without rows is left out. */
    public List<ExampleBlock> divide(ExampleBlock block) {
        if (folds > 0) {
            return new Folds(folds, seed, given).divide(block, fold);
        }
        int first = (int) block.globalRow(0);
        BitSet rows = heldOut.get(first, first + block.rows());
        if (rows.isEmpty()) {
            return List.of(block);
        }
        ExampleBlock validation = block.part(Split.VALIDATION, ExampleBlock.NO_FOLD, rows);
        rows.flip(0, block.rows());
        return rows.isEmpty()
                ? List.of(validation)
                : List.of(block.part(Split.TRAIN, ExampleBlock.NO_FOLD, rows), validation);
    }
}
