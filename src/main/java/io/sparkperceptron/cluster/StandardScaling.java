package io.sparkperceptron.cluster;

import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.FeatureMoments;
import io.sparkperceptron.block.FeatureRanges;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.spark.Rdds;
import io.sparkperceptron.spark.SparkFailures;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * One over each feature's standard deviation, from two passes over the training blocks.
 *
 * @param largestValue the largest |x| of any feature of any training example, multiplied by its factor
 */
record StandardScaling(FeatureFactors factors, double largestValue) {

    static final StandardScaling NONE = new StandardScaling(FeatureFactors.NONE, Double.NaN);

    /** Scales by the training blocks among {@code blocks}: two Spark jobs. */
    static StandardScaling of(JavaRDD<ExampleBlock> blocks, int features, DatasetSummary summary) {
        JavaRDD<ExampleBlock> training = Rdds.filter(blocks, block -> block.split() == Split.TRAIN);
        FeatureRanges ranges = SparkFailures.unwrap(() -> training.mapPartitions(part -> {
                            FeatureRanges ofPart = new FeatureRanges(features);
                            part.forEachRemaining(ofPart::add);
                            return List.of(ofPart).iterator();
                        })
                        .treeReduce(FeatureRanges::merge))
                .withZeros(summary);
        FeatureMoments moments = BlockRdds.sending(training, ranges, sent -> training.mapPartitions(part -> {
                    FeatureMoments ofPart = new FeatureMoments(features);
                    part.forEachRemaining(block -> ofPart.add(block, sent.value()));
                    return List.of(ofPart).iterator();
                })
                .treeReduce(FeatureMoments::merge));
        FeatureFactors factors = moments.factors(ranges, summary);
        return new StandardScaling(factors, ranges.largestValue(factors));
    }
}
