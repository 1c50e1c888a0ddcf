package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.session.DataFiles;
import io.sparkperceptron.session.OutputFolder;
import io.sparkperceptron.session.Results;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.session.TrainingSession;
import io.sparkperceptron.session.TrainingSettings;
import io.sparkperceptron.spark.Partitions;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingStopped;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Trains one perceptron a class, by full-batch gradient descent or L-BFGS; every loss with every"
                + " learning rate, l2 and momentum.")
final class TrainCommand extends TrainingDataCommand {

    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

    @Option(
            names = "--loss",
            paramLabel = "LOSS[,LOSS...]",
            description = Loss.NAMES + ", or several (default: logistic)")
    private ListOptions.Losses losses = new ListOptions.Losses(List.of(Loss.LOGISTIC));

    @Option(
            names = "--optimizer",
            paramLabel = "OPTIMIZER[,OPTIMIZER...]",
            description = Optimizer.NAMES + ", or both: L-BFGS trains a run for each loss and l2 (default: descent)")
    private ListOptions.Optimizers optimizers = new ListOptions.Optimizers(List.of(Optimizer.DESCENT));

    @Option(
            names = "--history",
            paramLabel = "N",
            converter = AtLeast.One.class,
            description = "pairs of steps and gradients that L-BFGS keeps for each perceptron (default: 10)")
    private Integer history;

    @Mixin
    private final CommandSpec hyperparameters =
            ListOptions.of(one -> one.meaning() + (one.equals(Hyperparameter.LEARNING_RATE) ? ListOptions.RANGES : ""));

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "train every setting on all rows and once without each of K folds, to choose the setting and"
                    + " the number of epochs; K from 2 to 100 (default: no folds)")
    private int folds;

    @Option(names = "--fold-seed", paramLabel = "N", description = "the seed of the folds (default: 1)")
    private long foldSeed = 1;

    @Option(
            names = "--held-out-scores",
            description = "with --folds, score each training row by the chosen setting's model that has not seen the"
                    + " row's fold, and list doubtful labels by these scores")
    private boolean heldOutScores;

    @Option(
            names = "--class-weight",
            paramLabel = "WEIGHTS",
            description = "the weights of the classes in training: balanced, so that all classes weigh the same, or"
                    + " LABEL:WEIGHT[,LABEL:WEIGHT...] (default: 1 for all)")
    private ClassWeighting classWeight = ClassWeighting.NONE;

    @Option(names = "--epochs", paramLabel = "N", description = "epochs, each with one update (default: 200)")
    private int epochs = 200;

    @Mixin
    private StopOptions stop;

    @Option(
            names = "--init",
            paramLabel = "START",
            description =
                    "starting weights: zeros, normal:SIGMA, or model:DIR, those of a trained model (default: zeros)")
    private InitialWeights start = InitialWeights.ZEROS;

    @Option(names = "--seed", paramLabel = "N", description = "the seed of the normal starting weights (default: 1)")
    private long seed = 1;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description = "auto, vector or scalar; the results are the same bits (default: auto, which is vector where"
                    + " Java has jdk.incubator.vector)")
    private KernelChoice kernel = KernelChoice.AUTO;

    @Mixin
    private OutputOptions output;

    private TrainingSettings settings;

    @Override
    void validate() {
        super.validate();
        dataSettings = dataSettings.withClassWeighting(classWeight);
        if (folds != 0) {
            dataSettings = dataSettings.withFolds(folds, foldSeed);
        }
        output.validate();
        List<Setting> points =
                Setting.grid(losses.losses(), optimizers.optimizers(), ListOptions.values(hyperparameters));
        if (!optimizers.optimizers().contains(Optimizer.DESCENT)) {
            String ignored = Hyperparameter.ALL.stream()
                    .filter(one -> !Optimizer.LBFGS.uses(one))
                    .map(one -> "--" + one.dashed())
                    .filter(name -> hyperparameters.findOption(name).getValue() != null)
                    .collect(Collectors.joining(" and "));
            if (!ignored.isEmpty()) {
                LOG.info("lbfgs has no learning rate and no momentum: {} is ignored", ignored);
            }
        } else if (history != null && !optimizers.optimizers().contains(Optimizer.LBFGS)) {
            LOG.info("descent keeps no history: --history is ignored");
        }
        if (heldOutScores && folds == 0) {
            throw new IllegalArgumentException(
                    "--held-out-scores goes with --folds, because the models without each fold score its rows");
        }
        List<Run> runs = Run.all(points, dataSettings.folds().count());
        int pairs = history == null ? Lbfgs.HISTORY : history;
        boolean keepsBest = stop.keepsBest(dataSettings.validationRows());
        TrainingPlan plan = new TrainingPlan(runs, epochs, Start.ZEROS, stop.rules(), pairs, keepsBest);
        List<String> arguments = spec.commandLine().getParseResult().originalArgs();
        settings = new TrainingSettings(plan, kernel, output.checkpointEvery, arguments, heldOutScores);
    }

    @Override
    boolean usesSql() {
        return super.usesSql() || output.parquet;
    }

    @Override
    Work prepare(Configuration configuration) throws InterruptedException {
        kernel.requireUsable();
        DataFiles files = DataFiles.inspect(dataSettings, configuration);
        ModelFiles.Stored startModel = start.load(configuration);
        OutputFolder folder = new OutputFolder(output.uri(), output.existing(), configuration);
        return new Work() {
            @Override
            public int on(JavaSparkContext spark, Partitions cut) {
                try (TrainingData loaded = files.load(spark, cut)) {
                    if (!loaded.labels().areNumbers()) {
                        out().println("Labels as classes: " + loaded.labels().map());
                    }
                    TrainingSettings started = settings.withStart(start.start(seed, startModel, loaded));
                    return train(loaded, new TrainingSession(loaded, started, folder), folder.folder());
                }
            }

            @Override
            public void close() {
                folder.close();
            }
        };
    }

    /** Returns the exit code: 0, or that of the signal which stopped the training. */
    private int train(TrainingData data, TrainingSession session, Folder folder) {
        List<TrainedRun> runs;
        try (StopRequest request = StopRequest.listen()) {
            try {
                runs = session.train(List.of(new EpochProgress(epochs), new EndingMessages()), request);
            } catch (TrainingStopped e) {
                return stopped("before epoch " + e.epoch(), folder, request);
            } catch (UserException e) {
                if (!request.getAsBoolean() || !SparkFailures.isCancelled(e)) {
                    throw e;
                }
                return stopped("in an epoch that could not end", folder, request);
            }
        }
        Outcome outcome = session.finish(runs);
        if (output.parquet) {
            Results.of(data, outcome).writeParquet();
        }
        ResultTable.print(outcome, out());
        if (outcome.runs().size() > Report.MOST_DRAWN) {
            out().println("Pictures are of the " + Report.MOST_DRAWN
                    + " best runs; submit/report.sh --all-pictures draws the others too");
        }
        out().println("Results are in " + folder + "; open " + Layout.PAGE + " there");
        if (runs.stream().allMatch(TrainedRun::diverged)) {
            throw new UserException(EndingMessages.divergence(runs));
        }
        return 0;
    }

    private int stopped(String where, Folder folder, StopRequest request) {
        out().println("Stopped " + where + "; to go on, give the same options with --output " + folder + " --resume");
        return request.exitCode();
    }
}
