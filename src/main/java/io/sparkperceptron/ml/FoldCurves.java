package io.sparkperceptron.ml;

import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.Frames;
import io.sparkperceptron.training.EpochMetrics;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The metrics of a cross-validation as data frames. */
record FoldCurves(SparkSession spark, List<RunHistory> runs, List<EpochMetrics> metrics, FoldChoice choice) {

    private record Point(RunHistory run, int epoch) {}

    Dataset<Row> means() {
        List<Column<Point>> columns =
                MetricsColumns.settings(point -> point.run().run().setting());
        columns.add(Column.integer("epoch", Point::epoch));
        columns.add(Column.number(
                "mean_cost", point -> point.run().folds().metrics(point.epoch()).cost()));
        columns.add(Column.number("mean_error", point -> point.run().folds().mean(point.epoch())));
        columns.add(Column.number("standard_error", point -> point.run().folds().standardError(point.epoch())));
        return Frames.of(
                spark,
                new Table<>(columns),
                runs.stream()
                        .flatMap(run -> IntStream.rangeClosed(0, run.lastChoosingEpoch())
                                .mapToObj(t -> new Point(run, t)))
                        .toList());
    }

    /** All epochs of all runs. The fold is null for a run on all rows. */
    Dataset<Row> all() {
        List<Column<EpochMetrics>> columns =
                MetricsColumns.settings(row -> row.run().setting());
        columns.add(Column.integer(
                "fold", row -> row.run().isOnAllRows() ? null : row.run().heldOutFold()));
        columns.addAll(MetricsColumns.metrics());
        return Frames.of(spark, new Table<>(columns), metrics);
    }

    /** A row for each setting: its least mean error, and the number of epochs if it is the chosen one. */
    Dataset<Row> choices() {
        List<Column<RunHistory>> columns =
                MetricsColumns.settings(run -> run.run().setting());
        columns.add(Column.integer("best_epoch", run -> run.best().epoch()));
        columns.add(Column.number("best_error", run -> run.best().error()));
        columns.add(Column.number(
                "standard_error", run -> run.folds().standardError(run.best().epoch())));
        columns.add(Column.integer("chosen_epochs", run -> run.equals(choice.run()) ? choice.epoch() : null));
        return Frames.of(spark, new Table<>(columns), runs);
    }
}
