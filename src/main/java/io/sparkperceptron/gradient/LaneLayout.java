package io.sparkperceptron.gradient;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the columns of a {@link Weights} stand in the vector kernel. The perceptrons of all runs with the first loss
 * come first, then those of the next, each group filled up to whole vectors with columns that stay zero, so that a
 * vector has one loss. These positions are cut into tiles of {@value #WIDEST_TILE} vectors, a last one of {@value
 * #NARROW_TILE} if those do; a matrix has an array for each tile, line after line, so that what one walk over a pair's
 * entries touches lies together.
 */
final class LaneLayout {

    /** So many sums fit the registers, with room for operands. */
    static final int WIDEST_TILE = 4;

    /** The vectors of a last tile where so few are left. */
    static final int NARROW_TILE = 2;

    /**
     * Where arrays of vectors start: these numbers and an array's header of 16 bytes make 64, so that where objects are
     * aligned to 32 bytes (-XX:ObjectAlignmentInBytes=32) or 64, so is every vector, and the kernel faster.
     */
    static final int START = 6;

    private final int classes;
    private final int lanes;
    private final Map<Loss, Integer> starts = new EnumMap<>(Loss.class);
    private final Map<Loss, Integer> ends = new EnumMap<>(Loss.class);
    private final int[] runPositions;
    private final int tiles;
    private final int lastTileVectors;

    /**
     * The layout of one pass.
     *
     * @param objectives one for each run
     * @param lanes numbers in a vector
     */
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

    /** Runs that hold the same fold out stand together, so that whole tiles have nothing to do with that fold's gradient. */
    private int place(List<Objective> objectives, Loss loss, int from) {
        int[] runs = IntStream.range(0, objectives.size())
                .filter(run -> objectives.get(run).loss() == loss)
                .boxed()
                .sorted(Comparator.comparingInt(run -> objectives.get(run).heldOutFold()))
                .mapToInt(Integer::intValue)
                .toArray();
        int next = from;
        for (int run : runs) {
            runPositions[run] = next;
            next += classes;
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

    /** The number of positions, whole vectors. */
    int width() {
        return tilePosition(tiles - 1) + tileStep(tiles - 1);
    }

    /** The first position of a loss's group. */
    int start(Loss loss) {
        return starts.get(loss);
    }

    /** The first position after a loss's group. */
    int end(Loss loss) {
        return ends.get(loss);
    }

    /** The position of the run's first class; the others follow. */
    int runPosition(int run) {
        return runPositions[run];
    }

    int tiles() {
        return tiles;
    }

    /** The first position of a tile. */
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

    /** The length of a tile's array for so many lines. */
    int tileLength(int tile, int lines) {
        return START + Math.multiplyExact(tileStep(tile), lines);
    }

    /** The tile that holds a position: all but the last are as wide as the first. */
    int tileOf(int position) {
        return position / (WIDEST_TILE * lanes);
    }

    /** Zeros, an array for each tile. */
    double[][] matrix(int lines) {
        double[][] matrix = new double[tiles][];
        for (int tile = 0; tile < matrix.length; tile++) {
            matrix[tile] = new double[tileLength(tile, lines)];
        }
        return matrix;
    }

    /** The weights, the biases last. */
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

    /**
     * Adds a matrix of this layout to one laid out as the weights.
     *
     * @param sums modified
     */
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

    /** The position of a column of the weights. */
    private int position(int column) {
        return runPositions[column / classes] + column % classes;
    }
}
