package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Cycle;
import io.sparkperceptron.analysis.Doubling.Fall;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.training.Ending;
import java.util.List;
import java.util.Map;

/**
 * What the page shows of one run; see {@link PageContent}.
 *
 * @param rate null, like {@code momentum} and {@code bound}, if its optimizer has none
 * @param bound the largest rate that is guaranteed not to raise the cost, given its loss, penalty and momentum
 * @param curves by set, up to the run's last epoch; null for a validation set that does not exist
 * @param quantities of the run, not of a set: floats as in {@link Curve}, by the names that the page shows
 * @param band with folds, one standard error of the validation curve's mean error; null without folds
 * @param last by set, at the run's end; null as in {@code curves}
 * @param lastFifth errors in the last fifth of its epochs
 * @param margin one standard error of its best error
 * @param doubling null if it had too few epochs
 * @param goal null if L-BFGS has trained no run of its loss and l2
 * @param reached the first epoch at each of the page's thresholds of error; null where the run did not reach it
 * @param cycle null if none was found
 * @param interval of its test error
 * @param measured null if the run has diverged
 * @param weights C x (d+1) floats, the bias last; null if the run has diverged or the page has no room
 * @param film frames before its last epoch; none without weights
 */
record PageRun(
        String name,
        String loss,
        Double rate,
        double l2,
        Double momentum,
        Double bound,
        Ending ending,
        int lastEpoch,
        Map<String, Curve> curves,
        Map<String, String> quantities,
        String band,
        Map<String, AtEnd> last,
        Spread lastFifth,
        Best best,
        double margin,
        Doubling doubling,
        Goal goal,
        List<Integer> reached,
        Verdict verdict,
        Cycle cycle,
        WilsonInterval interval,
        Measured measured,
        String weights,
        List<Frame> film) {

    /** Floats, one for each epoch that curves have points at. */
    record Curve(String cost, String error) {}

    /** Cost and error; null instead of infinite or NaN. */
    record AtEnd(Double cost, Double error) {}

    /**
     * The smallest and the largest error on the test set from an epoch on; null instead of infinite or NaN.
     *
     * @param errors after each of at most the last 100 of these epochs, as floats
     */
    record Spread(int from, Double low, Double high, String errors) {}

    /** The smallest choosing error, and the first epoch with it. */
    record Best(Double error, int epoch) {}

    /**
     * See {@link io.sparkperceptron.analysis.Doubling}.
     *
     * @param next null if there is no trend
     */
    record Doubling(int from, Double before, Double after, Fall next) {}

    /**
     * The least objective found of its loss and l2.
     *
     * @param by the run that had it
     * @param above how far the run's last objective is above it, as a fraction of it
     * @param within the first epochs at most 10, 5 and 1 % above it; null where there is none
     */
    record Goal(double floor, String by, Double above, List<Integer> within) {}

    /**
     * What was measured on the test set with the last weights.
     *
     * @param yes for each class, the number of examples to which its perceptron says yes; null if there are too many
     *     classes
     * @param stuck the number of perceptrons that say no to most of their class with a derivative near 0
     * @param confusion entry label C + prediction is a number of examples; null if there are too many classes
     * @param recalls of each class, null for a class without examples; null if there are too many classes
     * @param cells for "label,prediction" the places on the sheet of examples, the most confident first
     */
    record Measured(
            Answers answers,
            List<Long> yes,
            int stuck,
            List<CurvaturePoint> curvature,
            List<Long> confusion,
            List<Double> recalls,
            Histogram histogram,
            Map<String, List<Integer>> cells,
            List<Line> lines) {}

    /** See {@link io.sparkperceptron.analysis.DescentLine}. Costs, slopes and deviations are floats. */
    record Line(
            int epoch,
            int unit,
            float saturated,
            double before,
            double after,
            double longest,
            String costs,
            String slopes,
            String deviations) {}

    /** The numbers of examples to which no perceptron says yes, several do, or the largest score is shared. */
    record Answers(long none, long several, long ties) {}

    /**
     * See {@link io.sparkperceptron.analysis.WeightHistogram}.
     *
     * @param rarelyInked the fraction of rarely active features among the moving weights in the middle bin; null if the
     *     bin is empty
     */
    record Histogram(double width, List<Long> moving, List<Long> still, Double rarelyInked) {}

    /** The weights after an epoch, without biases: C x d signed bytes, whole numbers of 127ths of {@code scale}. */
    record Frame(int epoch, double scale, String weights) {}
}
