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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The results of a training in its folder, as data frames and pictures. Errors are fractions. */
public final class Results {

    private static final int MOST_PICTURE_BYTES = 1 << 24;
    private static final Pattern PICTURE = Pattern.compile("[a-z0-9-]+\\.png");

    private final SparkSession spark;
    private final Outcome outcome;

    private Results(SparkSession spark, Outcome outcome) {
        this.spark = spark;
        this.outcome = outcome;
    }

    /**
     * Reads the folder of a finished training by a {@link Sweep}, {@code submit/train.sh} or {@code submit/sweep.sh}.
     *
     * @param output a folder at any Hadoop URI
     * @throws UserException if the folder has no results, or a damaged file
     */
    public static Results open(SparkSession spark, String output) {
        return new Results(
                spark, Outcome.read(Folder.at(output, spark.sparkContext().hadoopConfiguration())));
    }

    public static Results of(TrainingData data, Outcome outcome) {
        return new Results(data.spark(), outcome);
    }

    /**
     * Writes {@code metrics.parquet} and {@code summary.parquet} beside the CSV files, and
     * {@code held-out-scores.parquet} if there are such scores. Columns and rows are the same, in the same order.
     */
    public void writeParquet() {
        write(metrics(), Layout.METRICS_PARQUET);
        write(Frames.of(spark, SummaryTable.of(outcome), outcome.summaries()), Layout.SUMMARY_PARQUET);
        if (outcome.findings().doubtful() != null) {
            write(heldOutScores(), Layout.HELD_OUT_PARQUET);
        }
    }

    /**
     * The rows of {@code held-out-scores.csv}: {@code row}, {@code fold}, {@code label}, {@code prediction},
     * {@code margin}, and z of each class. Throws UserException if the training has made no such scores.
     */
    public Dataset<Row> heldOutScores() {
        String scores = IntStream.range(0, outcome.classes())
                .mapToObj(c -> ", z_" + c + " DOUBLE")
                .collect(Collectors.joining());
        return csv(Layout.HELD_OUT, scores);
    }

    /** The rows of {@code doubtful-labels.csv}, the most doubtful first; fails as {@link #heldOutScores} does. */
    public Dataset<Row> doubtfulLabels() {
        return csv(Layout.DOUBTFUL, "").coalesce(1);
    }

    private Dataset<Row> csv(String name, String moreColumns) {
        if (outcome.findings().doubtful() == null) {
            throw new UserException("Expected the results of a training with held-out scores in "
                    + outcome.folder().uri() + ", found none");
        }
        String label = outcome.labels().areNames() ? "STRING" : "INT";
        return spark.read()
                .schema("row LONG, fold INT, label " + label + ", prediction " + label + ", margin DOUBLE"
                        + moreColumns)
                .option("header", true)
                .option("escape", "\"")
                .option("multiLine", outcome.labels().areNames())
                .csv(outcome.folder().child(name).uri());
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

    /** The names of the runs on all training rows, in the order of the given losses and rates. */
    public List<String> runs() {
        return outcome.runs().stream().map(run -> run.run().name()).toList();
    }

    /**
     * The name of the run with the smallest error at its last epoch. The error is that of the folds or the validation
     * rows if there are any, otherwise of the test set. Throws UserException if all runs have diverged.
     */
    public String best() {
        return outcome.judge()
                .best()
                .orElseThrow(() -> new UserException("All runs have diverged"))
                .run()
                .name();
    }

    /** The rows of {@code metrics.csv}, in their order; null for numbers that are not finite. */
    public Dataset<Row> metrics() {
        return Frames.of(spark, MetricsTable.TABLE, outcome.metrics());
    }

    /** A row for each run: the columns of {@code summary.csv}, and the reason for the verdict. */
    public Dataset<Row> summary() {
        return Frames.of(
                spark,
                SummaryTable.of(outcome)
                        .and(Column.text("reason", row -> row.verdict().reason())),
                outcome.summaries());
    }

    /**
     * The eigenvalue, largest in absolute value, of the Hessian of each run's training cost, at some epochs.
     * {@code rate_times_curvature} is rate (curvature + l2) / (1 + momentum), or null for a run without a rate. A step
     * overshoots where it is above 2.
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
     * The number of a run's weights, without biases, in each of 81 bins around {@code weight}. Weights that never move
     * are counted separately. Throws UserException if there is no such run, or it has diverged.
     */
    public Dataset<Row> histogram(String run) {
        WeightHistogram histogram = measured(run).histogram();
        Table<Integer> table = new Table<>(List.of(
                Column.number("weight", histogram::centre),
                Column.whole("moving", bin -> histogram.moving().get(bin)),
                Column.whole("never_moving", bin -> histogram.still().get(bin))));
        return Frames.of(spark, table, upTo(histogram.moving().size()));
    }

    /** The number of test examples of each label that a run has put in each class; fails as {@link #histogram} does. */
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
     * A picture of a run as a PNG in base64, for Zeppelin's {@code %img}.
     *
     * @param name a file in {@code images/RUN/}: {@code weights.png}, {@code digit-0.png} with its label,
     *     {@code weight-histogram.png}, {@code confusion.png} or {@code misclassified.png}
     * @throws UserException if there is no such picture
     */
    public String image(String run, String name) {
        if (!runs().contains(run) || !PICTURE.matcher(name).matches()) {
            throw new UserException(
                    "Expected a picture of one of " + String.join(", ", runs()) + ", got " + name + " of " + run);
        }
        byte[] png = Layout.pictures(outcome.folder(), run).read(name, MOST_PICTURE_BYTES);
        return Base64.getEncoder().encodeToString(png);
    }

    /** The learning rates at which no step can raise the training cost. */
    public StabilityBound stability() {
        return new StabilityBound(outcome.findings().largestEigenvalue());
    }

    /** The URI of {@code report.html}. */
    public String report() {
        return outcome.folder().child(Layout.PAGE).uri();
    }

    /**
     * HTML for a note that shows {@code report.html}: a link if there is an address, otherwise the page in a frame. If
     * the page is larger than a paragraph may print, the HTML is a sentence that says so.
     *
     * @param address the folder's URL for browsers, such as {@code http://host/results/first}; blank if there is none
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
