package io.sparkperceptron.training;

import java.util.Locale;

/** Why a run ended. */
public enum Ending {
    /** It reached the plan's last epoch. */
    EPOCHS,
    /** Its costs or weights were no longer finite. */
    DIVERGED,
    /** Neither its next step nor a later one would change a weight: steps are below the weights' last bit. */
    SATURATED,
    /** The norm of its gradient was at most the plan's tolerance. */
    CONVERGED,
    /** Its error had no new minimum for as many epochs as the plan's patience. */
    PATIENCE,
    /** Its error was at most the plan's target. */
    TARGET;

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
