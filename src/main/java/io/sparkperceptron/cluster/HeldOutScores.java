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
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * The training rows, each scored by the model that was trained without its fold. Every use scores the rows again,
 * because cached rows would take the memory of the blocks.
 */
public final class HeldOutScores implements AutoCloseable {

    private final JavaRDD<HeldOutRow> rows;
    private final Broadcast<Weights[]> models;

    /** @param models entry f was trained without fold f */
    public HeldOutScores(CachedBlocks data, List<PerceptronModel> models) {
        Weights[] weights = models.stream()
                .map(model -> Weights.of(List.of(data.factors().times(model))))
                .toArray(Weights[]::new);
        Broadcast<Weights[]> sent = BlockRdds.broadcast(data.blocks(), weights);
        this.models = sent;
        this.rows = data.blocks(Split.TRAIN).flatMap(block -> scored(block, sent.value()[block.fold()]));
    }

    /** The rows in their order. Each partition has consecutive rows. */
    public JavaRDD<HeldOutRow> rows() {
        return rows.mapPartitions(part -> {
            List<HeldOutRow> ofPart = new ArrayList<>();
            part.forEachRemaining(ofPart::add);
            ofPart.sort(Comparator.comparingLong(HeldOutRow::row));
            return ofPart.iterator();
        });
    }

    /** The margins of the rows of each fold, ascending: 8 bytes on the driver for each row. */
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

    private static Iterator<HeldOutRow> scored(ExampleBlock block, Weights model) {
        RowScores scores = new RowScores(model);
        return IntStream.range(0, block.rows())
                .mapToObj(row -> new HeldOutRow(block, row, scores, model.classes()))
                .iterator();
    }

    @Override
    public void close() {
        models.destroy();
    }
}
