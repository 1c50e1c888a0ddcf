package io.sparkperceptron.cluster;

import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.data.ExampleBlock;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.gradient.Sigmoid;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Weights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Trained models on a set, each row looked at once. */
public final class ClusterEvaluation {

    /** What a model says of one row. {@code score} is sigma(z) of the class {@code label}. */
    public record Prediction(long row, int label, double score) implements Serializable {}

    private ClusterEvaluation() {}

    /**
     * Evaluates models of one shape side by side on the test set: one Spark job.
     *
     * @param mostMistakes how many of each model's most confident mistakes to keep
     * @return one entry a model
     */
    public static List<Evaluation> ofTestSet(CachedBlocks data, List<PerceptronModel> models, int mostMistakes) {
        return evaluate(
                data.blocks().filter(block -> block.split() == Split.TEST), models, mostMistakes, data.shape() != null);
    }

    /**
     * Evaluates models of one shape side by side: one Spark job.
     *
     * @param keepImages whether the features are images, to be kept with the mistakes
     * @return one entry a model
     */
    public static List<Evaluation> evaluate(
            JavaRDD<ExampleBlock> blocks, List<PerceptronModel> models, int mostMistakes, boolean keepImages) {
        Broadcast<Weights> broadcast = broadcast(blocks, models);
        try {
            return SparkFailures.unwrap(() -> blocks.mapPartitions(
                            part -> List.of(evaluatePart(part, broadcast.value(), mostMistakes, keepImages))
                                    .iterator())
                    .reduce(ClusterEvaluation::merge));
        } finally {
            broadcast.destroy();
        }
    }

    /** The predictions of one model for each row, in the order of the rows. Runs as they are asked for. */
    public static JavaRDD<Prediction> predict(JavaRDD<ExampleBlock> blocks, PerceptronModel model) {
        Broadcast<Weights> broadcast = broadcast(blocks, List.of(model));
        return blocks.mapPartitions(part -> predictPart(part, broadcast.value()));
    }

    private static Broadcast<Weights> broadcast(JavaRDD<ExampleBlock> blocks, List<PerceptronModel> models) {
        PerceptronModel first = models.get(0);
        Weights weights = new Weights(first.features(), first.classes(), models.size());
        for (int run = 0; run < models.size(); run++) {
            weights.setRun(run, models.get(run));
        }
        return JavaSparkContext.fromSparkContext(blocks.context()).broadcast(weights);
    }

    private static List<Evaluation> evaluatePart(
            Iterator<ExampleBlock> blocks, Weights weights, int mostMistakes, boolean keepImages) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (int run = 0; run < weights.runs(); run++) {
            evaluations.add(new Evaluation(weights.classes(), mostMistakes, keepImages));
        }
        RowScores scores = new RowScores(weights);
        while (blocks.hasNext()) {
            ExampleBlock block = blocks.next();
            for (int row = 0; row < block.rows(); row++) {
                scores.score(block, row);
                for (int run = 0; run < weights.runs(); run++) {
                    evaluations.get(run).add(block, row, scores, run);
                }
            }
        }
        return evaluations;
    }

    private static List<Evaluation> merge(List<Evaluation> some, List<Evaluation> others) {
        for (int run = 0; run < some.size(); run++) {
            some.get(run).merge(others.get(run));
        }
        return some;
    }

    private static Iterator<Prediction> predictPart(Iterator<ExampleBlock> blocks, Weights weights) {
        RowScores scores = new RowScores(weights);
        List<Prediction> predictions = new ArrayList<>();
        while (blocks.hasNext()) {
            ExampleBlock block = blocks.next();
            for (int row = 0; row < block.rows(); row++) {
                scores.score(block, row);
                int label = scores.predicted(0);
                predictions.add(new Prediction(block.globalRow(row), label, Sigmoid.sigmoid(scores.z(label))));
            }
        }
        predictions.sort(Comparator.comparingLong(Prediction::row));
        return predictions.iterator();
    }
}
