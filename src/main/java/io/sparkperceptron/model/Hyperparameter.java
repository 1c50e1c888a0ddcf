package io.sparkperceptron.model;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A number that controls how a run trains. The list {@link #ALL} defines grids, names of runs, options, tables, files
 * and the params of Spark ML.
 *
 * @param field its name in JSON; columns and options have the same words
 * @param param its name in Spark ML
 * @param noun its name in a sentence
 * @param symbol the placeholder for its value in the help
 * @param standard its default
 * @param canBe0 whether 0 is valid
 * @param below positive values are valid if they are less than this
 */
public record Hyperparameter(
        String field,
        String param,
        String noun,
        String symbol,
        String meaning,
        double standard,
        boolean canBe0,
        double below)
        implements Serializable {

    /** alpha. */
    public static final Hyperparameter LEARNING_RATE = new Hyperparameter(
            "learningRate",
            "stepSize",
            "a learning rate",
            "RATE",
            "the step along the gradient",
            0.5,
            false,
            Double.POSITIVE_INFINITY);

    /** lambda. */
    public static final Hyperparameter L2 = new Hyperparameter(
            "l2",
            "regParam",
            "an l2 penalty",
            "L2",
            "lambda of the penalty lambda/2 |w|^2, which leaves the biases out",
            0,
            true,
            Double.POSITIVE_INFINITY);

    /** beta. */
    public static final Hyperparameter MOMENTUM = new Hyperparameter(
            "momentum",
            "momentum",
            "a momentum",
            "BETA",
            "heavy ball: the part of the last step that the next one keeps",
            0,
            true,
            1);

    /** All hyperparameters. A run's name always has the first, and the others where their values differ. */
    public static final List<Hyperparameter> ALL = List.of(LEARNING_RATE, L2, MOMENTUM);

    public int place() {
        return ALL.indexOf(this);
    }

    public String column() {
        return words(field, "_");
    }

    /** The name on the command line and in names of runs. */
    public String dashed() {
        return words(field, "-");
    }

    /** The words of a camel-case name such as {@code stepSize}, in lower case and separated. */
    public static String words(String name, String between) {
        return name.replaceAll("([A-Z])", between + "$1").toLowerCase(Locale.ROOT);
    }

    public boolean admits(double value) {
        return (value > 0 || (canBe0 && value == 0)) && value < below;
    }

    public void require(double value) {
        if (!admits(value)) {
            throw new IllegalArgumentException(expected(noun) + ", got " + value);
        }
    }

    /** The beginning of an error message about {@code what}, such as {@link #noun()}. */
    public String expected(String what) {
        return "expected " + what + (canBe0 ? " of " : " ") + bound();
    }

    public String bound() {
        return (canBe0 ? "at least 0" : "above 0") + (isBounded() ? " and below " + (long) below : "");
    }

    public boolean isBounded() {
        return below < Double.POSITIVE_INFINITY;
    }
}
