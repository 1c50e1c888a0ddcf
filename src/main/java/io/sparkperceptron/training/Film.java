package io.sparkperceptron.training;

import io.sparkperceptron.model.PerceptronModel;
import java.util.List;

/** The weights of a plan's runs after 1, 2, 5, 10, 20, 50, ... updates, and at the start unless it is all zeros. */
public interface Film {

    /** The largest size of a frame in bytes. A plan with larger frames has no film. */
    long MOST_BYTES = 64L << 20;

    /** The epochs of the frames, ascending. */
    List<Integer> epochs();

    /** The weights of all runs at one of these epochs, in the plan's order. Ended runs keep their last weights. */
    List<PerceptronModel> frame(int epoch);

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
