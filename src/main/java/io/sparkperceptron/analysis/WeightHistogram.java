package io.sparkperceptron.analysis;

import io.sparkperceptron.model.PerceptronModel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.lang3.Validate;

/**
 * A histogram of a run's weights, biases left out. Weights of features that are zero in every training example are
 * counted separately. The gradient of the cost is always zero for such a weight, so without penalty it never changes;
 * after a start of zeros, they form a peak at zero.
 *
 * @param binWidth of each bin; the middle one is centred at zero
 * @param moving for each bin, the number of weights of features that are not always zero
 * @param still for each bin, the number of weights of features that are always zero
 * @param rarelyActiveInMiddle the moving weights in the middle bin whose features are zero in more than 99 % of the
 *     training examples
 */
public record WeightHistogram(double binWidth, List<Long> moving, List<Long> still, long rarelyActiveInMiddle) {

    /** An odd number, so zero is in the middle of a bin. */
    public static final int BINS = 81;

    public WeightHistogram {
        if (moving == null || still == null || moving.size() != BINS || still.size() != BINS) {
            throw new IllegalArgumentException("expected a histogram of " + BINS + " bins, got another");
        }
        Validate.isTrue(
                binWidth > 0 && Double.isFinite(binWidth), "expected bins of a width above 0, got %s", binWidth);
        moving = Checks.counts(moving, "weights that move");
        still = Checks.counts(still, "weights that never move");
        if (rarelyActiveInMiddle < 0 || rarelyActiveInMiddle > moving.get(BINS / 2)) {
            throw new IllegalArgumentException("expected from 0 to " + moving.get(BINS / 2)
                    + " weights of rarely active features in the middle bin, got " + rarelyActiveInMiddle);
        }
    }

    /**
     * Counts the weights of a model.
     *
     * @param active features that are non-zero in some training example
     * @param often features that are non-zero in at least 1 % of the training examples
     */
    public static WeightHistogram of(PerceptronModel model, BitSet active, BitSet often) {
        double largest = model.largestWeight();
        double binWidth = largest > 0 ? 2 * largest / (BINS - 1) : 1;
        long[] moving = new long[BINS];
        long[] still = new long[BINS];
        long rare = 0;
        for (int label = 0; label < model.classes(); label++) {
            for (int j = 0; j < model.features(); j++) {
                int bin = (int) Math.round(model.weight(label, j) / binWidth) + BINS / 2;
                (active.get(j) ? moving : still)[bin]++;
                rare += bin == BINS / 2 && active.get(j) && !often.get(j) ? 1 : 0;
            }
        }
        return new WeightHistogram(
                binWidth,
                Arrays.stream(moving).boxed().toList(),
                Arrays.stream(still).boxed().toList(),
                rare);
    }

    public double centre(int bin) {
        return (bin - BINS / 2) * binWidth;
    }

    public double left(int bin) {
        return centre(bin) - binWidth / 2;
    }

    public double right(int bin) {
        return centre(bin) + binWidth / 2;
    }
}
