package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.TrainedRun;
import java.util.Locale;
import java.util.Map;

/** All pictures and tables of one run. */
public final class RunPictures {

    private RunPictures() {}

    /**
     * Writes the pictures of a run; those of weights and mistakes only if the features are images.
     *
     * @param evaluation of the run on the test set
     * @param shape of the images, or null if the features are none
     * @param images of its mistakes, by row of the test set, a byte for each pixel
     */
    public static void write(
            TrainedRun run,
            Evaluation evaluation,
            WeightHistogram histogram,
            ImageShape shape,
            Map<Long, byte[]> images,
            Folder folder) {
        String name = String.format(
                Locale.ROOT,
                "%s, epoch %d: test error %.2f %%",
                run.run().name(),
                run.last().epoch(),
                100 * evaluation.confusion().error());
        new HistogramPicture(histogram).write(folder, "Weights of " + name, shape != null);
        new ConfusionPicture(evaluation.confusion()).write(folder, name);
        if (shape != null) {
            new WeightImages(run.model(), shape).write(folder, "Weights of " + name);
            new MistakeGallery(evaluation.mistakes(), images, shape)
                    .write(folder, "Most confident mistakes of " + name);
        }
    }
}
