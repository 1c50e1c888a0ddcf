package io.sparkperceptron.report;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.DescentLine;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.ModelStack;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The files of a training, with made-up numbers. All runs are logistic and have all epochs, except one mse run that
 * diverged in its first epoch. A run of L-BFGS has an infinite cost in its second epoch.
 */
public final class MadeUpResults {

    private static final Run DIVERGING = new Run(Loss.MSE, 1e9);
    static final int EPOCHS = 4;
    static final int TEST_ROWS = 200;
    static final int TRAINING_SAMPLE = 200;
    static final int TEST_SAMPLE = 110;
    /** The labels of the examples, in this order. */
    static final List<Integer> EXAMPLES = List.of(0, 1, 1);

    private final Folder folder;
    private final List<Run> runs;
    private final int classes;
    private final ImageShape shape;

    private final int folds;

    private MadeUpResults(Path folder, List<Run> runs, int classes, ImageShape shape, int folds) {
        this.folds = folds;
        this.runs = runs;
        this.folder = Folder.at(folder.toString(), new Configuration());
        this.classes = classes;
        this.shape = shape;
    }

    private static List<Run> runs(int count) {
        List<Run> runs = new ArrayList<>();
        for (int run = 1; run < count; run++) {
            runs.add(new Run(Loss.LOGISTIC, run));
        }
        runs.add(DIVERGING);
        return runs;
    }

    /** Writes the files of a run of L-BFGS and, with {@code others}, one of gradient descent and one that diverged. */
    static Outcome ofLbfgs(Path folder, boolean others, int classes, ImageShape shape) {
        Setting setting = new Setting(Loss.LOGISTIC, Optimizer.LBFGS, List.of(0.0, 0.0, 0.0));
        Run lbfgs = new Run(setting, "logistic-lbfgs");
        List<Run> runs = others ? List.of(new Run(Loss.LOGISTIC, 1), lbfgs, DIVERGING) : List.of(lbfgs);
        MadeUpResults results = new MadeUpResults(folder, runs, classes, shape, 0);
        results.writeWeights();
        return results.withoutWeights();
    }

    /** Writes the files of {@code runs} runs, and reads them back. */
    static Outcome in(Path folder, int runs, int classes, ImageShape shape) {
        new MadeUpResults(folder, runs(runs), classes, shape, 0).writeWeights();
        return withoutWeights(folder, runs, classes, shape);
    }

    /** The same with folds for each setting: the error of fold f is 0.01 f more than that of the run on all rows. */
    public static Outcome inFolds(Path folder, int runs, int classes, ImageShape shape, int folds) {
        MadeUpResults results = new MadeUpResults(folder, runs(runs), classes, shape, folds);
        results.writeWeights();
        return results.withoutWeights();
    }

    /** The same without models and film. */
    static Outcome withoutWeights(Path folder, int runs, int classes, ImageShape shape) {
        return new MadeUpResults(folder, runs(runs), classes, shape, 0).withoutWeights();
    }

    private Outcome withoutWeights() {
        record().write(folder);
        folder.write("metrics.csv", MetricsTable.TABLE.text(metrics()));
        Map<Long, byte[]> images = new HashMap<>();
        for (long row = 0; row < EXAMPLES.size(); row++) {
            images.put(row, new byte[shape.pixels()]);
        }
        Outcome.keep(
                findings(), images, Collections.nCopies(classes, new byte[shape.pixels()]), sample(), shape, folder);
        return Outcome.read(folder);
    }

    /** Images of noise, which PNG cannot compress. */
    private List<byte[]> sample() {
        Random random = new Random(1);
        return IntStream.range(0, TRAINING_SAMPLE + TEST_SAMPLE)
                .mapToObj(image -> {
                    byte[] pixels = new byte[shape.pixels()];
                    random.nextBytes(pixels);
                    return pixels;
                })
                .toList();
    }

    /** A count for two runs: many and even for the first two, which takes chi squared; few and uneven for others. */
    static long onlyFirstWrong(int a, int b) {
        return a == b ? 0 : a + b == 1 ? 600 - 50L * a : a < b ? 2 : 15;
    }

    private int features() {
        return shape.pixels();
    }

    private boolean diverged(int run) {
        return runs.get(run).equals(DIVERGING);
    }

    private boolean isByLbfgs(int run) {
        return runs.get(run).setting().optimizer() == Optimizer.LBFGS;
    }

    private TrainingRecord record() {
        TrainingPlan plan = new TrainingPlan(runs, EPOCHS, new Start(0, 1), StopRules.NONE);
        return new TrainingRecord(
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:01:30Z",
                null,
                List.of("train", "--epochs", "4"),
                TrainingRecord.Options.of(
                        plan, new Folds(folds, 1), FeatureScaling.PIXEL, ClassWeighting.NONE, 2, false),
                new TrainingRecord.Data(
                        features(),
                        classes,
                        null,
                        shape.height(),
                        shape.width(),
                        new TrainingRecord.DataSet("a", 1000, "0a", 1),
                        new TrainingRecord.DataSet("a", 0, "00", 0),
                        new TrainingRecord.DataSet("<b>", TEST_ROWS, "0b", 1)),
                new TrainingRecord.Provenance("1", "0", "17", "none", "none", "none", "none"));
    }

    /** The runs on all rows, then those without each fold. */
    private List<EpochMetrics> metrics() {
        List<EpochMetrics> rows = new ArrayList<>();
        for (int fold = Objective.NONE; fold < folds; fold++) {
            for (int epoch = 0; epoch <= EPOCHS; epoch++) {
                for (int run = 0; run < runs.size(); run++) {
                    if (epoch <= 1 || !diverged(run)) {
                        rows.add(metrics(epoch, run, fold));
                    }
                }
            }
        }
        return rows;
    }

    private EpochMetrics metrics(int epoch, int run, int fold) {
        double error = (diverged(run) ? 0.9 : 0.5 / (epoch + 1) + 0.001 * run) + 0.01 * Math.max(0, fold);
        boolean infinite = (diverged(run) && epoch == 1) || (isByLbfgs(run) && epoch == 2);
        double cost = infinite ? Double.POSITIVE_INFINITY : 2 * error;
        Run all = runs.get(run);
        return fold == Objective.NONE
                ? madeUp(epoch, all, cost, error).metrics()
                : madeUp(epoch, new Run(all.setting(), fold, all.name() + "-fold-" + fold), cost, error)
                        .validation(cost, error)
                        .metrics();
    }

    private static MadeUpMetrics madeUp(int epoch, Run run, double cost, double error) {
        return new MadeUpMetrics(epoch, run).sets(cost, error).seconds(0.4, 0.05, 0.05);
    }

    private Findings findings() {
        List<Findings.OfRun> found = new ArrayList<>();
        List<Long> onlyFirstWrong = new ArrayList<>();
        for (int a = 0; a < runs.size(); a++) {
            found.add(new Findings.OfRun(
                    runs.get(a).name(),
                    diverged(a) ? Ending.DIVERGED : Ending.EPOCHS,
                    diverged(a) ? null : measured(model(a, EPOCHS), !isByLbfgs(a))));
            for (int b = 0; b < runs.size(); b++) {
                onlyFirstWrong.add(onlyFirstWrong(a, b));
            }
        }
        return new Findings(
                20,
                1000,
                0,
                TEST_ROWS,
                1,
                List.of(),
                found,
                onlyFirstWrong,
                LongStream.range(0, EXAMPLES.size()).boxed().toList(),
                EXAMPLES,
                40L,
                20,
                null,
                new Findings.Sample(
                        LongStream.range(0, TRAINING_SAMPLE).boxed().toList(),
                        labels(TRAINING_SAMPLE),
                        LongStream.range(0, TEST_SAMPLE).boxed().toList(),
                        labels(TEST_SAMPLE),
                        null),
                null);
    }

    /** The labels of the sample: 0, 1 and so on, again from 0 after the last class. */
    private List<Integer> labels(int images) {
        return IntStream.range(0, images).mapToObj(image -> image % classes).toList();
    }

    /** A tenth of label 0 is predicted as 1. The last label has no examples. */
    private Findings.Measured measured(PerceptronModel model, boolean hasLines) {
        List<Long> confusion = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++) {
                boolean none = label == classes - 1;
                confusion.add(none ? 0L : label == prediction ? 90L : label == 0 && prediction == 1 ? 10L : 0L);
            }
        }
        BitSet active = new BitSet();
        active.set(1, features());
        return new Findings.Measured(
                confusion,
                0,
                3,
                1,
                Collections.nCopies(classes, 70L),
                0,
                List.of(new Findings.CurvaturePoint(0, 5, 0.0), new Findings.CurvaturePoint(EPOCHS, 1.5, 0.1)),
                WeightHistogram.of(model, active, active),
                Map.of("0,1", List.of(0), "1,1", List.of(2, 1)),
                List.of(new Findings.Mistake(0, 0, 1, 1.5)),
                hasLines
                        ? List.of(new DescentLine(
                                EPOCHS,
                                0,
                                0.25f,
                                1,
                                0.625,
                                2,
                                List.of(1f, 0.5f),
                                List.of(-1f, -0.25f),
                                List.of(0f, 0.125f)))
                        : List.of());
    }

    private void writeWeights() {
        for (int run = 0; run < runs.size(); run++) {
            if (!diverged(run)) {
                ModelFiles.save(
                        new ModelDescription(
                                runs.get(run).name(),
                                runs.get(run).loss().label(),
                                runs.get(run).setting().values(),
                                EPOCHS,
                                classes,
                                null,
                                features(),
                                null,
                                FeatureScaling.PIXEL.label(),
                                shape,
                                "0a",
                                "1"),
                        model(run, EPOCHS),
                        FeatureFactors.NONE,
                        folder.child("models/" + runs.get(run).name()));
            }
        }
        for (int epoch : new int[] {1, 2}) {
            folder.child("film")
                    .write(
                            String.format(Locale.ROOT, "epoch-%06d.npy", epoch),
                            out -> ModelStack.write(
                                    IntStream.range(0, runs.size() * (1 + folds))
                                            .boxed()
                                            .toList(),
                                    run -> model(run, epoch),
                                    classes,
                                    features(),
                                    out));
        }
    }

    /** Weights that differ by class and feature, and grow with the epochs. */
    private PerceptronModel model(int run, int epoch) {
        double[] rows = new double[classes * (features() + 1)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = epoch * (run + 1) * Math.sin(i);
        }
        return new PerceptronModel(classes, features(), rows);
    }
}
