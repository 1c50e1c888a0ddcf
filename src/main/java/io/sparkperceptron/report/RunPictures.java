package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.TrainedRun;
import java.util.BitSet;
import java.util.Locale;

/** All pictures and tables of one run. */
public final class RunPictures {

    /** How many of a run's most confident mistakes are shown. */
    public static final int MISTAKES = MistakeGallery.IMAGES;

    private RunPictures() {}

    /**
     * Writes the pictures of a run; those of weights and mistakes only if the features are images.
     *
     * @param evaluation of the run on the test set
     * @param shape of the images, or null if the features are none
     * @param activeFeatures those that are not zero in every training example
     */
    public static void write(
            TrainedRun run, Evaluation evaluation, ImageShape shape, BitSet activeFeatures, Folder folder) {
        String name = String.format(
                Locale.ROOT,
                "%s, epoch %d: test error %.2f %%",
                run.run().name(),
                run.last().epoch(),
                100 * evaluation.confusion().error());
        new WeightHistogram(run.model(), activeFeatures).write(folder, "Weights of " + name, shape != null);
        new ConfusionPicture(evaluation.confusion()).write(folder, name);
        if (shape != null) {
            new WeightImages(run.model(), shape).write(folder, "Weights of " + name);
            new MistakeGallery(evaluation.mistakes(), shape).write(folder, "Most confident mistakes of " + name);
        }
    }
}
