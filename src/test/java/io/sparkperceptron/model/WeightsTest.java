package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {

    @Test
    void keepRunsClosesTheGaps() {
        Weights weights = Weights.of(List.of(model(0), model(10), model(20)));
        Weights kept = weights.keepRuns(new int[] {0, 2});
        assertEquals(4, kept.columns());
        assertArrayEquals(model(0).toArray(), kept.run(0).toArray());
        assertArrayEquals(model(20).toArray(), kept.run(1).toArray());
    }

    @Test
    void entriesAreFeatureMajor() {
        Weights weights = Weights.of(List.of(model(0)));
        assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, weights.values());
        assertEquals(6, weights.get(2, 1));
    }

    @Test
    void refusesImpossibleShapes() {
        assertThrows(IllegalArgumentException.class, () -> new Weights(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Weights(1 << 30, 10, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Weights(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new PerceptronModel(2, 2, new double[5]));
    }

    private static PerceptronModel model(double offset) {
        return new PerceptronModel(
                2, 2, new double[] {offset + 1, offset + 2, offset + 3, offset + 4, offset + 5, offset + 6});
    }
}
