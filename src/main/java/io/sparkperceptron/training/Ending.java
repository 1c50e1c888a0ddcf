package io.sparkperceptron.training;

import java.util.Locale;

/** Why a run ended. */
public enum Ending {
    /** It had all of its epochs. */
    EPOCHS,
    /** Its costs or weights were no longer finite. */
    DIVERGED,
    /** Its next step would have changed no weight, nor would any later one: the gradient is below the weights' last bit. */
    SATURATED,
    /** Its gradient was not longer than the plan's tolerance. */
    CONVERGED,
    /** Its error had no new minimum for as many epochs as the plan has patience for. */
    PATIENCE,
    /** Its error was not above the plan's target. */
    TARGET;

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
