package io.sparkperceptron.ml;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Metrics as data frames show them here. */
final class MetricsColumns {

    /** Of one setting. */
    static final Table<EpochMetrics> OF_RUN = new Table<>(metrics());

    /** Of several. */
    static final Table<EpochMetrics> OF_GRID = new Table<>(ofGrid());

    private MetricsColumns() {}

    private static List<Column<EpochMetrics>> ofGrid() {
        List<Column<EpochMetrics>> columns = settings(row -> row.run().setting());
        columns.addAll(metrics());
        return columns;
    }

    /** What tells settings apart. */
    static <T> List<Column<T>> settings(Function<T, Setting> setting) {
        List<Column<T>> columns = new ArrayList<>();
        columns.add(Column.text("loss", row -> setting.apply(row).loss().label()));
        for (Hyperparameter one : Hyperparameter.ALL) {
            columns.add(Column.number(Hyperparameter.words(one.param(), "_"), row -> setting.apply(row)
                    .value(one)));
        }
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
