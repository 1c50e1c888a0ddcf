package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Cycle;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.WilsonInterval;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the page shows of one run; see {@link PageContent}.
 *
 * @param bound the rate that is guaranteed to its loss, penalty and momentum
 * @param curves up to the run's last epoch
 * @param quantities of the run, not of a set: floats as in {@link Curve}, by the names that the page shows
 * @param band one standard error of the mean over folds that the validation curve of errors is; null without folds
 * @param last at its end
 * @param lastFifth of its epochs
 * @param margin one standard error of its best error
 * @param reasonableEpochs null if the training cannot say
 * @param reached the first epoch with each of the page's thresholds of error; null where it had none
 * @param cycle null if it is in none, or in none that is found
 * @param interval of its test error
 * @param measured null if it has diverged
 * @param weights C x (d+1) floats, the bias last; null if it has diverged or there is no room for them
 * @param film before its last epoch; none if there are no weights
 */
record PageRun(
        String name,
        String loss,
        double rate,
        double l2,
        double momentum,
        double bound,
        Ending ending,
        int lastEpoch,
        BySet<Curve> curves,
        Map<String, String> quantities,
        String band,
        BySet<AtEnd> last,
        Spread lastFifth,
        Best best,
        double margin,
        Integer reasonableEpochs,
        List<Integer> reached,
        Judged verdict,
        Cycle cycle,
        WilsonInterval interval,
        Measured measured,
        String weights,
        List<Frame> film) {

    /**
     * A thing for each set.
     *
     * @param validation null if there is no such set
     */
    record BySet<T>(T train, T validation, T test) {

        /** Makes it for each set that there is. */
        static <T> BySet<T> of(
                boolean hasValidation, RunHistory run, Function<Function<EpochMetrics, SetMetrics>, T> make) {
            return new BySet<>(
                    make.apply(EpochMetrics::train),
                    hasValidation ? make.apply(epoch -> run.validation(epoch.epoch())) : null,
                    make.apply(EpochMetrics::test));
        }
    }

    /** Floats, one for each epoch that curves have points at. */
    record Curve(String cost, String error) {}

    /** Cost and error; null where they are not finite. */
    record AtEnd(Double cost, Double error) {}

    /**
     * The least and the largest error on the test set, from an epoch on; null where they are not finite.
     *
     * @param errors after each of these epochs, the last 100 at most, as floats
     */
    record Spread(int from, Double low, Double high, String errors) {}

    /** The least error that runs are chosen by, and the first epoch with it. */
    record Best(Double error, int epoch) {}

    /** See {@link io.sparkperceptron.analysis.Verdict}. */
    record Judged(String kind, int epoch, String reason) {}

    /**
     * On the test set, and of the last weights.
     *
     * @param confusion entry label C + prediction is a number of examples; null if there are too many classes
     * @param recalls of each class; null if there are too many, and for a class without examples
     * @param cells for "label,prediction" the places on the sheet of examples, the most confident first
     */
    record Measured(
            Answers answers,
            List<CurvaturePoint> curvature,
            List<Long> confusion,
            List<Double> recalls,
            Histogram histogram,
            Map<String, List<Integer>> cells,
            List<Line> lines) {}

    /**
     * See {@link io.sparkperceptron.analysis.DescentLine}.
     *
     * @param costs as floats; {@code slopes} likewise
     */
    record Line(int epoch, int unit, float saturated, double longest, String costs, String slopes) {}

    /** On how many examples no perceptron says yes, several do, or the largest score is shared. */
    record Answers(long none, long several, long ties) {}

    /**
     * See {@link io.sparkperceptron.analysis.WeightHistogram}.
     *
     * @param rarelyInked of the moving weights in the middle bin, the fraction of rarely active features; null if there are none
     */
    record Histogram(double width, List<Long> moving, List<Long> still, Double rarelyInked) {}

    /**
     * The weights after some epoch, without biases.
     *
     * @param weights C x d signed bytes, whole numbers of 127ths of {@code scale}
     */
    record Frame(int epoch, double scale, String weights) {}
}
