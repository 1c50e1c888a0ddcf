package io.sparkperceptron.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneLayoutTest {

    private static final int FEATURES = 7;

    @ParameterizedTest
    @CsvSource({"1, 6, 8", "2, 6, 8", "4, 8, 16", "8, 8, 16"})
    void logisticRunsComeFirstInWholeVectorsAndTilesAreWhole(int lanes, int logisticEnd, int width) {
        // Three logistic runs and one other run, with two classes each.
        LaneLayout layout = layout(2, lanes, Loss.LOGISTIC, Loss.MSE, Loss.LOGISTIC, Loss.LOGISTIC);
        assertEquals(0, layout.start(Loss.LOGISTIC));
        assertEquals(logisticEnd, layout.end(Loss.LOGISTIC));
        assertEquals(logisticEnd, layout.start(Loss.MSE));
        assertEquals(width, layout.width());
        assertArrayEquals(new int[] {0, logisticEnd, 2, 4}, positions(layout));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void tilesCoverAllPositionsWithFourOrAtLastTwoVectors(int lanes) {
        for (int runs = 1; runs <= 18; runs++) {
            LaneLayout layout = layout(10, lanes, losses(runs));
            int position = 0;
            for (int tile = 0; tile < layout.tiles(); tile++) {
                assertEquals(position, layout.tilePosition(tile));
                int vectors = layout.tileVectors(tile);
                boolean last = tile == layout.tiles() - 1;
                assertTrue(
                        vectors == LaneLayout.WIDEST_TILE || (last && vectors == LaneLayout.NARROW_TILE),
                        vectors + " vectors");
                assertEquals(vectors * lanes, layout.tileStep(tile));
                position += layout.tileStep(tile);
            }
            assertEquals(layout.width(), position);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void everyPositionIsInTheTileThatHoldsIt(int lanes) {
        LaneLayout layout = layout(3, lanes, losses(7));
        for (int position = 0; position < layout.width(); position++) {
            int tile = layout.tileOf(position);
            assertTrue(position >= layout.tilePosition(tile));
            assertTrue(position < layout.tilePosition(tile) + layout.tileStep(tile));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void collectRevertsSpread(int lanes) {
        Weights weights = new Weights(FEATURES, 3, 5);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = i + 1;
        }
        LaneLayout layout = new LaneLayout(weights, Objective.of(List.of(losses(5))), lanes);
        double[][] matrix = layout.spread(weights);
        long[][] whole = new long[matrix.length][];
        for (int tile = 0; tile < matrix.length; tile++) {
            assertEquals(LaneLayout.START + layout.tileStep(tile) * (FEATURES + 1), matrix[tile].length);
            whole[tile] =
                    Arrays.stream(matrix[tile]).mapToLong(value -> (long) value).toArray();
        }
        long[] sums = new long[(FEATURES + 1) * 15];
        layout.collect(whole, sums);
        layout.collect(whole, sums);
        for (int feature = 0; feature <= FEATURES; feature++) {
            for (int column = 0; column < 15; column++) {
                double weight = weights.values()[feature * weights.stride() + column];
                assertEquals(2 * (long) weight, sums[feature * 15 + column]);
            }
        }
        assertEquals(
                Arrays.stream(weights.values()).sum(),
                Arrays.stream(matrix).flatMapToDouble(Arrays::stream).sum(),
                "other columns stay zero");
    }

    private static LaneLayout layout(int classes, int lanes, Loss... losses) {
        return new LaneLayout(new Weights(FEATURES, classes, losses.length), Objective.of(List.of(losses)), lanes);
    }

    private static Loss[] losses(int runs) {
        List<Loss> losses = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            losses.add(run % 3 == 1 ? Loss.MSE : Loss.LOGISTIC);
        }
        return losses.toArray(Loss[]::new);
    }

    private static int[] positions(LaneLayout layout) {
        int[] positions = new int[layout.runs()];
        for (int run = 0; run < positions.length; run++) {
            positions[run] = layout.runPosition(run);
        }
        return positions;
    }
}
