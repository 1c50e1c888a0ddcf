package io.sparkperceptron.cluster;

import com.esotericsoftware.kryo.Kryo;
import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.HeldOutRow;
import io.sparkperceptron.analysis.Predictions;
import io.sparkperceptron.analysis.ScoredExample;
import io.sparkperceptron.block.BlockRows;
import io.sparkperceptron.block.BySplit;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.EntryColumns;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.FeatureMoments;
import io.sparkperceptron.block.FeatureRanges;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.ImageRow;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.KryoClasses;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.SplitSum;
import io.sparkperceptron.gradient.StepSum;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.serializer.KryoSerializer;

/** Registers with Kryo every class that Spark sends, so that records carry no names of classes. */
public final class KryoRegistration implements KryoRegistrator {

    /** Makes Spark use Kryo, and refuse classes that are not registered. Modified: conf. */
    public static SparkConf configure(SparkConf conf) {
        return conf.set("spark.serializer", KryoSerializer.class.getName())
                .set("spark.kryo.registrationRequired", "true")
                .set("spark.kryo.registrator", KryoRegistration.class.getName());
    }

    @Override
    public void registerClasses(Kryo kryo) {
        KryoClasses.ALL.forEach(kryo::register);
        register(kryo, ExampleBlock.class, BlockRows.class, EntryColumns.class, Split.class, BySplit.class);
        register(kryo, DatasetSummary.class, FeatureRanges.class, FeatureMoments.class, HoldOut.class);
        register(kryo, Weights.class, ClassLabels.class, ClassWeights.class, FeatureFactors.class);
        register(kryo, FixedPointGrid.class, GradientSum.class, SplitSum.class, PartitionSums.class);
        register(kryo, Evaluation.class, ConfusionMatrix.class, ScoredExample.class, Comparison.class);
        register(kryo, Predictions.class, ImageRow.class, StepSum.class, StepSum.Row.class);
        register(kryo, HeldOutRow.class, Weights[].class, double[][].class);
        register(kryo, ArrayList.class, BitSet.class, HashMap.class, long[][].class);
    }

    private static void register(Kryo kryo, Class<?>... types) {
        Arrays.asList(types).forEach(kryo::register);
    }
}
