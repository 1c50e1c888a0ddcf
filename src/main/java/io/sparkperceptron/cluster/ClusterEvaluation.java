package io.sparkperceptron.cluster;

import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.Predictions;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.spark.Rdds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/** Evaluates trained models in one pass over a set. */
public final class ClusterEvaluation {

    private ClusterEvaluation() {}

    /** Evaluates models on a set. Throws a {@code UserException} if its rows differ from those that were read first. */
    public static Comparison of(CachedBlocks data, Split set, List<PerceptronModel> models, int examplesPerCell) {
        Comparison comparison = evaluate(
                data.blocks(set), models.stream().map(data.factors()::times).toList(), examplesPerCell);
        data.totals().requireSame(set, comparison.hash());
        return comparison;
    }

    /**
     * Evaluates models of one shape together in one Spark job. Keeps the most confident {@code examplesPerCell}
     * examples of each pair of label and prediction.
     */
    public static Comparison evaluate(JavaRDD<ExampleBlock> blocks, List<PerceptronModel> models, int examplesPerCell) {
        return BlockRdds.sending(
                blocks,
                Weights.of(models),
                weights -> Rdds.reduce(
                        blocks, part -> evaluatePart(part, weights.value(), examplesPerCell), Comparison::merge));
    }

    /**
     * The predictions of one model, block by block in the order of the rows. Spark computes them lazily. A task holds
     * the predictions of its partition, about 12 bytes a row.
     */
    public static JavaRDD<Predictions> predict(JavaRDD<ExampleBlock> blocks, PerceptronModel model) {
        Broadcast<Weights> weights = BlockRdds.broadcast(blocks, Weights.of(List.of(model)));
        return blocks.mapPartitions(part -> predictPart(part, weights.value()));
    }

    private static Comparison evaluatePart(Iterator<ExampleBlock> blocks, Weights weights, int examplesPerCell) {
        Comparison comparison = new Comparison(weights.runs(), weights.classes(), examplesPerCell);
        RowScores scores = new RowScores(weights);
        while (blocks.hasNext()) {
            ExampleBlock block = blocks.next();
            comparison.addHash(block);
            for (int row = 0; row < block.rows(); row++) {
                scores.score(block, row);
                comparison.add(block, row, scores);
            }
        }
        return comparison;
    }

    private static Iterator<Predictions> predictPart(Iterator<ExampleBlock> blocks, Weights weights) {
        RowScores scores = new RowScores(weights);
        List<Predictions> predictions = new ArrayList<>();
        while (blocks.hasNext()) {
            predictions.add(new Predictions(blocks.next(), scores));
        }
        predictions.sort(Comparator.comparingLong(block -> block.row(0)));
        return predictions.iterator();
    }
}
