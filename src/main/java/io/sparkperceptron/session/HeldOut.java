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
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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

    /** The rows whose prediction is not their label: their number, and the most doubtful ones. */
    private static final class Wrong {

        private final PriorityQueue<HeldOutRow> leastDoubtfulFirst =
                new PriorityQueue<>(HeldOutRow.MOST_DOUBTFUL_FIRST.reversed());
        private long count;

        void add(HeldOutRow row) {
            if (row.prediction() != row.label()) {
                count++;
                leastDoubtfulFirst.add(row);
                if (count > MOST_DOUBTFUL) {
                    leastDoubtfulFirst.remove();
                }
            }
        }

        List<HeldOutRow> mostDoubtfulFirst() {
            return leastDoubtfulFirst.stream()
                    .sorted(HeldOutRow.MOST_DOUBTFUL_FIRST)
                    .toList();
        }
    }

    private HeldOut() {}

    static Findings.Doubtful write(CachedBlocks data, FoldModels models, FoldChoice choice, Folder folder) {
        Wrong wrong = new Wrong();
        try (HeldOutScores scores =
                new HeldOutScores(data, models.of(choice.run().run().setting()))) {
            folder.write(Layout.HELD_OUT, out -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                writeScores(scores, data.labels(), wrong, writer);
                writer.flush();
            });
        }
        List<HeldOutRow> doubtful = wrong.mostDoubtfulFirst();
        folder.write(
                Layout.DOUBTFUL,
                doubtful.stream()
                        .map(row -> line(row, data.labels()) + "\n")
                        .collect(Collectors.joining("", COLUMNS + "\n", "")));
        List<HeldOutRow> shown = doubtful.subList(0, Math.min(MOST_SHOWN, doubtful.size()));
        keepImages(data, shown, folder);
        return new Findings.Doubtful(
                choice.run().run().name(),
                choice.best().epoch(),
                wrong.count,
                shown.stream().map(HeldOutRow::row).toList(),
                shown.stream().map(HeldOutRow::label).toList(),
                shown.stream().map(HeldOutRow::prediction).toList(),
                shown.stream().map(HeldOutRow::margin).toList());
    }

    private static void writeScores(HeldOutScores scores, ClassLabels labels, Wrong wrong, Writer writer)
            throws IOException {
        writer.write(IntStream.range(0, labels.count())
                .mapToObj(c -> ",z_" + c)
                .collect(Collectors.joining("", COLUMNS, "\n")));
        Iterator<HeldOutRow> rows = scores.rows().toLocalIterator();
        while (SparkFailures.unwrap(rows::hasNext)) {
            HeldOutRow row = SparkFailures.unwrap(rows::next);
            wrong.add(row);
            writer.write(IntStream.range(0, labels.count())
                    .mapToObj(c -> "," + row.z(c))
                    .collect(Collectors.joining("", line(row, labels), "\n")));
        }
    }

    private static String line(HeldOutRow row, ClassLabels labels) {
        return row.row() + "," + row.fold() + "," + labels.cell("", row.label()) + ","
                + labels.cell("", row.prediction()) + "," + row.margin();
    }

    private static void keepImages(CachedBlocks data, List<HeldOutRow> shown, Folder folder) {
        if (data.shape() != null && !shown.isEmpty()) {
            Map<Long, byte[]> images =
                    ClusterImages.images(
                                    data,
                                    Split.TRAIN,
                                    shown.stream().map(HeldOutRow::row).toList())
                            .stream()
                            .collect(Collectors.toMap(ImageRow::row, ImageRow::pixels));
            Outcome.keepDoubtful(
                    shown.stream().map(row -> images.get(row.row())).toList(), data.shape(), folder);
        }
    }
}
