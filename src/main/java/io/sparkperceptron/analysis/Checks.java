package io.sparkperceptron.analysis;

import java.util.List;

/** What constructors demand of values that may have been read from an altered file. */
final class Checks {

    private Checks() {}

    /**
     * A copy of a list.
     *
     * @throws IllegalArgumentException if it or one of its entries is null
     */
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

    /**
     * A copy of a list of whole numbers.
     *
     * @throws IllegalArgumentException if it or one of its entries is null, or an entry is negative
     */
    static <T extends Number> List<T> counts(List<T> list, String what) {
        List<T> copy = complete(list, what);
        for (T number : copy) {
            notNegative(number.longValue(), what);
        }
        return copy;
    }

    /**
     * Makes sure that a number is 0 or more.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static void notNegative(long number, String what) {
        if (number < 0) {
            throw new IllegalArgumentException("expected " + what + " of at least 0, got " + number);
        }
    }
}
