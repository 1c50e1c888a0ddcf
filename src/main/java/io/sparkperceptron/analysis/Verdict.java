package io.sparkperceptron.analysis;

import java.util.Locale;

/**
 * What became of a run, in a word.
 *
 * @param epoch the first that shows it
 * @param reason a sentence
 */
public record Verdict(Kind kind, int epoch, String reason) {

    /** The words, as {@link Judge} uses them. */
    public enum Kind {
        STEADY,
        OSCILLATING,
        TOO_SLOW,
        SATURATED,
        DIVERGED;

        /** For files and people: {@code too slow}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
