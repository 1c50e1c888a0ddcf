package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a training has left in its folder, as data frames and pictures. Errors are fractions. */
public final class Results {

    private static final int MOST_PICTURE_BYTES = 1 << 24;
    private static final Pattern PICTURE = Pattern.compile("[a-z0-9-]+\\.png");

    private final SparkSession spark;
    private final Outcome outcome;

    Results(SparkSession spark, Outcome outcome) {
        this.spark = spark;
        this.outcome = outcome;
    }

    /**
     * Reads the folder of a finished training, of a {@link Sweep} or of {@code submit/train.sh} and {@code submit/sweep.sh}.
     *
     * @param output at any Hadoop URI
     * @throws UserException if it is none, or a file in it is damaged
     */
    public static Results open(SparkSession spark, String output) {
        return new Results(
                spark, Outcome.read(Folder.at(output, spark.sparkContext().hadoopConfiguration())));
    }

    /** The runs' names, in the order in which losses and rates were given. */
    public List<String> runs() {
        return outcome.runs().stream().map(run -> run.run().name()).toList();
    }

    /**
     * The run with the least error at its end, by the validation rows if there are any and else by the test set.
     *
     * @throws UserException if all runs have diverged
     */
    public String best() {
        return outcome.judge()
                .best()
                .orElseThrow(() -> new UserException("All runs have diverged"))
                .run()
                .name();
    }

    /** The columns of {@code metrics.csv}, but for the parts of the time; what is not finite is null. */
    public Dataset<Row> metrics() {
        Frame frame = new Frame()
                .integers("epoch")
                .texts("run", "loss")
                .doubles("learning_rate", "train_cost", "train_error", "validation_cost", "validation_error")
                .doubles("test_cost", "test_error", "gradient_norm", "seconds");
        for (RunHistory run : outcome.runs()) {
            for (EpochMetrics epoch : run.epochs()) {
                frame.add(
                        epoch.epoch(),
                        run.run().name(),
                        run.run().loss().label(),
                        run.run().learningRate(),
                        epoch.train().cost(),
                        epoch.train().error(),
                        epoch.validation().cost(),
                        epoch.validation().error(),
                        epoch.test().cost(),
                        epoch.test().error(),
                        epoch.gradientNorm(),
                        epoch.time().total());
            }
        }
        return frame.create(spark);
    }

    /** A row for each run: columns of {@code summary.csv} that a note looks at, and the reason of the verdict. */
    public Dataset<Row> summary() {
        Frame frame = new Frame()
                .texts("run", "loss")
                .doubles("learning_rate")
                .texts("ending")
                .integers("last_epoch")
                .doubles("train_cost", "train_error", "test_cost", "test_error", "test_error_low", "test_error_high")
                .doubles("best_error")
                .integers("best_epoch", "reasonable_epochs")
                .texts("verdict")
                .integers("verdict_epoch")
                .texts("reason");
        outcome.summaries().forEach(summary -> {
            RunHistory run = summary.history();
            EpochMetrics last = run.last();
            frame.add(
                    run.run().name(),
                    run.run().loss().label(),
                    run.run().learningRate(),
                    run.ending().label(),
                    run.lastEpoch(),
                    last.train().cost(),
                    last.train().error(),
                    last.test().cost(),
                    last.test().error(),
                    summary.interval().low(),
                    summary.interval().high(),
                    run.best().error(),
                    run.best().epoch(),
                    summary.reasonableEpochs().isPresent()
                            ? summary.reasonableEpochs().getAsInt()
                            : null,
                    summary.verdict().kind().label(),
                    summary.verdict().epoch(),
                    summary.verdict().reason());
        });
        return frame.create(spark);
    }

    /** The largest eigenvalue of each run's Hessian at some epochs, and rate times that: a step overshoots where it is above 2. */
    public Dataset<Row> curvature() {
        Frame frame = new Frame().texts("run").integers("epoch").doubles("curvature", "rate_times_curvature");
        for (RunHistory run : outcome.runs()) {
            Findings.Measured measured = outcome.measured(run);
            if (measured != null) {
                measured.curvature()
                        .forEach(point -> frame.add(
                                run.run().name(),
                                point.epoch(),
                                point.largest(),
                                run.run().learningRate() * point.largest()));
            }
        }
        return frame.create(spark);
    }

    /**
     * How many weights of a run, biases left out, lie in each of 81 bins around {@code weight}; apart those that never move.
     *
     * @throws UserException if there is no such run, or it has diverged
     */
    public Dataset<Row> histogram(String run) {
        WeightHistogram histogram = measured(run).histogram();
        Frame frame = new Frame().doubles("weight").longs("moving", "never_moving");
        for (int bin = 0; bin < histogram.moving().size(); bin++) {
            frame.add(
                    histogram.centre(bin),
                    histogram.moving().get(bin),
                    histogram.still().get(bin));
        }
        return frame.create(spark);
    }

    /**
     * How many test examples of each label a run has put in each class.
     *
     * @throws UserException likewise
     */
    public Dataset<Row> confusion(String run) {
        List<Long> counts = measured(run).confusion();
        int classes = (int) Math.round(Math.sqrt(counts.size()));
        Frame frame = new Frame().integers("label", "prediction").longs("count");
        for (int i = 0; i < counts.size(); i++) {
            frame.add(i / classes, i % classes, counts.get(i));
        }
        return frame.create(spark);
    }

    /**
     * A picture of a run as a PNG in base64, as Zeppelin's {@code %img} takes it.
     *
     * @param name of the file in {@code images/RUN/}: {@code weights.png}, {@code digit-0.png}, {@code weight-histogram.png}, {@code
     *     confusion.png} or {@code misclassified.png}
     * @throws UserException if there is none
     */
    public String image(String run, String name) {
        if (!runs().contains(run) || !PICTURE.matcher(name).matches()) {
            throw new UserException(
                    "Expected a picture of one of " + String.join(", ", runs()) + ", got " + name + " of " + run);
        }
        byte[] png = outcome.folder().child("images/" + run).read(name, MOST_PICTURE_BYTES);
        return Base64.getEncoder().encodeToString(png);
    }

    /** Up to which learning rate no step could raise the training cost. */
    public StabilityBound stability() {
        return new StabilityBound(outcome.findings().largestEigenvalue());
    }

    /** The URI of the page that shows all of it. */
    public String report() {
        return outcome.folder().child(Report.PAGE).uri();
    }

    private Findings.Measured measured(String run) {
        Findings.OfRun found = outcome.findings().of(run);
        if (found == null || found.measured() == null) {
            throw new UserException(
                    "Expected one of " + String.join(", ", runs()) + " that has not diverged, got " + run);
        }
        return found.measured();
    }
}
