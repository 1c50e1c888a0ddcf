package io.sparkperceptron.analysis;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verdict on a run, the first epoch that shows it, and a sentence with the reason. */
public record Verdict(Kind kind, int epoch, String reason) {

    /** See {@link Judge}. */
    public enum Kind {
        STEADY,
        OSCILLATING,
        TOO_SLOW,
        SATURATED,
        PARTLY_SATURATED,
        DIVERGED;

        /** The name in files and for people: {@code too slow}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
