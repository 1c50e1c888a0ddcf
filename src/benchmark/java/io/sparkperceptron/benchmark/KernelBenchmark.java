package io.sparkperceptron.benchmark;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.data.TestBlocks;
import io.sparkperceptron.gradient.FixedPointGrid;
import io.sparkperceptron.gradient.GradientKernel;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pass of a kernel over MNIST's 10,000 test images, taken for training images, in one thread without Spark. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:ObjectAlignmentInBytes=32"})
public class KernelBenchmark {

    private static final int IMAGES = 10_000;
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;

    @Param({"VECTOR", "SCALAR"})
    public KernelChoice kernel;

    @Param({"1", "9", "18"})
    public int runs;

    private List<ExampleBlock> blocks;
    private Weights weights;
    private List<Loss> losses;
    private FixedPointGrid grid;

    /** Reads data/mnist in the working directory. */
    @Setup
    public void load() throws IOException {
        byte[] images = Files.readAllBytes(Path.of("data/mnist/t10k-images-idx3-ubyte"));
        byte[] labels = Files.readAllBytes(Path.of("data/mnist/t10k-labels-idx1-ubyte"));
        double[][] rows = new double[IMAGES][PIXELS];
        for (int i = 0; i < IMAGES; i++) {
            for (int j = 0; j < PIXELS; j++) {
                rows[i][j] = images[16 + i * PIXELS + j] & 0xFF;
            }
        }
        int[] targets = IntStream.range(0, IMAGES).map(i -> labels[8 + i]).toArray();
        blocks = TestBlocks.pack(Split.TRAIN, PIXELS, CLASSES, FeatureScaling.PIXEL, rows, targets);
        weights = new Weights(PIXELS, CLASSES, runs);
        Random random = new Random(1);
        for (int i = 0; i < weights.values().length; i++) {
            weights.values()[i] = 0.1 * random.nextGaussian();
        }
        losses = IntStream.range(0, runs)
                .mapToObj(run -> run < 9 ? Loss.LOGISTIC : Loss.MSE)
                .toList();
        grid = FixedPointGrid.forData(IMAGES, 1);
        for (int call = 0; call < 2; call++) {
            blocks.forEach(ExampleBlock::pair);
        }
    }

    @Benchmark
    public GradientSum pass() {
        GradientKernel pass = kernel.kernel(weights, Objective.of(losses), grid);
        blocks.forEach(pass::add);
        return pass.finish();
    }
}
