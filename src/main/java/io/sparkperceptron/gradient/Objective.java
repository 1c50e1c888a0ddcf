package io.sparkperceptron.gradient;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.Loss;
import java.io.Serializable;
import java.util.List;

/**
 * What a pass measures for a run: the mean cost of its loss over the training rows, and its gradient. Rows of the
 * held-out fold count only in the run's validation cost and error.
 *
 * @param heldOutFold the fold's number, or {@link #NONE}
 */
public record Objective(Loss loss, int heldOutFold) implements Serializable {

    /** No fold is held out: the run is trained on all training rows. */
    public static final int NONE = ExampleBlock.NO_FOLD;

    public Objective {
        if (heldOutFold < NONE) {
            throw new IllegalArgumentException(
                    "expected a fold from 0 on, or " + NONE + " for none, got " + heldOutFold);
        }
    }

    /** An objective on all training rows. */
    public static Objective of(Loss loss) {
        return new Objective(loss, NONE);
    }

    /** Objectives on all training rows, one for each loss. */
    public static List<Objective> of(List<Loss> losses) {
        return losses.stream().map(Objective::of).toList();
    }
}
