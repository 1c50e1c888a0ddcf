package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the columns of a {@link Weights} stand in the vector kernel. The perceptrons of all logistic runs come first, then
 * those of all others, each group filled up to whole vectors with columns that stay zero, so that a vector has one loss.
 * These positions are cut into tiles of up to {@value #WIDEST_TILE} vectors; a matrix of weights or gradients holds one
 * tile after another, each feature-major, so that what one walk over a row's entries touches lies close together.
 */
final class LaneLayout {

    /** So many sums fit the registers, with room for operands. */
    static final int WIDEST_TILE = 4;

    /**
     * Where arrays of vectors start: these two numbers and an array's header of 16 bytes make 32, so that where objects are
     * aligned to 32 bytes (-XX:ObjectAlignmentInBytes=32), so is every vector, and the kernel a fifth faster.
     */
    static final int START = 2;

    /** Numbers in a cache line. */
    private static final int LINE = 8;

    private final int features;
    private final int classes;
    private final int lanes;
    private final int logisticEnd;
    private final int width;
    private final int[] runPositions;
    private final int[] tilePositions;
    private final int[] tileVectors;

    /**
     * The layout of one pass.
     *
     * @param losses one for each run
     * @param lanes numbers in a vector
     */
    LaneLayout(Weights weights, List<Loss> losses, int lanes) {
        this.features = weights.features();
        this.classes = weights.classes();
        this.lanes = lanes;
        this.runPositions = new int[losses.size()];
        this.logisticEnd = place(losses, true, 0);
        this.width = place(losses, false, logisticEnd);
        List<Integer> sizes = new ArrayList<>();
        for (int left = width / lanes; left > 0; left -= sizes.get(sizes.size() - 1)) {
            sizes.add(Math.min(Integer.highestOneBit(left), WIDEST_TILE));
        }
        this.tileVectors = sizes.stream().mapToInt(Integer::intValue).toArray();
        this.tilePositions = new int[tileVectors.length];
        for (int tile = 1; tile < tileVectors.length; tile++) {
            tilePositions[tile] = tilePositions[tile - 1] + tileVectors[tile - 1] * lanes;
        }
    }

    private int place(List<Loss> losses, boolean logistic, int from) {
        int next = from;
        for (int run = 0; run < losses.size(); run++) {
            if ((losses.get(run) == Loss.LOGISTIC) == logistic) {
                runPositions[run] = next;
                next += classes;
            }
        }
        return roundUp(next, lanes);
    }

    /** The least multiple of {@code lanes} that is not below {@code columns}. */
    static int roundUp(int columns, int lanes) {
        return (columns + lanes - 1) / lanes * lanes;
    }

    int runs() {
        return runPositions.length;
    }

    /**
     * The distance from a row of scores to the next: the width or a little more, an odd number of cache lines, so that rows
     * do not compete for the same few sets of a cache.
     */
    int stride() {
        return (((width + LINE - 1) / LINE) | 1) * LINE;
    }

    /** The number of positions, whole vectors. */
    int width() {
        return width;
    }

    /** Positions from here on are not of the logistic loss. */
    int logisticEnd() {
        return logisticEnd;
    }

    /** The position of the run's first class; the others follow. */
    int runPosition(int run) {
        return runPositions[run];
    }

    int tiles() {
        return tilePositions.length;
    }

    /** The first position of a tile. */
    int tilePosition(int tile) {
        return tilePositions[tile];
    }

    int tileVectors(int tile) {
        return tileVectors[tile];
    }

    /** The distance from a feature to the next within a tile. */
    int tileStep(int tile) {
        return tileVectors[tile] * lanes;
    }

    /** Where a tile of a matrix starts. */
    int tileStart(int tile) {
        return START + tilePositions[tile] * (features + 1);
    }

    /** The entries of a matrix. */
    int size() {
        return START + Math.multiplyExact(width, features + 1);
    }

    /** Where the entry of feature {@code feature} at a position stands in a matrix. */
    int index(int feature, int position) {
        int found = Arrays.binarySearch(tilePositions, position);
        int tile = found >= 0 ? found : -found - 2;
        return tileStart(tile) + feature * tileStep(tile) + position - tilePositions[tile];
    }

    /** The weights as a matrix of this layout. */
    double[] spread(Weights weights) {
        double[] matrix = new double[size()];
        for (int run = 0; run < runPositions.length; run++) {
            for (int c = 0; c < classes; c++) {
                int at = index(0, runPositions[run] + c);
                int step = index(1, runPositions[run] + c) - at;
                for (int j = 0; j <= features; j++) {
                    matrix[at + j * step] = weights.values()[j * weights.stride() + run * classes + c];
                }
            }
        }
        return matrix;
    }

    /**
     * Adds a matrix of this layout to one laid out as the weights.
     *
     * @param sums modified
     */
    void collect(long[] matrix, long[] sums) {
        int stride = runPositions.length * classes;
        for (int run = 0; run < runPositions.length; run++) {
            for (int c = 0; c < classes; c++) {
                int at = index(0, runPositions[run] + c);
                int step = index(1, runPositions[run] + c) - at;
                for (int j = 0; j <= features; j++) {
                    sums[j * stride + run * classes + c] += matrix[at + j * step];
                }
            }
        }
    }
}
