package io.sparkperceptron.ml;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.training.EpochMetrics;
import java.util.ArrayList;
import java.util.List;

/** Metrics as data frames show them here. */
final class MetricsColumns {

    /** Of one setting. */
    static final Table<EpochMetrics> OF_RUN = new Table<>(metrics());

    /** Of several. */
    static final Table<EpochMetrics> OF_GRID = new Table<>(withSettings(metrics()));

    private MetricsColumns() {}

    static List<Column<EpochMetrics>> withSettings(List<Column<EpochMetrics>> others) {
        List<Column<EpochMetrics>> columns = new ArrayList<>(List.of(
                Column.text("loss", row -> row.run().loss().label()),
                Column.number("step_size", row -> row.run().learningRate()),
                Column.number("reg_param", row -> row.run().l2()),
                Column.number("momentum", row -> row.run().momentum())));
        columns.addAll(others);
        return columns;
    }

    static List<Column<EpochMetrics>> metrics() {
        return List.of(
                Column.integer("epoch", EpochMetrics::epoch),
                Column.number("train_cost", row -> row.train().cost()),
                Column.number("train_error", row -> row.train().error()),
                Column.number("validation_cost", row -> validation(row).cost()),
                Column.number("validation_error", row -> validation(row).error()),
                Column.number("penalty", EpochMetrics::penalty),
                Column.number("gradient_norm", EpochMetrics::gradientNorm),
                Column.number("seconds", row -> row.time().total()));
    }

    /** Rows that were marked are a test set to the training; a fold is validated with. */
    private static SetMetrics validation(EpochMetrics row) {
        return row.validation().isMeasured() ? row.validation() : row.test();
    }
}
