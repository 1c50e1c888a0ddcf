package io.sparkperceptron.session;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.analysis.HeldOutRow;
import io.sparkperceptron.block.ImageRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterImages;
import io.sparkperceptron.cluster.HeldOutScores;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scores each training row by the chosen setting's model that has not seen the row's fold, and writes the scores and
 * the most doubtful labels. The models are those of the epoch with the lowest mean error of the folds.
 */
final class HeldOut {

    /** The most rows of the table of doubtful labels. */
    private static final int MOST_DOUBTFUL = 10_000;
    /** The most rows among the findings, which the page shows. */
    private static final int MOST_SHOWN = 80;

    private static final String COLUMNS = "row,fold,label,prediction,margin";

    private final CachedBlocks data;
    private final Folder folder;
    /** The number of rows whose prediction is not their label. */
    private long wrong;
    /** The most doubtful of these rows. */
    private final PriorityQueue<HeldOutRow> leastDoubtfulFirst =
            new PriorityQueue<>(HeldOutRow.MOST_DOUBTFUL_FIRST.reversed());

    HeldOut(CachedBlocks data, Folder folder) {
        this.data = data;
        this.folder = folder;
    }

    Findings.Doubtful write(FoldModels models, FoldChoice choice) {
        try (HeldOutScores scores =
                new HeldOutScores(data, models.of(choice.run().run().setting()))) {
            folder.write(Layout.HELD_OUT, out -> writeScores(scores, out));
        }
        List<HeldOutRow> doubtful = leastDoubtfulFirst.stream()
                .sorted(HeldOutRow.MOST_DOUBTFUL_FIRST)
                .toList();
        folder.write(
                Layout.DOUBTFUL,
                doubtful.stream().map(row -> cells(row) + "\n").collect(Collectors.joining("", COLUMNS + "\n", "")));
        List<HeldOutRow> shown = doubtful.subList(0, Math.min(MOST_SHOWN, doubtful.size()));
        List<Long> rows = shown.stream().map(HeldOutRow::row).toList();
        if (data.shape() != null && !shown.isEmpty()) {
            Map<Long, byte[]> images = ClusterImages.images(data, Split.TRAIN, rows).stream()
                    .collect(Collectors.toMap(ImageRow::row, ImageRow::pixels));
            Outcome.keepDoubtful(rows.stream().map(images::get).toList(), data.shape(), folder);
        }
        return new Findings.Doubtful(
                choice.run().run().name(),
                choice.best().epoch(),
                wrong,
                rows,
                shown.stream().map(HeldOutRow::label).toList(),
                shown.stream().map(HeldOutRow::prediction).toList(),
                shown.stream().map(HeldOutRow::margin).toList());
    }

    private void writeScores(HeldOutScores scores, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(line(COLUMNS, c -> "z_" + c));
        Iterator<HeldOutRow> rows = scores.rows().toLocalIterator();
        while (SparkFailures.unwrap(rows::hasNext)) {
            HeldOutRow row = SparkFailures.unwrap(rows::next);
            rank(row);
            writer.write(line(cells(row), row::z));
        }
        writer.flush();
    }

    private void rank(HeldOutRow row) {
        if (row.prediction() != row.label()) {
            wrong++;
            leastDoubtfulFirst.add(row);
            if (wrong > MOST_DOUBTFUL) {
                leastDoubtfulFirst.remove();
            }
        }
    }

    /** A line that starts with {@code before} and has a cell for each class. */
    private String line(String before, IntFunction<Object> cell) {
        return IntStream.range(0, data.classes())
                .mapToObj(c -> "," + cell.apply(c))
                .collect(Collectors.joining("", before, "\n"));
    }

    private String cells(HeldOutRow row) {
        return row.row() + "," + row.fold() + "," + data.labels().cell("", row.label()) + ","
                + data.labels().cell("", row.prediction()) + "," + row.margin();
    }
}
