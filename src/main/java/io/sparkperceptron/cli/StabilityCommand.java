package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterAnalysis;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stability}: up to which learning rate gradient descent is sure never to raise the cost. */
@Command(
        name = "stability",
        description =
                "Prints the largest eigenvalue of X'X/n (X: the scaled training examples and a column of ones), and"
                        + " the learning rates below which no step can raise the training cost.",
        versionProvider = BuildInfo.class,
        sortOptions = false)
final class StabilityCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingDataOptions data;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        try {
            data.validate();
            common.partitions(1);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        SparkSettings settings = SparkSettings.of("stability");
        Configuration configuration = settings.hadoop();
        TrainingDataOptions.Source source = data.inspect(configuration);
        try (JavaSparkContext spark = settings.start()) {
            int partitions = common.partitions(spark.defaultParallelism());
            try (CachedBlocks blocks = CachedBlocks.load(source.read(spark, partitions), partitions)) {
                print(
                        new StabilityBound(new ClusterAnalysis(blocks, KernelChoice.AUTO).largestEigenvalue()),
                        spec.commandLine().getOut());
            }
        }
        return 0;
    }

    private static void print(StabilityBound bound, PrintWriter out) {
        out.printf(Locale.ROOT, "largest eigenvalue of X'X/n  %.9g%n%n", bound.largestEigenvalue());
        out.println("loss      curvature at most (L)  guaranteed rate (2/L)");
        for (Loss loss : Loss.values()) {
            out.printf(Locale.ROOT, "%-8s  %21.6g  %21.6g%n", loss.label(), bound.smoothness(loss), bound.rate(loss));
        }
        out.println();
        out.println(
                "Below that rate no step raises the training cost. A larger one may do as well, for where units saturate");
        out.println("the cost is less curved: a step overshoots where rate x curvature is above 2.");
    }
}
