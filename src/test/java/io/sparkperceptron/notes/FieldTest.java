package io.sparkperceptron.notes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

    @Test
    void readsNumbersAsPeopleTypeThem() {
        assertEquals(40, Field.whole("epochs", " 40 ", 1));
        assertEquals(100, Field.whole("epochs", "1e2", 1));
        assertEquals(0.5, Field.number("rate", "\t.5"));
        assertEquals(-3, Field.number("from", -3));
        assertArrayEquals(new double[] {0.1, 0.5, 1}, Field.numbers("rates", "1, 0.5,1e-1", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", " ", "0,5", "0.5", "0", "-3", "NaN", "1e99", "0x10", "1d"})
    void namesAFieldWithoutAWholeNumber(String typed) {
        says(
                "Field 'epochs': expected a whole number of at least 1, got '" + typed + "'",
                () -> Field.whole("epochs", typed, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "0,5", "NaN", "Infinity", "1e999", "1f"})
    void namesAFieldWithoutANumber(String typed) {
        says("Field 'rate': expected a number such as 0.5, got '" + typed + "'", () -> Field.number("rate", typed));
    }

    @Test
    void namesAFieldWithoutNumbers() {
        says(
                "Field 'rates': expected numbers with commas between them, such as 0.1, 0.5, got ' fast'",
                () -> Field.numbers("rates", "1, fast", 3));
        says("Field 'rates': expected at most 2 numbers, got 3", () -> Field.numbers("rates", "1,2,3", 2));
        says("Field 'row': expected a whole number from 0 to 9, got '10'", () -> Field.whole("row", "10", 0, 9));
    }

    private static void says(String sentence, Executable field) {
        assertEquals(sentence, assertThrows(UserException.class, field).getMessage());
    }
}
