package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.data.TableExamples;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.spark.Partitions;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

/** The size of every epoch's job, and the recovery of lost blocks. */
class CutRddTest extends SparkTest {

    private static final int COLUMNS = 400;
    private static final int ROWS = 2500;
    /** Spark warns above 1000 KiB. This leaves room for weights of thousands of features. */
    private static final int MOST_BYTES = 20_000;

    /** The bounds of three partitions are not those of blocks, so rows are shuffled. */
    @Test
    void noJobCarriesTheQuery() {
        assertCut(examples(table(3), names()), 3);
    }

    @Test
    void noJobCarriesTheQueryOfAnAssembler() {
        Dataset<Row> assembled = new VectorAssembler()
                .setInputCols(names().toArray(String[]::new))
                .setOutputCol("features")
                .transform(table(1));
        assertCut(examples(assembled, List.of("features")), 1);
    }

    private static void assertCut(Examples examples, int partitions) {
        assertTrue(bytes(examples.blocks(Split.TRAIN, FeatureScaling.NONE, partitions)) > 2 * MOST_BYTES);
        try (CachedBlocks data = load(examples, partitions)) {
            assertTrue(bytes(data.blocks()) < MOST_BYTES, bytes(data.blocks()) + " bytes");
            assertLostBlocksAreMadeAgain(data);
        }
    }

    @Test
    void redistributedBlocksCarryNoQueryEither() {
        try (CachedBlocks data = load(examples(table(1), names()), 1)) {
            data.redistribute(2);
            assertTrue(bytes(data.blocks()) < MOST_BYTES, bytes(data.blocks()) + " bytes");
            assertLostBlocksAreMadeAgain(data);
        }
    }

    private static void assertLostBlocksAreMadeAgain(CachedBlocks data) {
        String before = fingerprint(data);
        for (int time = 0; time < 2; time++) {
            spark().sc().env().blockManager().master().removeRdd(data.blocks().id(), true);
            assertEquals(before, fingerprint(data));
        }
    }

    private static String fingerprint(CachedBlocks data) {
        ClassLabels labels = data.labels();
        return data.blocks()
                .mapPartitions(
                        part -> List.of(BlockRdds.summaries(part, labels)).iterator())
                .reduce((one, other) -> one.merge(other, (a, b) -> a.merge(b)))
                .of(Split.TRAIN)
                .fingerprint();
    }

    private static int bytes(JavaRDD<ExampleBlock> blocks) {
        return SparkEnv.get()
                .closureSerializer()
                .newInstance()
                .serialize(blocks.rdd(), ClassTag$.MODULE$.apply(RDD.class))
                .remaining();
    }

    private static CachedBlocks load(Examples training, int partitions) {
        return CachedBlocks.load(
                new DataSets(training, HoldOut.none(), Examples.none(training), FeatureScaling.NONE),
                Partitions.of(partitions));
    }

    private static Examples examples(Dataset<Row> table, List<String> features) {
        return TableExamples.of(table, new TableColumns(features, "label", null, null), "the table")
                .read();
    }

    private static List<String> names() {
        return IntStream.range(0, COLUMNS).mapToObj(j -> "x" + j).toList();
    }

    private static Dataset<Row> table(int partitions) {
        String[] columns = IntStream.rangeClosed(0, COLUMNS)
                .mapToObj(j -> j == COLUMNS ? "id % 2 as label" : "id % " + (j + 2) + " as x" + j)
                .toArray(String[]::new);
        return SparkSession.builder()
                .getOrCreate()
                .range(0, ROWS, 1, partitions)
                .selectExpr(columns);
    }
}
