package io.sparkperceptron.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.HoldOut;
import io.sparkperceptron.data.IdxExamples;
import io.sparkperceptron.model.FeatureScaling;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On blocks that are dealt out, with executors that are only told of. */
class RebalancingTest extends SparkTest {

    /** Of more seconds than any dealing here takes. */
    private static final double MUCH = 1e6;

    private static final long LATER = 60_000_000_000L;

    @TempDir
    Path folder;

    private CachedBlocks data;
    private Rebalancing rebalancing;
    private long now = System.nanoTime();

    /** Eight blocks. */
    private void load(int partitions) {
        TestImages.writeFolder(folder, 8000, 1000, 2, 3);
        DataSets sets =
                new DataSets(idx("train", partitions), HoldOut.none(), idx("t10k", partitions), FeatureScaling.NONE);
        data = CachedBlocks.load(sets, partitions);
        rebalancing = new Rebalancing(spark(), data, 100);
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

    private int slots() {
        return TaskSlots.now(spark().sc());
    }

    private void consider(int slots, double secondsLeft) {
        now += LATER;
        rebalancing.consider(slots, now, secondsLeft);
    }

    @Test
    void partitionsFollowTheTasksAtOnceButNotBeyondTheBlocks() {
        load(slots());
        consider(slots() + 1, MUCH);
        assertEquals(slots(), data.partitions(), "at once");
        consider(slots() + 1, MUCH);
        assertEquals(slots() + 1, data.partitions());
        consider(100, MUCH);
        consider(100, MUCH);
        assertEquals(8, data.partitions());
        double cost = data.placement().secondsToDeal();
        consider(100, MUCH);
        assertEquals(cost, data.placement().secondsToDeal(), "dealt out for nothing");
    }

    @Test
    void aNumberThatWasChosenStays() {
        load(slots() + 5);
        consider(2 * slots(), MUCH);
        consider(2 * slots(), MUCH);
        assertEquals(slots() + 5, data.partitions());
        assertEquals(2 * slots(), data.placement().tasks());
    }

    @Test
    void whatDoesNotPayIsNotDone() {
        load(slots());
        double cost = data.placement().secondsToDeal();
        consider(2 * slots(), cost);
        consider(2 * slots(), cost);
        assertEquals(slots(), data.partitions());
        // Half the time is saved.
        consider(2 * slots(), 2.1 * slots() * cost);
        assertEquals(2 * slots(), data.partitions());
        assertTrue(data.placement().secondsToDeal() >= 2 * cost);
    }

    @Test
    void oneThatTakesTheLostOnesPlaceGetsItsShare() {
        load(slots());
        consider(slots() - 1, 0);
        consider(slots(), 0);
        assertEquals(slots() - 1, data.placement().tasks());
        consider(slots(), MUCH);
        assertEquals(slots(), data.placement().tasks());
    }

    /** As where executors come between reading the data and training on them. */
    @Test
    void executorsThatWereThereAtTheStartOfTrainingGetTheirShareAtOnce() {
        load(slots());
        data.placement().atMost(1);
        rebalancing = new Rebalancing(spark(), data, 100);
        rebalancing.consider(slots(), System.nanoTime(), MUCH);
        assertEquals(slots(), data.placement().tasks());
    }

    @Test
    void aDealThatFailedIsTriedAgainOnlyWhenExecutorsChange() {
        load(slots());
        Path images = folder.resolve("train-images-idx3-ubyte");
        data.blocks().unpersist(true);
        assertTrue(images.toFile().renameTo(folder.resolve("away").toFile()));
        consider(2 * slots(), MUCH);
        consider(2 * slots(), MUCH);
        assertEquals(slots(), data.partitions());
        assertTrue(folder.resolve("away").toFile().renameTo(images.toFile()));
        consider(2 * slots(), MUCH);
        assertEquals(slots(), data.partitions(), "tried again");
        consider(2 * slots() - 1, MUCH);
        consider(2 * slots() - 1, MUCH);
        assertEquals(2 * slots() - 1, data.partitions());
    }
}
