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

/** On blocks that are dealt out, with executors that are only told of. */
class RebalancingTest extends SparkTest {

    /** More than any dealing here takes. */
    private static final PassTime LONG = new PassTime(1e4, 8);

    private static final int EPOCHS = 1000;
    private static final long LATER = 60_000_000_000L;

    @TempDir
    Path folder;

    private CachedBlocks data;
    private Rebalancing rebalancing;
    private long now = System.nanoTime();

    /** Eight blocks. */
    private void load(Partitions cut) {
        TestImages.writeFolder(folder, 8000, 1000, 2, 3);
        DataSets sets = new DataSets(
                idx("train", cut.number()), HoldOut.none(), idx("t10k", cut.number()), FeatureScaling.NONE);
        data = CachedBlocks.load(sets, cut);
        pass();
        rebalancing = new Rebalancing(spark(), data, EPOCHS);
    }

    /** Spark looks at where blocks are when a job starts. */
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

    /** That are all in this process, where the blocks are. */
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
        double cost = rebalancing.secondsToDeal();
        consider(one(100), LONG);
        assertEquals(cost, rebalancing.secondsToDeal(), "dealt out for nothing");
    }

    @Test
    void aNumberThatWasChosenStays() {
        load(Partitions.of(9));
        double cost = rebalancing.secondsToDeal();
        consider(one(18), LONG);
        consider(one(18), LONG);
        assertEquals(9, data.partitions());
        assertEquals(cost, rebalancing.secondsToDeal(), "dealt out for nothing");
        // All nine are on one of three executors.
        consider(ExecutorsTest.executors(3, 9), LONG);
        consider(ExecutorsTest.executors(3, 9), LONG);
        assertEquals(9, data.partitions());
        assertTrue(rebalancing.secondsToDeal() >= 2 * cost, "not dealt out");
        cost = rebalancing.secondsToDeal();
        pass();
        consider(ExecutorsTest.executors(3, 9), LONG);
        assertEquals(cost, rebalancing.secondsToDeal(), "dealt out again, though Spark has put all on one again");
    }

    @Test
    void whatDoesNotPayIsNotDone() {
        loadFor(one(4));
        double cost = rebalancing.secondsToDeal();
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
        assertTrue(rebalancing.secondsToDeal() >= 2 * cost);
    }

    /** As where others have taken the lost one's blocks before the next has come. */
    @Test
    void whoTakesTheLostOnesPlaceGetsAShareThoughThereAreAsManyAsBefore() {
        loadFor(one(4));
        rebalancing.consider(ExecutorsTest.executors(2, 4), now, EPOCHS, LONG);
        double cost = rebalancing.secondsToDeal();
        consider(ExecutorsTest.executors(2, 4), LONG);
        assertTrue(rebalancing.secondsToDeal() >= 2 * cost, "not dealt out");
        cost = rebalancing.secondsToDeal();
        pass();
        Executors other = new Executors(Set.of("0", "9"), 4);
        consider(other, LONG);
        consider(other, LONG);
        assertTrue(rebalancing.secondsToDeal() >= 2 * cost, "not dealt out to the one in its place");
    }

    @Test
    void fewerPartitionsThanTasksAtOnceAreFasterForLittleWork() {
        loadFor(one(8));
        consider(one(8), new PassTime(rebalancing.secondsToDeal(), 8));
        int most = data.partitions();
        PassTime little = new PassTime(2e-3, 8);
        rebalancing.consider(one(8), now + LATER, Integer.MAX_VALUE, little);
        assertEquals(little.bestPartitions(8), data.partitions());
        assertTrue(data.partitions() < most);
    }

    @Test
    void aDealThatFailedIsTriedAgainOnlyWhenExecutorsChange() {
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
    void jobsAreNamedAsBeforeOnceBlocksAreDealtOut() {
        loadFor(one(4));
        spark().setJobDescription("a fit");
        consider(one(8), LONG);
        consider(one(8), LONG);
        assertEquals(8, data.partitions());
        assertEquals("a fit", spark().getLocalProperty("spark.job.description"));
        spark().setJobDescription(null);
    }
}
