package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.session.Frames;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How a model was fitted. Errors are fractions. Curves are at hand; what judges them looks at the data frame again, when it is first asked for.
 */
public final class PerceptronTrainingSummary {

    private final SparkSession spark;
    private final Fit fit;
    private final int run;
    private final boolean validated;

    PerceptronTrainingSummary(SparkSession spark, Fit fit, int run, boolean validated) {
        this.spark = spark;
        this.fit = fit;
        this.run = run;
        this.validated = validated;
    }

    /**
     * A row for each epoch, the weights' start among them: {@code epoch}, {@code train_cost}, {@code train_error}, {@code
     * validation_cost} and {@code validation_error} of the rows marked by validationIndicatorCol or null, {@code penalty}, {@code gradient_norm} and {@code
     * seconds}, which settings trained side by side share.
     */
    public Dataset<Row> metrics() {
        return Frames.of(spark, MetricsColumns.OF_RUN, epochs());
    }

    /** The metrics of all settings that were trained side by side, with {@code loss}, {@code step_size}, {@code reg_param} and {@code momentum}. */
    public Dataset<Row> allMetrics() {
        return Frames.of(
                spark,
                MetricsColumns.OF_GRID,
                fit.metrics().values().stream().flatMap(List::stream).toList());
    }

    /** The number of updates that the weights have had. */
    public int totalIterations() {
        return fit.runs().get(run).last().epoch();
    }

    /**
     * Why there were no more: {@code epochs} if it was maxIter, {@code converged} if tol, {@code patience}, or {@code saturated} if no step changed a
     * weight any more.
     */
    public String ending() {
        return fit.runs().get(run).ending().label();
    }

    /**
     * One row: {@code verdict}, what became of the training, in a word, among the settings trained side by side; {@code verdict_epoch}, the first that
     * shows it; {@code reason}, a sentence; {@code chosen_by}, whose error counts: {@code validation}, or {@code training} if no rows are marked;
     * {@code best_error} and {@code best_epoch}; {@code reasonable_epochs} or null; {@code guaranteed_step_size}, up to which no step raises
     * the cost. Rules and formulas are those of {@code submit/train.sh}.
     *
     * @throws UserException if the data frame no longer has the rows that were trained on
     */
    public Dataset<Row> verdict() {
        RunHistory history = history();
        Judge judge = new Judge(fit.histories(true), fit.choosingRows());
        Verdict verdict = judge.verdict(history);
        OptionalInt reasonable = judge.reasonableEpochs(history);
        StabilityBound bound = new StabilityBound(fit.findings().largestEigenvalue());
        Table<RunHistory> table = new Table<>(List.of(
                Column.text("verdict", row -> verdict.kind().label()),
                Column.integer("verdict_epoch", row -> verdict.epoch()),
                Column.text("reason", row -> verdict.reason()),
                Column.text("chosen_by", row -> validated ? "validation" : "training"),
                Column.number("best_error", row -> row.best().error()),
                Column.integer("best_epoch", row -> row.best().epoch()),
                Column.integer("reasonable_epochs", row -> reasonable.isPresent() ? reasonable.getAsInt() : null),
                Column.number(
                        "guaranteed_step_size", row -> bound.rate(row.run().setting()))));
        return Frames.of(spark, table, List.of(history));
    }

    /**
     * The eigenvalue of the training cost's Hessian that is largest in size at some epochs, {@code curvature}, and
     * {@code step_size_times_curvature}: a step overshoots where it is above 2.
     *
     * @throws UserException likewise
     */
    public Dataset<Row> curvature() {
        Setting setting = history().run().setting();
        Table<Findings.CurvaturePoint> table = new Table<>(List.of(
                Column.integer("epoch", Findings.CurvaturePoint::epoch),
                Column.number("curvature", Findings.CurvaturePoint::largest),
                Column.number("step_size_times_curvature", point -> StabilityBound.reach(setting, point.largest()))));
        return Frames.of(
                spark,
                table,
                fit.findings().of(history().run().name()).measured().curvature());
    }

    /**
     * Writes what {@code submit/train.sh} leaves in a folder: the page, pictures, tables, and models of all settings that were trained side by side. Its
     * test set are the rows marked by validationIndicatorCol.
     *
     * @param uri a folder on any storage; earlier results there are replaced
     * @return the URI of the page
     * @throws UserException if there is no validationIndicatorCol, the folder cannot be written or has something else in it; or likewise
     */
    public String writeReport(String uri) {
        if (!validated) {
            throw new UserException(
                    "A report compares the rows trained on with others: mark those in a column, and name it"
                            + " with setValidationIndicatorCol before fit");
        }
        return MlRemedies.told(() -> fit.write(uri).report());
    }

    private List<EpochMetrics> epochs() {
        return fit.metrics().get(fit.runs().get(run).run());
    }

    private RunHistory history() {
        return fit.histories(true).stream()
                .filter(one -> one.run().equals(fit.runs().get(run).run()))
                .findFirst()
                .orElseThrow();
    }
}
