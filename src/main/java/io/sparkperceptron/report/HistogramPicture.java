package io.sparkperceptron.report;

import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.storage.Folder;
import java.util.List;
import java.util.stream.IntStream;

/** A {@link WeightHistogram} as a table and a picture. */
record HistogramPicture(WeightHistogram histogram) {

    /** Writes the table, and the picture, whose texts name pixels if the features are {@code images}. */
    void write(Folder folder, String title, boolean images) {
        Table<Integer> table = new Table<>(List.of(
                Column.number("from", histogram::left),
                Column.number("to", histogram::right),
                Column.whole("moving_weights", histogram.moving()::get),
                Column.whole("never_moving_weights", histogram.still()::get)));
        folder.write(
                Layout.HISTOGRAM_TABLE,
                table.text(IntStream.range(0, WeightHistogram.BINS).boxed().toList()));
        if (Charts.canBeDrawn()) {
            new HistogramChart(histogram).write(folder, title, images);
        }
    }
}
