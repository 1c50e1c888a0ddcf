package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.GradientCheck;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.Start;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code check-gradient}: whether the gradient is that of the cost, on the user's data. */
@Command(
        name = "check-gradient",
        description =
                "Compares the gradient of both losses with central differences of the cost, on all training examples,"
                        + " and prints the entry that deviates most.",
        versionProvider = BuildInfo.class,
        sortOptions = false)
final class CheckGradientCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingDataOptions data;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "features to look at, drawn at random, each in all classes, and the bias (default: 100)")
    private int entries = 100;

    @Option(
            names = "--init",
            paramLabel = "START",
            converter = StartConverter.class,
            description = "the weights to look at: zeros, or normal:SIGMA (default: normal:0.05)")
    private double sigma = 0.05;

    @Option(names = "--seed", paramLabel = "N", description = "of weights and draws (default: 1)")
    private long seed = 1;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            converter = KernelConverter.class,
            description = "auto, vector or scalar (default: auto)")
    private KernelChoice kernel = KernelChoice.AUTO;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        try {
            data.validate();
            common.partitions(1);
            if (entries < 0) {
                throw new IllegalArgumentException("expected at least 0 entries (--entries), got " + entries);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        kernel.requireUsable();
        SparkSettings settings = SparkSettings.of("check-gradient");
        Configuration configuration = settings.hadoop();
        TrainingDataOptions.Source source = data.inspect(configuration);
        try (JavaSparkContext spark = settings.start()) {
            int partitions = common.partitions(spark.defaultParallelism());
            try (CachedBlocks blocks = CachedBlocks.load(source.read(spark, partitions), partitions)) {
                return check(blocks);
            }
        }
    }

    private int check(CachedBlocks blocks) {
        PerceptronModel model = new Start(sigma, seed).model(blocks.classes(), blocks.features());
        List<Integer> features = draw(blocks.features());
        boolean passed = true;
        spec.commandLine()
                .getOut()
                .println("loss      entries  worst entry              gradient       difference     deviation");
        for (Loss loss : Loss.values()) {
            GradientCheck.Result worst = GradientCheck.check(
                    new ClusterGradient(blocks, kernel), model, loss, features, blocks.largestValue());
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%-8s  %7d  %-23s  %13.6e  %13.6e  %8.1e%n",
                            loss.label(),
                            worst.entries(),
                            name(worst, blocks),
                            worst.analytic(),
                            worst.numeric(),
                            worst.deviation());
            passed &= worst.passed();
        }
        if (!passed) {
            throw new UserException("Expected gradient and central difference within " + GradientCheck.MOST_DEVIATION
                    + " of the gradient's largest entry, found more");
        }
        spec.commandLine()
                .getOut()
                .println("The gradient is that of the cost: deviations are relative to its largest entry.");
        return 0;
    }

    private List<Integer> draw(int features) {
        List<Integer> all = new ArrayList<>();
        for (int j = 0; j < features; j++) {
            all.add(j);
        }
        Collections.shuffle(all, new Random(seed));
        List<Integer> drawn = new ArrayList<>(all.subList(0, Math.min(entries, features)));
        drawn.add(features);
        return drawn;
    }

    private static String name(GradientCheck.Result worst, CachedBlocks blocks) {
        ImageShape shape = blocks.shape();
        String feature = worst.feature() == blocks.features()
                ? "bias"
                : shape == null
                        ? "feature " + (worst.feature() + 1)
                        : "pixel " + worst.feature() / shape.width() + "," + worst.feature() % shape.width();
        return "class " + worst.label() + ", " + feature;
    }
}
