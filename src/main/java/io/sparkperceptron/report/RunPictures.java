package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** The pictures and tables of a run that has not diverged. Images also have pictures of weights and mistakes. */
record RunPictures(Outcome outcome, RunHistory run, Optional<ImageSheet> examples) {

    void write() {
        String name = run.run().name();
        Folder folder = Layout.pictures(outcome.folder(), name);
        Findings.Measured measured = outcome.measured(run);
        ConfusionMatrix confusion = ConfusionMatrix.of(outcome.classes(), measured.confusion());
        String title = name + ", epoch " + run.lastEpoch()
                + String.format(Locale.ROOT, ": test error %.2f %%", 100 * confusion.error());
        boolean standardized = outcome.scaling() == FeatureScaling.STANDARD;
        String weights = "Weights " + (standardized ? "per standard deviation of " : "of ") + title;
        writeHistogram(measured.histogram(), folder, weights, outcome.shape() != null);
        new ConfusionPicture(confusion, outcome.labels()).write(folder, title);
        if (outcome.shape() != null) {
            new WeightImages(outcome.model(run), outcome.labels(), outcome.shape()).write(folder, weights);
            gallery(measured.mistakes()).write(folder, "Most confident mistakes of " + title);
        }
    }

    /** Writes the table and the picture. Its texts speak of pixels if the features are {@code images}. */
    static void writeHistogram(WeightHistogram histogram, Folder folder, String title, boolean images) {
        Table<Integer> table = new Table<>(List.of(
                Column.number("from", histogram::left),
                Column.number("to", histogram::right),
                Column.whole("moving_weights", histogram.moving()::get),
                Column.whole("never_moving_weights", histogram.still()::get)));
        List<Integer> bins = IntStream.range(0, WeightHistogram.BINS).boxed().toList();
        folder.write(Layout.HISTOGRAM_TABLE, table.text(bins));
        if (Charts.canBeDrawn()) {
            new HistogramChart(histogram).write(folder, title, images);
        }
    }

    /** The mistakes whose images were kept. With very many runs, some are missing. */
    private MistakeGallery gallery(List<Findings.Mistake> mistakes) {
        List<Long> rows = outcome.findings().exampleRows();
        List<Findings.Mistake> shown = mistakes.stream()
                .filter(mistake -> examples.isPresent() && rows.contains(mistake.row()))
                .toList();
        LongFunction<byte[]> images = row -> examples.orElseThrow().image(rows.indexOf(row));
        return new MistakeGallery(shown, images, outcome.labels(), outcome.shape());
    }
}
