package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.HexFormat;
import java.util.List;

/** {@code metrics.csv}: a row for each epoch and run, with numbers that parse back to the same doubles. */
public final class MetricsTable {

    public static final Table<EpochMetrics> TABLE = new Table<EpochMetrics>(List.of(
                    Column.integer("epoch", EpochMetrics::epoch),
                    Column.text("run", row -> row.run().name()),
                    Column.text("loss", row -> row.run().loss().label()),
                    Column.setting(
                            Hyperparameter.LEARNING_RATE, row -> row.run().setting()),
                    Column.number("train_cost", row -> row.train().cost()),
                    Column.number("train_error", row -> row.train().error()),
                    Column.number("test_cost", row -> row.test().cost()),
                    Column.number("test_error", row -> row.test().error()),
                    Column.number("gradient_norm", EpochMetrics::gradientNorm),
                    Column.number("seconds", row -> row.time().total()),
                    Column.number("kernel_seconds", row -> row.time().kernel()),
                    Column.number("job_seconds", row -> row.time().job()),
                    Column.number("driver_seconds", row -> row.time().driver()),
                    Column.known("validation_cost", row -> row.validation().cost()),
                    Column.known("validation_error", row -> row.validation().error()),
                    Column.setting(Hyperparameter.L2, row -> row.run().setting()),
                    Column.setting(Hyperparameter.MOMENTUM, row -> row.run().setting()),
                    Column.orEmpty(Column.integer(
                            "fold",
                            row -> row.run().isOnAllRows() ? null : row.run().heldOutFold())),
                    Column.number("penalty", EpochMetrics::penalty),
                    Column.orEmpty(Column.text("digest", MetricsTable::digest))))
            .withAll(row -> row.run().setting());

    private MetricsTable() {}

    /** Parses the rows. Throws {@link UserException} if the text is not such a table. */
    public static List<EpochMetrics> parse(String text) {
        return TABLE.parse(text, "metrics", MetricsTable::metrics);
    }

    private static EpochMetrics metrics(Table.Row row) {
        int epoch = row.integer("epoch");
        Loss loss = Loss.of(row.text("loss"));
        boolean hasRate = row.known(Hyperparameter.LEARNING_RATE.column()).isPresent();
        List<Double> values =
                Hyperparameter.ALL.stream().map(one -> row.number(one.column())).toList();
        Setting setting = new Setting(loss, hasRate ? Optimizer.DESCENT : Optimizer.LBFGS, values);
        int fold = row.known("fold").map(Integer::valueOf).orElse(Objective.NONE);
        return new EpochMetrics(
                epoch,
                new Run(setting, fold, row.text("run")),
                new SetMetrics(row.number("train_cost"), row.number("train_error")),
                new SetMetrics(row.number("validation_cost"), row.number("validation_error")),
                new SetMetrics(row.number("test_cost"), row.number("test_error")),
                row.number("penalty"),
                row.number("gradient_norm"),
                new EpochTime(row.number("kernel_seconds"), row.number("job_seconds"), row.number("driver_seconds")),
                row.known("digest")
                        .map(digest -> Long.parseUnsignedLong(digest, 16))
                        .orElse(null));
    }

    /** The digest as the table has it, in hexadecimal; null if unknown. */
    public static String digest(EpochMetrics row) {
        return row.digest() == null ? null : HexFormat.of().toHexDigits(row.digest());
    }
}
