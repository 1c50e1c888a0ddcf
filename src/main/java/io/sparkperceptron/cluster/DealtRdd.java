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

/** Shuffles blocks to given partitions. Tasks run anywhere; Spark's own RDD prefers the places of most blocks. */
final class DealtRdd extends ShuffledRDD<Integer, ExampleBlock, ExampleBlock> {

    private static final long serialVersionUID = 1;
    private static final ClassTag<Integer> NUMBER = ClassTag$.MODULE$.apply(Integer.class);
    private static final ClassTag<ExampleBlock> BLOCK = ClassTag$.MODULE$.apply(ExampleBlock.class);

    private DealtRdd(JavaPairRDD<Integer, ExampleBlock> numbered, int partitions) {
        super(numbered.rdd(), new HashPartitioner(partitions), NUMBER, BLOCK, BLOCK);
    }

    static JavaRDD<ExampleBlock> of(JavaPairRDD<Integer, ExampleBlock> numbered, int partitions) {
        return JavaPairRDD.fromRDD(new DealtRdd(numbered, partitions), NUMBER, BLOCK)
                .values();
    }

    /** Returns a list, which both lines of Scala take for a sequence. */
    @Override
    public List<String> getPreferredLocations(Partition partition) {
        return List$.MODULE$.empty();
    }
}
