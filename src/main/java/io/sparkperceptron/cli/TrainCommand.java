package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.session.OutputFolder;
import io.sparkperceptron.session.TrainingSession;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingStopped;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

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
        try (OutputFolder folder = new OutputFolder(output.uri(), output.existing(), configuration);
                JavaSparkContext spark = settings.start()) {
            spark.setJobDescription("reading the data");
            int partitions = common.partitions(spark.defaultParallelism());
            DataSets sets = source.read(spark, partitions);
            LOG.info("Reading {} and {}", sets.training().source(), sets.test().source());
            try (CachedBlocks blocks = CachedBlocks.load(sets, partitions)) {
                return train(
                        new TrainingSession(spark, sets, blocks, plan, kernel, folder, arguments()), folder.folder());
            }
        }
    }

    /** Returns 0, or what a process ends with that was told to stop. */
    private int train(TrainingSession session, Folder folder) {
        PrintWriter out = spec.commandLine().getOut();
        TrainingListener progress = EpochLog.isTerminal() ? new EpochBar(epochs) : new EpochLog(epochs);
        List<TrainedRun> runs;
        try (StopRequest stop = StopRequest.listen()) {
            try {
                runs = session.train(List.of(progress), output.checkpointEvery(), stop);
            } catch (TrainingStopped e) {
                out.println("Stopped before epoch " + e.epoch() + "; to go on, give the same options with --output "
                        + folder.uri() + " --resume");
                return stop.exitCode();
            }
        }
        ResultTable.print(session.finish(runs), out);
        out.println("Results are in " + folder.uri() + "; open " + Report.PAGE + " there");
        if (runs.stream().allMatch(TrainedRun::diverged)) {
            throw new UserException(RunEnding.divergence(runs));
        }
        return 0;
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
