package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassLabelsTest {

    @Test
    void classesAreInTheOrderOfTheirLabels() {
        ClassLabels labels = ClassLabels.of(3, List.of(-5, 0, 7));
        assertFalse(labels.areNumbers());
        assertEquals(List.of(-5, 0, 7), labels.listed());
        for (int c = 0; c < 3; c++) {
            assertEquals(c, labels.classOf(labels.of(c)));
        }
        for (double none : new double[] {1, -5.5, 8, -6, Double.NaN, 1e300, 0x1p32 - 5}) {
            assertEquals(-1, labels.classOf(none), "class of " + none);
        }
    }

    @Test
    void numbersAreTheirOwnLabels() {
        for (ClassLabels labels :
                List.of(ClassLabels.upTo(3), ClassLabels.of(3, null), ClassLabels.of(3, List.of(0, 1, 2)))) {
            assertTrue(labels.areNumbers());
            assertNull(labels.listed());
            assertEquals(ClassLabels.upTo(3), labels);
            assertEquals(2, labels.of(2));
            assertEquals(2, labels.classOf(2));
            for (double none : new double[] {-1, 3, 0.5, Double.NaN}) {
                assertEquals(-1, labels.classOf(none), "class of " + none);
            }
        }
    }

    @Test
    void sentencesListTheLabels() {
        assertEquals("a label from 0 to 9", ClassLabels.upTo(10).expected());
        assertEquals(
                "one of the training set's labels, -1, 1",
                ClassLabels.of(2, List.of(-1, 1)).expected());
        ClassLabels letters = ClassLabels.ascending(IntStream.range(1, 27).toArray());
        assertEquals("one of the training set's labels, 1 to 26", letters.expected());
        assertTrue(letters.map().startsWith("1 is 0, 2 is 1, "), letters.map());
        assertTrue(letters.map().endsWith(", 20 is 19, and so on to 26 is 25"), letters.map());
    }

    @Test
    void textLabelsStandForClassNumbers() {
        ClassLabels names = ClassLabels.of(2, List.of("cat", "dog, \"tame\""));
        assertEquals(List.of("cat", "dog, \"tame\""), names.listed());
        assertEquals(ClassLabels.named(List.of("cat", "dog, \"tame\"")), names);
        assertTrue(names.areNames() && !names.areNumbers());
        assertEquals(1, names.of(1));
        assertEquals(1, names.classOf(1.0));
        assertEquals(-1, names.classOf(2.0));
        assertEquals(0, names.classOf("cat"));
        assertEquals(-1, names.classOf("bird"));
        assertEquals("cat", names.text(0));
        assertEquals("\"is dog, \"\"tame\"\"\"", names.cell("is ", 1));
        assertEquals("one of the training set's labels, cat, dog, \"tame\"", names.expected());
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, List.of("b", "a")));
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, List.of("1", 2)));
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, List.of(1.0, 2.0)));
    }

    @Test
    void invisibleNamesAreReadableForPeopleAndUnchangedInFiles() {
        ClassLabels names = ClassLabels.named(List.of("", " ", "<b>\"x\"</b>", "two\nlines"));
        assertEquals("\"\"", names.text(0));
        assertEquals("\" \"", names.text(1));
        assertEquals("<b>\"x\"</b>", names.text(2));
        assertEquals("two lines", names.text(3));
        assertEquals("", names.cell("", 0));
        assertEquals("\"<b>\"\"x\"\"</b>\"", names.cell("", 2));
        assertEquals("\"two\nlines\"", names.cell("", 3));
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, List.of(1)));
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, List.of(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> ClassLabels.of(2, Arrays.asList(1, null)));
    }
}
