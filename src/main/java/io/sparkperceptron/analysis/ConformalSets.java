package io.sparkperceptron.analysis;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.commons.lang3.Validate;

/**
 * Sets of classes that contain a new example's class with a probability of about 1 - alpha, by the CV+ method of Y.
 * Romano, M. Sesia and E. Candès, "Classification with valid and adaptive coverage", NeurIPS 2020, after R. Barber and
 * others, "Predictive inference with the jackknife+", Annals of Statistics 49, 2021. With the margin m_f(x, y) of
 * {@link HeldOutRow#margin} by the model without fold f, and n training rows (x_i, y_i) in folds f(i),
 *
 * <pre>{@code set(x) = { y : #{ i : m_f(i)(x_i, y_i) > m_f(i)(x, y) } < (1 - alpha) (n + 1) }}</pre>
 *
 * If new examples have the distribution of the training rows, the probability is at least {@link #guaranteed}, a little
 * below 1 - 2 alpha, for any models; usually it is close to 1 - alpha. It is a mean over all examples: a class may have
 * a lower probability. A set may be empty.
 */
public final class ConformalSets implements Serializable {

    private final double[][] margins;
    private final double most;

    /**
     * @param margins of the training rows for their labels, an ascending array for each fold; the arrays are kept
     * @throws IllegalArgumentException if alpha is not between 0 and 1
     */
    public ConformalSets(double[][] margins, double alpha) {
        Validate.isTrue(alpha > 0 && alpha < 1, "expected an alpha above 0 and below 1, got %s", alpha);
        this.margins = margins;
        this.most = (1 - alpha) * (rows(margins) + 1);
    }

    private static long rows(double[][] margins) {
        return Arrays.stream(margins).mapToLong(fold -> fold.length).sum();
    }

    /** The guaranteed lower bound of the coverage. */
    public static double guaranteed(double[][] margins, double alpha) {
        double rows = rows(margins);
        double folds = margins.length;
        double lost = Math.min(2 * (1 - 1 / folds) / (rows / folds + 1), (1 - folds / rows) / (folds + 1));
        return 1 - 2 * alpha - lost;
    }

    /**
     * The numbers of the classes in the set of an example, ascending.
     *
     * @param z of all classes, by the model without fold f
     */
    public int[] of(IntFunction<double[]> z, int classes) {
        long[] larger = new long[classes];
        for (int f = 0; f < margins.length; f++) {
            double[] scores = z.apply(f);
            for (int c = 0; c < classes; c++) {
                larger[c] += larger(margins[f], HeldOutRow.margin(scores, c));
            }
        }
        return IntStream.range(0, classes).filter(c -> larger[c] < most).toArray();
    }

    /** The number of entries of an ascending array that are above a value. */
    private static int larger(double[] ascending, double value) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return ascending.length - low;
    }
}
