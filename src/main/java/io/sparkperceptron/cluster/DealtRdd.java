package io.sparkperceptron.cluster;

import io.sparkperceptron.block.ExampleBlock;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Blocks shuffled to the partitions that they come with. Spark would have the tasks run where most blocks have been; here, anywhere. */
final class DealtRdd extends ShuffledRDD<Integer, ExampleBlock, ExampleBlock> {

    private static final long serialVersionUID = 1;
    private static final ClassTag<Integer> NUMBER = ClassTag$.MODULE$.apply(Integer.class);
    private static final ClassTag<ExampleBlock> BLOCK = ClassTag$.MODULE$.apply(ExampleBlock.class);

    private DealtRdd(JavaPairRDD<Integer, ExampleBlock> numbered, int partitions) {
        super(numbered.rdd(), new HashPartitioner(partitions), NUMBER, BLOCK, BLOCK);
    }

    /**
     * Deals blocks out.
     *
     * @param numbered each with its partition
     */
    static JavaRDD<ExampleBlock> of(JavaPairRDD<Integer, ExampleBlock> numbered, int partitions) {
        return JavaPairRDD.fromRDD(new DealtRdd(numbered, partitions), NUMBER, BLOCK)
                .values();
    }

    /** A list, which is what both lines of Scala take for a sequence. */
    @Override
    public List<String> getPreferredLocations(Partition partition) {
        return List$.MODULE$.empty();
    }
}
