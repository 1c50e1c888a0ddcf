package io.sparkperceptron.analysis;

import java.util.List;

/** Checks of values that may come from an altered file. They throw an {@link IllegalArgumentException}. */
final class Checks {

    private Checks() {}

    static <T> List<T> complete(List<T> list, String what) {
        if (list == null) {
            throw new IllegalArgumentException("expected a list of " + what + ", got none");
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                throw new IllegalArgumentException("expected a list of " + what + ", got none as entry " + i);
            }
        }
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
