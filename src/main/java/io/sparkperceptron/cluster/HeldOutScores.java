package io.sparkperceptron.cluster;

import io.sparkperceptron.analysis.HeldOutRow;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.SparkFailures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** The training rows, each scored by the model that was trained without its fold. */
public final class HeldOutScores implements AutoCloseable {

    private final JavaRDD<HeldOutRow> rows;
    private final Broadcast<Weights[]> models;

    /**
     * Scores all rows in a pass over the training set whenever they are asked for, unless {@link #cache} is called.
     *
     * @param models entry f is the one that has not seen fold f
     */
    public HeldOutScores(CachedBlocks data, List<PerceptronModel> models) {
        this.models = JavaSparkContext.fromSparkContext(data.blocks().context())
                .broadcast(models.stream()
                        .map(model -> Weights.of(List.of(data.factors().times(model))))
                        .toArray(Weights[]::new));
        Broadcast<Weights[]> sent = this.models;
        this.rows = data.blocks(Split.TRAIN).mapPartitions(part -> scored(part, sent.value()));
    }

    /** Caches the rows until this closes. */
    public void cache() {
        rows.persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** The rows in their order. Each partition has consecutive ones. */
    public JavaRDD<HeldOutRow> rows() {
        return rows;
    }

    /** The rows whose scores speak most against their labels, see {@link HeldOutRow#margin}, at most {@code most}. */
    public List<HeldOutRow> doubtful(int most) {
        return SparkFailures.unwrap(() -> rows.mapPartitions(part -> {
                    List<HeldOutRow> ofPart = new ArrayList<>();
                    part.forEachRemaining(row -> {
                        if (row.prediction() != row.label()) {
                            ofPart.add(row);
                        }
                    });
                    return List.of(first(ofPart, most)).iterator();
                })
                .treeReduce((one, other) -> {
                    ArrayList<HeldOutRow> both = new ArrayList<>(one);
                    both.addAll(other);
                    return first(both, most);
                }));
    }

    /** The number of rows whose prediction is not their label. */
    public long wrong() {
        return SparkFailures.unwrap(
                () -> rows.filter(row -> row.prediction() != row.label()).count());
    }

    /** The margins of the rows of each fold by their labels, ascending: 8 bytes here for each row. */
    public double[][] margins(int folds) {
        List<double[][]> parts = SparkFailures.unwrap(() -> rows.mapPartitions(part -> {
                    List<DoubleStream.Builder> ofPart =
                            Stream.generate(DoubleStream::builder).limit(folds).toList();
                    part.forEachRemaining(row -> ofPart.get(row.fold()).add(row.margin()));
                    return List.<double[][]>of(ofPart.stream()
                                    .map(fold -> fold.build().toArray())
                                    .toArray(double[][]::new))
                            .iterator();
                })
                .collect());
        return IntStream.range(0, folds)
                .mapToObj(fold -> parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part[fold]))
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
    }

    private static List<HeldOutRow> first(List<HeldOutRow> rows, int most) {
        rows.sort(HeldOutRow.MOST_DOUBTFUL_FIRST);
        return new ArrayList<>(rows.subList(0, Math.min(most, rows.size())));
    }

    private static Iterator<HeldOutRow> scored(Iterator<ExampleBlock> blocks, Weights[] models) {
        Map<Integer, RowScores> scores = new HashMap<>();
        List<HeldOutRow> rows = new ArrayList<>();
        while (blocks.hasNext()) {
            ExampleBlock block = blocks.next();
            RowScores ofFold = scores.computeIfAbsent(block.fold(), fold -> new RowScores(models[fold]));
            for (int row = 0; row < block.rows(); row++) {
                rows.add(new HeldOutRow(block, row, ofFold, models[block.fold()].classes()));
            }
        }
        rows.sort(Comparator.comparingLong(HeldOutRow::row));
        return rows.iterator();
    }

    @Override
    public void close() {
        rows.unpersist(true);
        models.destroy();
    }
}
