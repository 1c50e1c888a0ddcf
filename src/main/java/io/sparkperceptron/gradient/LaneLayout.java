package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The positions of the columns of {@link Weights} in the vector kernel. The perceptrons of all runs with the first loss
 * come first, then those with the next. Each group is padded to whole vectors with columns that stay zero, so each
 * vector has one loss. Tiles of {@value #WIDEST_TILE} vectors divide the positions; the last tile has {@value
 * #NARROW_TILE} if that is enough. A matrix has one array for each tile, line after line, so that one walk over a
 * pair's entries touches adjacent memory.
 */
final class LaneLayout {

    /** The largest number of vectors whose sums fit into the registers, beside operands. */
    static final int WIDEST_TILE = 4;

    /** The vectors of a narrow last tile. */
    static final int NARROW_TILE = 2;

    /**
     * The index of the first vector in an array: 6 numbers and the array header are 64 bytes. If objects are aligned to
     * 32 or 64 bytes (-XX:ObjectAlignmentInBytes), every vector is aligned too, and the kernel is faster.
     */
    static final int START = 6;

    private final int classes;
    private final int lanes;
    private final Map<Loss, Integer> starts = new EnumMap<>(Loss.class);
    private final Map<Loss, Integer> ends = new EnumMap<>(Loss.class);
    private final int[] runPositions;
    private final int tiles;
    private final int lastTileVectors;

    LaneLayout(Weights weights, List<Objective> objectives, int lanes) {
        this.classes = weights.classes();
        this.lanes = lanes;
        this.runPositions = new int[objectives.size()];
        int end = 0;
        for (Loss loss : Loss.values()) {
            starts.put(loss, end);
            end = place(objectives, loss, end);
            ends.put(loss, end);
        }
        int vectors = end / lanes;
        this.tiles = roundUp(vectors, WIDEST_TILE) / WIDEST_TILE;
        int left = vectors - (tiles - 1) * WIDEST_TILE;
        this.lastTileVectors = left > NARROW_TILE ? WIDEST_TILE : NARROW_TILE;
    }

    /** Places runs with the same held-out fold side by side, so whole tiles can skip the gradient of that fold. */
    private int place(List<Objective> objectives, Loss loss, int from) {
        List<Integer> runs = IntStream.range(0, objectives.size())
                .filter(run -> objectives.get(run).loss() == loss)
                .boxed()
                .sorted(Comparator.comparingInt(run -> objectives.get(run).heldOutFold()))
                .toList();
        int next = from;
        for (int run : runs) {
            runPositions[run] = next;
            next += classes;
        }
        return roundUp(next, lanes);
    }

    /** The smallest multiple of {@code lanes} that is at least {@code columns}. */
    static int roundUp(int columns, int lanes) {
        return (columns + lanes - 1) / lanes * lanes;
    }

    int runs() {
        return runPositions.length;
    }

    /** The number of positions, padding included. */
    int width() {
        return tilePosition(tiles - 1) + tileStep(tiles - 1);
    }

    int start(Loss loss) {
        return starts.get(loss);
    }

    /** The first position after a loss's group, padding included. */
    int end(Loss loss) {
        return ends.get(loss);
    }

    /** The position of the run's first class; its other classes follow. */
    int runPosition(int run) {
        return runPositions[run];
    }

    int tiles() {
        return tiles;
    }

    int tilePosition(int tile) {
        return tile * WIDEST_TILE * lanes;
    }

    int tileVectors(int tile) {
        return tile < tiles - 1 ? WIDEST_TILE : lastTileVectors;
    }

    /** The distance from a line to the next within a tile. */
    int tileStep(int tile) {
        return tileVectors(tile) * lanes;
    }

    /** The tile that holds a position. All tiles but the last have the same width. */
    int tileOf(int position) {
        return position / (WIDEST_TILE * lanes);
    }

    /** A matrix of zeros: an array for each tile. */
    double[][] matrix(int lines) {
        return IntStream.range(0, tiles)
                .mapToObj(tile -> new double[START + Math.multiplyExact(tileStep(tile), lines)])
                .toArray(double[][]::new);
    }

    /** The weights in this layout, the biases last. */
    double[][] spread(Weights weights) {
        double[][] matrix = matrix(weights.features() + 1);
        for (int p = 0; p < weights.columns(); p++) {
            int position = position(p);
            int tile = tileOf(position);
            int at = START + position - tilePosition(tile);
            for (int j = 0; j <= weights.features(); j++) {
                matrix[tile][at + j * tileStep(tile)] = weights.values()[j * weights.stride() + p];
            }
        }
        return matrix;
    }

    /** Adds a matrix in this layout to one in the layout of the weights. Modified: sums. */
    void collect(long[][] matrix, long[] sums) {
        int columns = runPositions.length * classes;
        for (int p = 0; p < columns; p++) {
            int position = position(p);
            int tile = tileOf(position);
            int at = START + position - tilePosition(tile);
            for (int j = 0; j * columns < sums.length; j++) {
                sums[j * columns + p] += matrix[tile][at + j * tileStep(tile)];
            }
        }
    }

    private int position(int column) {
        return runPositions[column / classes] + column % classes;
    }
}
