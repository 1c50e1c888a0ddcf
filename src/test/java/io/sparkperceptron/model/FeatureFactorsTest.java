package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureFactorsTest {

    private static final FeatureFactors FACTORS = FeatureFactors.of(new double[] {2, 0.5});
    private static final PerceptronModel MODEL = new PerceptronModel(2, 2, new double[] {1, 2, 3, 4, 5, 6});

    @Test
    void weightsAndModelsAreMultipliedButNotTheirBiases() {
        double[] product = {2, 1, 3, 8, 2.5, 6};
        assertArrayEquals(product, FACTORS.times(MODEL).toArray());
        Weights weights = Weights.of(List.of(MODEL, MODEL));
        assertArrayEquals(product, FACTORS.times(weights).run(0).toArray());
        assertArrayEquals(product, FACTORS.times(weights).run(1).toArray());
        assertArrayEquals(MODEL.toArray(), weights.run(1).toArray());
        assertEquals(0.5, FACTORS.of(1));
        assertEquals(1, FACTORS.of(2));
    }

    @Test
    void noFactorsChangeNothing() {
        Weights weights = Weights.of(List.of(MODEL));
        assertSame(weights, FeatureFactors.NONE.times(weights));
        assertSame(MODEL, FeatureFactors.NONE.times(MODEL));
    }

    @Test
    void refusesInvalidFactors() {
        for (double none : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> FeatureFactors.of(new double[] {1, none}));
        }
    }
}
