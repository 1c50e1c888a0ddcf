package io.sparkperceptron.cluster;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.spark.SparkFailures;
import org.apache.spark.HashPartitioner;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Blocks shuffled to new partitions. Tasks run anywhere; Spark's own RDD prefers executors with most blocks. */
final class RedistributedRdd extends ShuffledRDD<Integer, ExampleBlock, ExampleBlock> {

    private static final long serialVersionUID = 1;
    private static final ClassTag<Integer> NUMBER = ClassTag$.MODULE$.apply(Integer.class);
    private static final ClassTag<ExampleBlock> BLOCK = ClassTag$.MODULE$.apply(ExampleBlock.class);

    private RedistributedRdd(JavaPairRDD<Integer, ExampleBlock> numbered, int partitions) {
        super(numbered.rdd(), new HashPartitioner(partitions), NUMBER, BLOCK, BLOCK);
    }

    /**
     * Shuffles the blocks, and caches them at the same storage level. Each partition gets consecutive training and
     * validation blocks, and consecutive test blocks, as evenly as possible. Removes the copies if it fails.
     */
    static JavaRDD<ExampleBlock> of(
            JavaRDD<ExampleBlock> blocks, int partitions, long trainingBlocks, long testBlocks) {
        JavaPairRDD<Integer, ExampleBlock> numbered = blocks.mapToPair(block -> {
            // Without pairs there is room for the copies.
            block.unpair();
            long all = block.split() == Split.TEST ? testBlocks : trainingBlocks;
            return new Tuple2<>((int) (block.number() * partitions / all), block);
        });
        JavaRDD<ExampleBlock> shuffled = JavaPairRDD.fromRDD(new RedistributedRdd(numbered, partitions), NUMBER, BLOCK)
                .values()
                .setName(blocks.name())
                .persist(blocks.getStorageLevel());
        try {
            SparkFailures.unwrap(shuffled::count);
        } catch (UserException e) {
            shuffled.unpersist(false);
            throw e;
        }
        return shuffled;
    }

    /** Returns a list, which is a {@code Seq} in Scala 2.12 and in 2.13. */
    @Override
    public List<String> getPreferredLocations(Partition partition) {
        return List$.MODULE$.empty();
    }
}
