package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import io.sparkperceptron.training.Start;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the looking at trained runs costs where there is much data, and what it says of that. */
class ExaminationTest extends SparkTest {

    private static final int TRAIN = 9500;
    private static final int HELD_OUT = 1500;
    private static final int SAMPLE = 3000;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeImages() {
        TestImages.writeFolder(folder, TRAIN, 300, 10, 5);
    }

    @Test
    void aSampleIsTheSameHoweverTheDataIsCut() {
        double[] once = gradientOfSample(1);
        assertArrayEquals(once, gradientOfSample(4));
        assertArrayEquals(once, gradientOfSample(7));
    }

    @Test
    void aSampleIsOfTrainingRowsSpreadOverAllOfThem() {
        try (TrainingData data = load(3)) {
            CachedBlocks sample = data.blocks().trainingSample(SAMPLE);
            long rows = sample.rows(Split.TRAIN);
            assertTrue(rows > SAMPLE / 2 && rows <= SAMPLE * 1.1, rows + " rows");
            assertEquals(0, sample.rows(Split.VALIDATION));
            assertEquals(0, sample.rows(Split.TEST));
            assertEquals(TRAIN - HELD_OUT, sample.summary(Split.TRAIN).rows());
        }
    }

    @Test
    void withoutASampleTheGradientIsThatOfTheTraining() {
        try (TrainingData data = load(3)) {
            CachedBlocks all = data.blocks().trainingSample(TRAIN);
            assertEquals(TRAIN - HELD_OUT, all.rows(Split.TRAIN));
            assertArrayEquals(gradient(data.blocks()), gradient(all));
        }
    }

    @Test
    void theBoundIsOfAllRowsAndTheCurvatureOfASampleThatIsSaid() {
        try (TrainingData data = load(3)) {
            Findings sampled = look(data, SAMPLE);
            Findings whole = look(data, TRAIN);
            assertEquals(whole.largestEigenvalue(), sampled.largestEigenvalue(), 1e-4 * whole.largestEigenvalue());
            assertEquals(data.blocks().trainingSample(SAMPLE).rows(Split.TRAIN), sampled.curvatureRows());
            assertNull(whole.curvatureRows());
            assertEquals(TRAIN - HELD_OUT, sampled.trainingRows());
        }
    }

    private static Findings look(TrainingData data, long sampleRows) {
        return new Examination(data.blocks(), KernelChoice.AUTO, sampleRows)
                .look(Start.ZEROS, List.of(), null)
                .findings();
    }

    private static double[] gradientOfSample(int partitions) {
        try (TrainingData data = load(partitions)) {
            return gradient(data.blocks().trainingSample(SAMPLE));
        }
    }

    private static double[] gradient(CachedBlocks blocks) {
        return new ClusterGradient(blocks, KernelChoice.AUTO)
                .at(new Weights(blocks.features(), blocks.classes(), 1), List.of(Objective.of(Loss.LOGISTIC)))
                .meanGradient();
    }

    private static TrainingData load(int partitions) {
        return DataFiles.inspect(DataSettings.images(folder.toUri().toString(), HELD_OUT), new Configuration())
                .load(spark(), partitions);
    }
}
