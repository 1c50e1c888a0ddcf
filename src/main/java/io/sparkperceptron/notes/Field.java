package io.sparkperceptron.notes;

import io.sparkperceptron.UserException;
import java.math.BigDecimal;
import java.util.Arrays;

/** Reads what somebody has typed into a field of a note. A {@link UserException} names the field. */
public final class Field {

    private Field() {}

    /** A whole number, not below {@code least}. */
    public static int whole(String name, Object typed, int least) {
        return whole(name, typed, least, Integer.MAX_VALUE);
    }

    /** A whole number from {@code least} to {@code most}. */
    public static int whole(String name, Object typed, int least, int most) {
        try {
            int number = new BigDecimal(typed.toString().strip()).intValueExact();
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // The exception below says what was typed.
        }
        String bounds = most == Integer.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
        throw new UserException("Field '" + name + "': expected a whole number " + bounds + ", got '" + typed + "'");
    }

    /** A finite number, with a point before its decimals. */
    public static double number(String name, Object typed) {
        return number(name, typed.toString(), "a number such as 0.5");
    }

    /** Numbers with commas between them, in ascending order. */
    public static double[] numbers(String name, Object typed, int most) {
        double[] numbers = Arrays.stream(typed.toString().split(",", -1))
                .mapToDouble(one -> number(name, one, "numbers with commas between them, such as 0.1, 0.5"))
                .sorted()
                .toArray();
        if (numbers.length > most) {
            throw new UserException(
                    "Field '" + name + "': expected at most " + most + " numbers, got " + numbers.length);
        }
        return numbers;
    }

    private static double number(String name, String typed, String expected) {
        try {
            double number = new BigDecimal(typed.strip()).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The exception below says what was typed.
        }
        throw new UserException("Field '" + name + "': expected " + expected + ", got '" + typed + "'");
    }
}
