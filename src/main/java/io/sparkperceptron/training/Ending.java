package io.sparkperceptron.training;

import java.util.Locale;

/** Why a run ended. */
public enum Ending {
    /** It reached the plan's last epoch. */
    EPOCHS,
    /** Its costs or weights were no longer finite. */
    DIVERGED,
    /** Neither its next step nor a later one would change a weight: the gradient is below the weights' last bit. */
    SATURATED,
    /** The norm of its gradient was at most the plan's tolerance. */
    CONVERGED,
    /** Its error reached no new minimum within the plan's patience. */
    PATIENCE,
    /** Its error was at most the plan's target. */
    TARGET;

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
