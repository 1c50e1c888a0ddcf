package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** The pictures and tables of a run that has not diverged. Images also have pictures of weights and mistakes. */
record RunPictures(Outcome outcome, RunHistory run, Optional<ImageSheet> examples) {

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

    /** The mistakes whose images were kept. Only with very many runs are some missing. */
    private MistakeGallery gallery(List<Findings.Mistake> mistakes) {
        List<Long> rows = outcome.findings().exampleRows();
        List<Findings.Mistake> shown = mistakes.stream()
                .filter(mistake -> examples.isPresent() && rows.contains(mistake.row()))
                .toList();
        LongFunction<byte[]> images = row -> examples.orElseThrow().image(rows.indexOf(row));
        return new MistakeGallery(shown, images, outcome.labels(), outcome.shape());
    }
}
