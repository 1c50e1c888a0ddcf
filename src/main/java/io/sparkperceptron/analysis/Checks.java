package io.sparkperceptron.analysis;

import java.util.List;
import org.apache.commons.lang3.Validate;

/** Checks for values that may come from an altered file. They throw an {@link IllegalArgumentException}. */
final class Checks {

    private Checks() {}

    static <T> List<T> complete(List<T> list, String what) {
        Validate.isTrue(list != null, "expected a list of %s, got none", what);
        // The last %s is the number of the entry.
        Validate.noNullElements(list, "expected a list of %s, got none as entry %s", what);
        return List.copyOf(list);
    }

    static <T extends Number> List<T> counts(List<T> list, String what) {
        List<T> copy = complete(list, what);
        copy.forEach(number -> notNegative(number.longValue(), what));
        return copy;
    }

    static void notNegative(long number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException("expected " + what + " of at least 0, got " + number);
        }
    }
}
