package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoundLabelsTest {

    @Test
    void labelsBecomeClassesUnlessTheyAreNumbersFromZero() {
        assertEquals(ClassLabels.of(2, List.of(-1, 1)), classes(1, -1, 1));
        assertEquals(ClassLabels.of(2, List.of(1, 2)), classes(2, 1));
        assertEquals(ClassLabels.of(3, List.of(0, 2, 5)), classes(5, 0, 2));
        assertEquals(ClassLabels.upTo(3), classes(2, 0, 1, 0));
    }

    /** A single label needs no mapping, so it stays the number of its class. */
    @Test
    void aSingleLabelIsTheNumberOfItsClass() {
        assertEquals(ClassLabels.upTo(2), classes());
        assertEquals(ClassLabels.upTo(2), classes(0));
        assertEquals(ClassLabels.upTo(2), classes(1));
        assertEquals(ClassLabels.upTo(6), classes(5, 5));
        assertEquals(ClassLabels.upTo(4096), classes(4095));
        assertEquals("Expected at least two labels in here, found only -1", refusal(-1));
        assertEquals("Expected at least two labels in here, found only 4096", refusal(4096));
        assertEquals("Expected at least two labels in here, found only 20260101", refusal(20_260_101));
    }

    @Test
    void partsMergeInAnyOrder() {
        FoundLabels merged = FoundLabels.merged(Stream.of(found(3, 1), found(2, -2, 1)));
        assertEquals(
                merged.classes("here"),
                FoundLabels.merged(Stream.of(found(2, -2), found(1, 3))).classes("here"));
        assertEquals(5, merged.rows());
    }

    @Test
    void refusesTooManyLabels() {
        assertEquals(4096, classes(IntStream.rangeClosed(1, 4096).toArray()).count());
        assertEquals(
                "Expected at most 4096 classes, found more labels in here",
                refusal(IntStream.rangeClosed(1, 10_000).toArray()));
    }

    /** A regression's target has about as many values as rows. */
    @Test
    void warnsAboutLabelsThatLookLikeQuantities() {
        assertEquals(
                Optional.of("Each of the 3000 different labels of the 3000 rows in here becomes a class; if they are"
                        + " quantities to estimate, put them into a few ranges first"),
                doubt(IntStream.range(0, 3000)));
        assertTrue(doubt(IntStream.range(0, 200)).isPresent());
        assertTrue(doubt(IntStream.range(0, 1_000_000).map(row -> row % 1001)).isPresent());
        assertEquals(Optional.empty(), doubt(IntStream.range(0, 20)));
        assertEquals(Optional.empty(), doubt(IntStream.range(0, 5000).map(row -> row % 1000)));
    }

    private static Optional<String> doubt(IntStream labels) {
        return found(labels.toArray()).doubt("here");
    }

    private static String refusal(int... labels) {
        return assertThrows(UserException.class, () -> classes(labels)).getMessage();
    }

    private static ClassLabels classes(int... labels) {
        return found(labels).classes("here");
    }

    private static FoundLabels found(int... labels) {
        FoundLabels found = new FoundLabels();
        for (int label : labels) {
            found.add(label);
        }
        return found;
    }
}
