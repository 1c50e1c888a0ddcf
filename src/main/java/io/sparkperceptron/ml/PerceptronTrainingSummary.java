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
import io.sparkperceptron.training.TrainedRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.TrainingSummary;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The training of a model, and its predictions for the rows trained on. Errors are fractions. The metrics of epochs are
 * in memory; predictions, verdict, curvature and report read the data frame again when one of them is first called.
 */
public final class PerceptronTrainingSummary extends PerceptronSummary implements TrainingSummary {

    /** A feature, and the number of a class. */
    private record Cell(int number, int feature) {}

    private final transient Fit fit;
    private final transient TrainedRun run;
    private final boolean validated;

    /**
     * @param rows the rows trained on
     * @param validated whether there were marked rows
     */
    PerceptronTrainingSummary(
            PerceptronClassificationModel model, Dataset<?> rows, Fit fit, TrainedRun run, boolean validated) {
        super(model, rows);
        this.fit = fit;
        this.run = run;
        this.validated = validated;
    }

    /**
     * A row for each epoch from 0 on: {@code epoch}, {@code train_cost}, {@code train_error}, {@code validation_cost},
     * {@code validation_error}, {@code penalty}, {@code gradient_norm} and {@code seconds}. The validation metrics are
     * those of the rows that validationIndicatorCol marks; without that column they are null. Settings trained side by
     * side share the seconds.
     */
    public Dataset<Row> metrics() {
        return Frames.of(
                rows.sparkSession(),
                new Table<>(MetricsColumns.metrics()),
                fit.metrics().get(run.run()));
    }

    /** The metrics of all settings trained side by side, with the columns of their loss and hyperparameters. */
    public Dataset<Row> allMetrics() {
        List<Column<EpochMetrics>> columns =
                MetricsColumns.settings(row -> row.run().setting());
        columns.addAll(MetricsColumns.metrics());
        List<EpochMetrics> all =
                fit.metrics().values().stream().flatMap(List::stream).toList();
        return Frames.of(rows.sparkSession(), new Table<>(columns), all);
    }

    /**
     * A row for each class and feature: {@code label}, {@code feature}, from 0 on, its {@code name} by the metadata of
     * the column of features, or null, and {@code coefficient}, its weight in
     * {@link PerceptronClassificationModel#coefficientMatrix}.
     */
    public Dataset<Row> coefficients() {
        Matrix weights = model.coefficientMatrix();
        List<String> names = model.featureNames();
        List<Integer> labels = model.labels();
        Table<Cell> table = new Table<>(List.of(
                Column.integer("label", cell -> labels.get(cell.number())),
                Column.integer("feature", Cell::feature),
                Column.text("name", cell -> names.isEmpty() ? null : names.get(cell.feature())),
                Column.number("coefficient", cell -> weights.apply(cell.number(), cell.feature()))));
        List<Cell> cells = IntStream.range(0, weights.numRows() * weights.numCols())
                .mapToObj(i -> new Cell(i / weights.numCols(), i % weights.numCols()))
                .toList();
        return Frames.of(rows.sparkSession(), table, cells);
    }

    /** The number of updates that were made, also if the model has the weights of an earlier epoch. */
    @Override
    public int totalIterations() {
        return run.last().epoch();
    }

    /** Training cost plus penalty of each epoch from 0 on; infinite where training diverged. */
    @Override
    public double[] objectiveHistory() {
        return fit.metrics().get(run.run()).stream()
                .mapToDouble(EpochMetrics::objective)
                .toArray();
    }

    /**
     * The epoch whose weights the model has: the last one; with patience that of the least validation error; the one
     * before if training diverged.
     */
    public int modelEpoch() {
        return run.keptEpoch();
    }

    /**
     * Why training ended: {@code epochs} by maxIter, {@code converged} by tol, {@code patience}, {@code saturated}
     * if steps no longer changed any weight, or {@code diverged}.
     */
    public String ending() {
        return run.ending().label();
    }

    /** A sentence on when and why training diverged, and what to do; empty if it did not. */
    public String divergence() {
        return run.diverged() ? GridFit.divergence(run) : "";
    }

    /**
     * One row with the verdict of {@code submit/train.sh} on this training, among the settings trained side by side.
     *
     * <ul>
     * <li>{@code verdict}: a word; {@code verdict_epoch}: the first epoch that shows it; {@code reason}: a sentence
     * <li>{@code chosen_by}: the rows whose error counts, {@code validation}, or {@code training} if no rows are marked
     * <li>{@code best_error}, {@code best_epoch}; {@code settled_epoch}, from which on the error stays within one
     *     standard error of the best, or null
     * <li>{@code guaranteed_step_size}: up to it no step raises the cost
     * </ul>
     *
     * @throws UserException if the data frame no longer has the rows that were trained on
     */
    public Dataset<Row> verdict() {
        List<RunHistory> histories = fit.histories();
        RunHistory history = histories.stream()
                .filter(one -> one.run().equals(run.run()))
                .findFirst()
                .orElseThrow();
        Judge judge = new Judge(histories, fit.choosingRows(), fit.findings().isWeighted());
        Verdict verdict = judge.verdict(history);
        Optional<Integer> settled = judge.settledEpoch(history);
        StabilityBound bound = new StabilityBound(fit.findings().largestEigenvalue());
        Table<RunHistory> table = new Table<>(List.of(
                Column.text("verdict", row -> verdict.kind().label()),
                Column.integer("verdict_epoch", row -> verdict.epoch()),
                Column.text("reason", row -> verdict.reason()),
                Column.text("chosen_by", row -> validated ? "validation" : "training"),
                Column.number("best_error", row -> row.best().error()),
                Column.integer("best_epoch", row -> row.best().epoch()),
                Column.integer("settled_epoch", row -> settled.orElse(null)),
                Column.number(
                        "guaranteed_step_size", row -> bound.rate(row.run().setting()))));
        return Frames.of(rows.sparkSession(), table, List.of(history));
    }

    /**
     * At some epochs {@code curvature}, the eigenvalue of largest size of the training cost's Hessian, and
     * {@code step_size_times_curvature}: a step overshoots where the product is above 2. No rows if training diverged.
     * Throws UserException if the data frame no longer has the rows that were trained on.
     */
    public Dataset<Row> curvature() {
        Setting setting = run.run().setting();
        Table<Findings.CurvaturePoint> table = new Table<>(List.of(
                Column.integer("epoch", Findings.CurvaturePoint::epoch),
                Column.number("curvature", Findings.CurvaturePoint::largest),
                Column.number("step_size_times_curvature", point -> StabilityBound.reach(setting, point.largest()))));
        Findings.Measured measured = fit.findings().of(run.run().name()).measured();
        return Frames.of(rows.sparkSession(), table, measured == null ? List.of() : measured.curvature());
    }

    /**
     * Writes the files of {@code submit/train.sh} for all settings trained side by side: page, pictures, tables and
     * models. The rows marked by validationIndicatorCol are the test set.
     *
     * @param uri a folder on any storage; earlier results there are replaced
     * @return the URI of the page
     * @throws UserException if there is no validationIndicatorCol, the folder cannot be written or has other files, or
     *     the data frame no longer has the rows that were trained on
     */
    public String writeReport(String uri) {
        if (!validated) {
            throw new UserException("A report compares the rows trained on with others: mark those in a column, and"
                    + " name it with setValidationIndicatorCol before fit");
        }
        return MlRemedies.told(() -> fit.write(uri).report());
    }
}
