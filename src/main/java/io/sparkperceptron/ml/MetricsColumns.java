package io.sparkperceptron.ml;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of metrics in this package's data frames. */
final class MetricsColumns {

    private MetricsColumns() {}

    /** Loss and hyperparameters, by the names of their params; null for those that the solver does not have. */
    static <T> List<Column<T>> settings(Function<T, Setting> setting) {
        List<Column<T>> columns = new ArrayList<>();
        columns.add(Column.text("loss", row -> setting.apply(row).loss().label()));
        for (Hyperparameter one : Hyperparameter.ALL) {
            columns.add(Column.orEmpty(Column.number(Hyperparameter.words(one.param(), "_"), row -> setting.apply(row)
                    .value(one))));
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

    /** A fold is a validation set. The rows marked by validationIndicatorCol are the test set of the training. */
    private static SetMetrics validation(EpochMetrics row) {
        return row.validation().isMeasured() ? row.validation() : row.test();
    }
}
