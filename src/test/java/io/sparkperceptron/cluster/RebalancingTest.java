package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.cluster.Rebalancing.PassTime;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.spark.Executors;
import io.sparkperceptron.spark.ExecutorsTest;
import io.sparkperceptron.spark.Partitions;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redistributes real blocks to made-up executors. */
class RebalancingTest extends SparkTest {

    /** More seconds than any redistribution here takes. */
    private static final PassTime LONG = new PassTime(1e4, 8);

    private static final int EPOCHS = 1000;
    private static final long LATER = 60_000_000_000L;

    @TempDir
    Path folder;

    private CachedBlocks data;
    private Rebalancing rebalancing;
    private long now = System.nanoTime();

    /** The rows of eight blocks. */
    private void load(Partitions cut) {
        TestImages.writeFolder(folder, 8000, 1000, 2, 3);
        DataSets sets = new DataSets(
                idx("train", cut.number()), HoldOut.none(), idx("t10k", cut.number()), FeatureScaling.NONE);
        data = CachedBlocks.load(sets, cut);
        pass();
        rebalancing = new Rebalancing(spark(), data, EPOCHS);
    }

    /** Runs a job, because Spark looks up where blocks are when a job starts. */
    private void pass() {
        data.blocks().count();
    }

    private void loadFor(Executors executors) {
        load(new Partitions(executors.slots(), false));
    }

    private Examples idx(String set, int partitions) {
        return IdxExamples.inspect(
                        folder.resolve(set + "-images-idx3-ubyte").toString(),
                        folder.resolve(set + "-labels-idx1-ubyte").toString(),
                        2,
                        new Configuration())
                .read(spark(), partitions);
    }

    @AfterEach
    void close() {
        data.close();
    }

    /** Made-up executors, all in this process, where the blocks are. */
    private static Executors one(int slots) {
        return ExecutorsTest.executors(1, slots);
    }

    private void consider(Executors executors, PassTime pass) {
        now += LATER;
        rebalancing.consider(executors, now, EPOCHS, pass);
    }

    @Test
    void partitionsFollowTheTasksAtOnceButNotBeyondTheBlocks() {
        loadFor(one(3));
        consider(one(4), LONG);
        assertEquals(3, data.partitions(), "at once");
        consider(one(4), LONG);
        assertEquals(4, data.partitions());
        consider(one(100), LONG);
        consider(one(100), LONG);
        assertEquals(8, data.partitions());
        double cost = rebalancing.secondsToRedistribute();
        consider(one(100), LONG);
        assertEquals(cost, rebalancing.secondsToRedistribute(), "redistributed for nothing");
    }

    @Test
    void aChosenNumberOfPartitionsStays() {
        load(Partitions.of(9));
        double cost = rebalancing.secondsToRedistribute();
        consider(one(18), LONG);
        consider(one(18), LONG);
        assertEquals(9, data.partitions());
        assertEquals(cost, rebalancing.secondsToRedistribute(), "redistributed for nothing");
        // All nine blocks are on one of three executors.
        consider(ExecutorsTest.executors(3, 9), LONG);
        consider(ExecutorsTest.executors(3, 9), LONG);
        assertEquals(9, data.partitions());
        assertTrue(rebalancing.secondsToRedistribute() >= 2 * cost, "not redistributed");
        cost = rebalancing.secondsToRedistribute();
        pass();
        consider(ExecutorsTest.executors(3, 9), LONG);
        assertEquals(cost, rebalancing.secondsToRedistribute(), "redistributed again, though all are on one again");
    }

    @Test
    void doesNotRedistributeIfItDoesNotPay() {
        loadFor(one(4));
        double cost = rebalancing.secondsToRedistribute();
        int epochs = 10;
        // Eight partitions instead of four save an eighth of the kernels' time, and cost the driver four more tasks.
        double tasks = epochs * (new PassTime(0, 8).with(8, 1) - new PassTime(0, 8).with(4, 1));
        PassTime same = new PassTime(8 * (cost + tasks) / epochs, 8);
        now += LATER;
        rebalancing.consider(one(8), now, epochs, same);
        rebalancing.consider(one(8), now + LATER, epochs - 1, same);
        assertEquals(4, data.partitions());
        rebalancing.consider(one(8), now + 2 * LATER, epochs + 1, same);
        assertEquals(8, data.partitions());
        assertTrue(rebalancing.secondsToRedistribute() >= 2 * cost);
    }

    /** The other executors have taken the blocks of the lost one before the next executor comes. */
    @Test
    void anExecutorThatReplacesALostOneGetsBlocks() {
        loadFor(one(4));
        rebalancing.consider(ExecutorsTest.executors(2, 4), now, EPOCHS, LONG);
        double cost = rebalancing.secondsToRedistribute();
        consider(ExecutorsTest.executors(2, 4), LONG);
        assertTrue(rebalancing.secondsToRedistribute() >= 2 * cost, "not redistributed");
        cost = rebalancing.secondsToRedistribute();
        pass();
        Executors other = new Executors(Set.of("0", "9"), 4);
        consider(other, LONG);
        consider(other, LONG);
        assertTrue(rebalancing.secondsToRedistribute() >= 2 * cost, "not redistributed to the new executor");
    }

    @Test
    void fewerPartitionsThanTasksAtOnceAreFasterForLittleWork() {
        loadFor(one(8));
        consider(one(8), new PassTime(rebalancing.secondsToRedistribute(), 8));
        int most = data.partitions();
        PassTime little = new PassTime(2e-3, 8);
        rebalancing.consider(one(8), now + LATER, Integer.MAX_VALUE, little);
        assertEquals(little.bestPartitions(8), data.partitions());
        assertTrue(data.partitions() < most);
    }

    @Test
    void aFailedRedistributionIsRetriedOnlyWhenExecutorsChange() {
        loadFor(one(4));
        Path images = folder.resolve("train-images-idx3-ubyte");
        data.blocks().unpersist(true);
        assertTrue(images.toFile().renameTo(folder.resolve("away").toFile()));
        consider(one(8), LONG);
        consider(one(8), LONG);
        assertEquals(4, data.partitions());
        assertTrue(folder.resolve("away").toFile().renameTo(images.toFile()));
        consider(one(8), LONG);
        assertEquals(4, data.partitions(), "tried again");
        consider(one(9), LONG);
        consider(one(9), LONG);
        assertEquals(8, data.partitions());
    }

    @Test
    void jobDescriptionsAreRestoredAfterARedistribution() {
        loadFor(one(4));
        spark().setJobDescription("a fit");
        consider(one(8), LONG);
        consider(one(8), LONG);
        assertEquals(8, data.partitions());
        assertEquals("a fit", spark().getLocalProperty("spark.job.description"));
        spark().setJobDescription(null);
    }
}
