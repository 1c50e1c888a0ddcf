package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Findings.CurvaturePoint;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.notes.NotePage;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.SummaryTable;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import java.util.Base64;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
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

    /** Of a training with these data. */
    public static Results of(TrainingData data, Outcome outcome) {
        return new Results(data.spark(), outcome);
    }

    /**
     * Writes the CSV files as Parquet beside them, {@code metrics.parquet} and {@code summary.parquet}: the same columns, and the same rows in the same
     * order.
     *
     * @throws UserException if they cannot be written
     */
    public void writeParquet() {
        write(metrics(), Layout.METRICS_PARQUET);
        write(Frames.of(spark, SummaryTable.of(outcome), outcome.summaries()), Layout.SUMMARY_PARQUET);
    }

    private void write(Dataset<Row> frame, String name) {
        SparkFailures.unwrap(() -> {
            frame.coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(outcome.folder().child(name).uri());
            return null;
        });
    }

    /** The names of the runs on all training rows, in the order in which losses and rates were given. */
    public List<String> runs() {
        return outcome.runs().stream().map(run -> run.run().name()).toList();
    }

    /**
     * The run with the least error at its end, by the folds or the validation rows if there are any and else by the test set.
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

    /** {@code metrics.csv}, its rows in their order; what is not finite is null. */
    public Dataset<Row> metrics() {
        return Frames.of(spark, MetricsTable.TABLE, outcome.metrics());
    }

    /** A row for each run: columns of {@code summary.csv} that a note looks at, and the reason of the verdict. */
    public Dataset<Row> summary() {
        return Frames.of(
                spark,
                SummaryTable.of(outcome)
                        .and(Column.text("reason", row -> row.verdict().reason())),
                outcome.summaries());
    }

    /**
     * The eigenvalue of the Hessian of each run's training cost that is largest in size at some epochs, and the rate times that: a step
     * overshoots where it is above 2. With l2 and momentum {@code rate_times_curvature} is rate (curvature + l2) / (1 + momentum).
     */
    public Dataset<Row> curvature() {
        record Point(Run run, CurvaturePoint at) {}
        List<Point> points = outcome.runs().stream()
                .filter(run -> outcome.measured(run) != null)
                .flatMap(run -> outcome.measured(run).curvature().stream().map(at -> new Point(run.run(), at)))
                .toList();
        Table<Point> table = new Table<>(List.of(
                Column.text("run", point -> point.run().name()),
                Column.integer("epoch", point -> point.at().epoch()),
                Column.number("curvature", point -> point.at().largest()),
                Column.number(
                        "rate_times_curvature",
                        point -> StabilityBound.reach(
                                point.run().setting(), point.at().largest()))));
        return Frames.of(spark, table, points);
    }

    /**
     * How many weights of a run, biases left out, lie in each of 81 bins around {@code weight}; apart those that never move.
     *
     * @throws UserException if there is no such run, or it has diverged
     */
    public Dataset<Row> histogram(String run) {
        WeightHistogram histogram = measured(run).histogram();
        Table<Integer> table = new Table<>(List.of(
                Column.number("weight", histogram::centre),
                Column.whole("moving", bin -> histogram.moving().get(bin)),
                Column.whole("never_moving", bin -> histogram.still().get(bin))));
        return Frames.of(spark, table, upTo(histogram.moving().size()));
    }

    /**
     * How many test examples of each label a run has put in each class.
     *
     * @throws UserException likewise
     */
    public Dataset<Row> confusion(String run) {
        List<Long> counts = measured(run).confusion();
        int classes = outcome.classes();
        ClassLabels labels = outcome.labels();
        Table<Integer> table = new Table<>(List.of(
                label("label", labels, cell -> cell / classes),
                label("prediction", labels, cell -> cell % classes),
                Column.whole("count", counts::get)));
        return Frames.of(spark, table, upTo(counts.size()));
    }

    /**
     * A picture of a run as a PNG in base64, as Zeppelin's {@code %img} takes it.
     *
     * @param name of the file in {@code images/RUN/}: {@code weights.png}, {@code digit-0.png} by its label, {@code weight-histogram.png}, {@code
     *     confusion.png} or {@code misclassified.png}
     * @throws UserException if there is none
     */
    public String image(String run, String name) {
        if (!runs().contains(run) || !PICTURE.matcher(name).matches()) {
            throw new UserException(
                    "Expected a picture of one of " + String.join(", ", runs()) + ", got " + name + " of " + run);
        }
        byte[] png = Layout.pictures(outcome.folder(), run).read(name, MOST_PICTURE_BYTES);
        return Base64.getEncoder().encodeToString(png);
    }

    /** Up to which learning rate no step could raise the training cost. */
    public StabilityBound stability() {
        return new StabilityBound(outcome.findings().largestEigenvalue());
    }

    /** The URI of the page that shows all of it. */
    public String report() {
        return outcome.folder().child(Layout.PAGE).uri();
    }

    /**
     * That page as HTML for a note: a link, where browsers have the folder at an address, else the page itself in a frame; where it is larger than a
     * paragraph may print, a sentence that says so.
     *
     * @param address of the folder for browsers, such as {@code http://host/results/first}; blank if there is none
     */
    public String page(String address) {
        return NotePage.html(outcome.folder(), address, NotePage.limitHere());
    }

    private static Column<Integer> label(String name, ClassLabels labels, IntUnaryOperator number) {
        return labels.areNames()
                ? Column.text(name, cell -> labels.text(number.applyAsInt(cell)))
                : Column.integer(name, cell -> labels.of(number.applyAsInt(cell)));
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
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
