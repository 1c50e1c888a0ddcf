package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightingTest {

    private static final ClassLabels LABELS = ClassLabels.of(3, List.of(-1, 3, 7));

    /** The weights of scikit-learn's compute_class_weight("balanced", ...) for 6, 3 and 1 examples. */
    @Test
    void balancedClassesWeighTheSame() {
        int[] counts = {6, 3, 1};
        ClassWeights weights = ClassWeighting.BALANCED.weights(LABELS, c -> counts[c]);
        assertEquals(0.5555555555555556, weights.of(0));
        assertEquals(1.1111111111111112, weights.of(1));
        assertEquals(3.3333333333333335, weights.of(2));
        assertEquals(3.3333333333333335, weights.largest());
        assertEquals(1, ClassWeighting.BALANCED.weights(LABELS, c -> c).of(0), "of a class without examples");
    }

    @Test
    void weightsAreGivenByLabel() {
        ClassWeights weights = ClassWeighting.of(" 7:0.25, -1 : 2").weights(LABELS, c -> 1);
        assertEquals(2, weights.of(0));
        assertEquals(1, weights.of(1));
        assertEquals(0.25, weights.of(2));
        assertTrue(ClassWeighting.NONE.weights(LABELS, c -> 1).areNone());
        assertEquals(1, ClassWeighting.of("3:0.5").weights(LABELS, c -> 1).largest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"balanced", "-1:2.0,7:0.25", "3:0.1"})
    void textIsReadBack(String text) {
        assertEquals(text, ClassWeighting.of(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "even|expected 'balanced', or labels and weights such as 3:2.5,7:1, got 'even'",
                "3|got '3'",
                "3:1,3:2|got '3:1,3:2'",
                "3:1:2|got '3:1:2'",
                "x:1|got 'x:1'",
                "3:-1|expected finite weights of at least 0, got -1.0 for the class 3",
                "3:NaN|got NaN for the class 3",
                "3:Infinity|got Infinity for the class 3",
                "'3:1,'|got '3:1,'"
            })
    void refusesMalformedWeights(String text, String sentence) {
        String told = assertThrows(IllegalArgumentException.class, () -> ClassWeighting.of(text))
                .getMessage();
        assertTrue(told.endsWith(sentence), told);
    }

    @Test
    void refusesWeightsThatDoNotFitTheData() {
        assertEquals(
                "Expected class weights for labels of the training set, -1, 3, 7, found one for 8",
                assertThrows(UserException.class, () -> ClassWeighting.of("8:2").weights(LABELS, c -> 1))
                        .getMessage());
        assertEquals(
                "Expected a class weight above 0 for some training examples, found none",
                assertThrows(UserException.class, () -> ClassWeighting.of("3:0").weights(LABELS, c -> c == 1 ? 5 : 0))
                        .getMessage());
    }
}
