package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All pictures of one run that has not diverged, and the tables beside them; those of weights and mistakes only of images. */
final class RunPictures {

    private final Outcome outcome;
    private final RunHistory run;
    private final Optional<ImageSheet> examples;

    RunPictures(Outcome outcome, RunHistory run, Optional<ImageSheet> examples) {
        this.outcome = outcome;
        this.run = run;
        this.examples = examples;
    }

    void write() {
        Folder folder = Layout.pictures(outcome.folder(), run.run().name());
        Findings.Measured measured = outcome.measured(run);
        ConfusionMatrix confusion = ConfusionMatrix.of(outcome.classes(), measured.confusion());
        String title = String.format(
                Locale.ROOT,
                "%s, epoch %d: test error %.2f %%",
                run.run().name(),
                run.lastEpoch(),
                100 * confusion.error());
        String weights =
                (outcome.scaling() == FeatureScaling.STANDARD ? "Weights per standard deviation of " : "Weights of ")
                        + title;
        new HistogramPicture(measured.histogram()).write(folder, weights, outcome.shape() != null);
        new ConfusionPicture(confusion, outcome.labels()).write(folder, title);
        if (outcome.shape() != null) {
            new WeightImages(outcome.model(run), outcome.labels(), outcome.shape()).write(folder, weights);
            gallery(measured.mistakes()).write(folder, "Most confident mistakes of " + title);
        }
    }

    /** Of the mistakes whose images were kept: all of them, unless there are very many runs. */
    private MistakeGallery gallery(List<Findings.Mistake> mistakes) {
        Map<Long, byte[]> images = new HashMap<>();
        for (Findings.Mistake mistake : mistakes) {
            int place = outcome.findings().exampleRows().indexOf(mistake.row());
            if (place >= 0 && examples.isPresent()) {
                images.put(mistake.row(), examples.get().image(place));
            }
        }
        return new MistakeGallery(
                mistakes.stream()
                        .filter(mistake -> images.containsKey(mistake.row()))
                        .toList(),
                images,
                outcome.labels(),
                outcome.shape());
    }
}
