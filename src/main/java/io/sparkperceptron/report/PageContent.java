package io.sparkperceptron.report;

import io.sparkperceptron.model.ImageShape;
import java.util.List;

/**
 * What the page shows, in JSON as its scripts read it: {@code data.js} takes it in. Arrays of numbers are texts of {@link PageBytes};
 * what is not there, or not finite, is null.
 *
 * @param started as in {@code run.json}; {@code finished} likewise
 * @param labels those of the classes; null if each is its class's number
 * @param image null if the features are no pixels; {@code shown} likewise
 * @param shown the lines in which pixels are shown, see {@link PixelGrid#shown}
 * @param factor of every feature; null if each example has its own, which makes its length 1
 * @param factors of each feature beside that, as floats; null if there are none, or nothing is drawn
 * @param chooser the set that runs are chosen by, "validation" or "test"
 * @param thresholds of the error that runs are chosen by
 * @param folds whose mean is the validation error; 0 if that is of rows held out, or there is none
 * @param epochs that curves have points at, as integers
 * @param seconds the wall time from the start to the ends of these epochs, as floats
 * @param curvatureRows the training examples that curvatures are of; null if they are of all
 * @param lineRows the training examples that the runs' lines are of; null if there are no lines
 * @param neverMoving features that are zero in every training example
 * @param chosen the place of the run with the least error at its end
 * @param examples null if there are none to show
 * @param classMeans the mean training image of each class; null if the features are no pixels
 */
record PageContent(
        String title,
        String started,
        String finished,
        List<PageFacts> facts,
        int classes,
        List<?> labels,
        int features,
        ImageShape image,
        ImageShape shown,
        Double factor,
        String factors,
        int epochsAsked,
        Rows rows,
        String chooser,
        List<Double> thresholds,
        int folds,
        Stability stability,
        String epochs,
        String seconds,
        Long curvatureRows,
        Integer lineRows,
        int neverMoving,
        List<PageRun> runs,
        int chosen,
        PageComparison comparison,
        Examples examples,
        Sheet classMeans) {

    /** The number of examples in each set. */
    record Rows(long train, long validation, long test) {}

    /**
     * See {@link io.sparkperceptron.analysis.StabilityBound}.
     *
     * @param eigenvalue the largest of X'X/n
     * @param losses all that there are, those that no run has included
     */
    record Stability(double eigenvalue, List<PageLoss> losses) {}

    /**
     * A loss without penalty and momentum.
     *
     * @param smoothness L
     * @param rate 2/L
     * @param saturates whether a unit that is far on the wrong side stops learning
     */
    record PageLoss(String label, double smoothness, double rate, boolean saturates) {}

    /**
     * Test images.
     *
     * @param rows their numbers in the test set
     */
    record Examples(Sheet sheet, List<Long> rows, List<Integer> labels) {}

    /**
     * Images side by side.
     *
     * @param columns of the sheet
     * @param png the sheet as a data URL
     */
    record Sheet(int columns, String png) {}
}
