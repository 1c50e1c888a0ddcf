package io.sparkperceptron.cli;

import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: from data to models, metrics and pictures. */
@Command(
        name = "train",
        description =
                "Trains one perceptron a class, by full-batch gradient descent; every loss with every learning rate.",
        versionProvider = BuildInfo.class,
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingDataOptions data;

    @Option(
            names = "--loss",
            paramLabel = "LOSS[,LOSS]",
            converter = ListOptions.LossesConverter.class,
            description = "logistic or mse, or both (default: logistic)")
    private ListOptions.Losses losses = new ListOptions.Losses(List.of(Loss.LOGISTIC));

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE[,RATE...]",
            converter = ListOptions.RatesConverter.class,
            description = "the step along the gradient (default: 0.5)")
    private ListOptions.Rates rates = new ListOptions.Rates(List.of(0.5));

    @Option(names = "--epochs", paramLabel = "N", description = "updates of the weights (default: 200)")
    private int epochs = 200;

    @Mixin
    private StopOptions stop;

    @Option(
            names = "--init",
            paramLabel = "START",
            converter = StartConverter.class,
            description = "starting weights: zeros, or normal:SIGMA (default: zeros)")
    private double sigma;

    @Option(names = "--seed", paramLabel = "N", description = "of the normal starting weights (default: 1)")
    private long seed = 1;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            converter = KernelConverter.class,
            description =
                    "auto, vector or scalar; the results are the same bits (default: auto, which is vector where Java"
                            + " has jdk.incubator.vector)")
    private KernelChoice kernel = KernelChoice.AUTO;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        TrainingPlan plan = plan();
        kernel.requireUsable();
        SparkSettings settings = SparkSettings.of("train");
        Configuration configuration = settings.hadoop();
        TrainingDataOptions.Source source = data.inspect(configuration);
        try (OutputFolder folder = new OutputFolder(output, configuration);
                JavaSparkContext spark = settings.start()) {
            int partitions = common.partitions(spark.defaultParallelism());
            TrainingSession session = new TrainingSession(
                    spark,
                    plan,
                    data,
                    kernel,
                    folder,
                    output.checkpointEvery(),
                    spec.commandLine().getOut());
            return session.run(source.read(spark, partitions), partitions, arguments());
        }
    }

    private TrainingPlan plan() {
        try {
            data.validate();
            output.validate();
            common.partitions(1);
            List<Run> runs = new ArrayList<>();
            for (Loss loss : losses.losses()) {
                for (double rate : rates.rates()) {
                    runs.add(new Run(loss, rate));
                }
            }
            return new TrainingPlan(runs, epochs, new Start(sigma, seed), stop.rules());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs();
    }
}
