package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.model.ImageShape;
import java.util.List;

/**
 * The data of the page, as JSON that {@code data.js} reads. Arrays of numbers are texts of {@link PageBytes}. A null
 * stands for a value that does not exist or is not finite.
 *
 * @param labels of the classes; null if they are 0 to C - 1
 * @param featureNames null if they are unknown or pixels, or no run has weights
 * @param scaling the label of the scaling of features
 * @param image null if the features are not pixels
 * @param shown the lines in which pixels are shown, see {@link PixelGrid#shown}
 * @param factor of every feature; null if each example is divided by its length
 * @param factors of each feature, besides {@code factor}, as floats; null if there are none, or no digit can be drawn
 * @param chooser "validation" or "test"
 * @param folds the number of folds whose mean is the validation error; 0 without folds
 * @param choice what the folds choose over all epochs; null without folds
 * @param weighted whether training examples have weights, which costs leave out
 * @param startsAtZero whether all weights are zero before the first update
 * @param epochs of the points of curves, as integers
 * @param seconds the wall time from the start to the end of each of these epochs, as floats
 * @param curvatureRows the number of training examples that curvatures are computed on; null for all
 * @param lineRows the number of training examples that costs along lines are estimated from; null without lines
 * @param neverMoving the number of features that are zero in every training example
 * @param emptyClasses the numbers of the classes without an example in any set
 * @param chosen the place of the run with the least error at its end
 * @param sample null if there are no images, or too few fit the page
 * @param doubtful null without held-out scores
 * @param doubtfulImages null if there are none, or their sheet is too large
 */
record PageContent(
        String title,
        List<PageFacts> facts,
        int classes,
        List<?> labels,
        int features,
        List<String> featureNames,
        String scaling,
        ImageShape image,
        ImageShape shown,
        Double factor,
        String factors,
        int epochsAsked,
        Rows rows,
        String chooser,
        List<Double> thresholds,
        int folds,
        Choice choice,
        boolean weighted,
        boolean startsAtZero,
        Stability stability,
        String epochs,
        String seconds,
        Long curvatureRows,
        Integer lineRows,
        int neverMoving,
        List<Integer> emptyClasses,
        List<PageRun> runs,
        int chosen,
        PageComparison comparison,
        Examples examples,
        Sheet classMeans,
        Sample sample,
        Findings.Doubtful doubtful,
        Sheet doubtfulImages) {

    record Rows(long train, long validation, long test) {}

    /** A run, its number of updates, and its error on the test set there. */
    record Choice(String run, int epochs, double testError) {}

    /** The largest eigenvalue of X'X/n, and all losses, also those of no run. */
    record Stability(double eigenvalue, List<PageLoss> losses) {}

    /** A loss without penalty and momentum. Its smoothness is L, its rate 2/L. */
    record PageLoss(String label, double smoothness, double rate, boolean saturates) {}

    /** Test images, and the numbers of their rows in the test set. */
    record Examples(Sheet sheet, List<Long> rows, List<Integer> labels) {}

    /**
     * Images to train on, then images to test with.
     *
     * @param classWeights of each class; null if all are 1
     */
    record Sample(Sheet sheet, List<Integer> trainingLabels, List<Integer> testLabels, List<Double> classWeights) {}

    /** Images side by side: the number in a row, and a data URL. */
    record Sheet(int columns, String png) {}
}
