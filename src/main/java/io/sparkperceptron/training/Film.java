package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.List;

/**
 * The weights of a plan's runs after 1, 2, 5, 10, 20, 50, ... updates, and those of the start unless they are all zero, so that it can be
 * seen later how they came about.
 */
public interface Film {

    /** A frame that takes more bytes is not kept, and neither is any other then. */
    long MOST_BYTES = 64L << 20;

    /** The epochs of the frames that are there, ascending. */
    List<Integer> epochs();

    /** The weights of all runs at one of these, in the plan's order; a run that has left keeps its last. */
    List<PerceptronModel> frame(int epoch);

    /** Whether a plan's film has a frame of an epoch. */
    static boolean hasFrame(int epoch, TrainingPlan plan, int features, int classes) {
        if ((long) Double.BYTES * plan.runs().size() * classes * (features + 1) > MOST_BYTES) {
            return false;
        }
        int leading = epoch;
        while (leading >= 10 && leading % 10 == 0) {
            leading /= 10;
        }
        return epoch == 0 ? !plan.start().isZeros() : leading == 1 || leading == 2 || leading == 5;
    }
}
