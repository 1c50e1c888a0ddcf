package io.sparkperceptron.course;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.DataSettings;
import io.sparkperceptron.session.Sweep;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.List;
import java.util.Random;
import org.apache.commons.lang3.Validate;

/**
 * What one student trains: one setting, on all training rows but those of one fold.
 *
 * @param number of the student, from 1
 * @param seed of the class, for the draw of its tasks and for the folds of the rows
 * @param fold the fold that is left out, one of {@value #FOLDS}
 * @param target the test error that the first question asks for, as a fraction
 */
public record Task(
        int number, int seed, Loss loss, double learningRate, double l2, int fold, int epochs, double target) {

    /** More folds make smaller parts of blocks, which take longer. */
    public static final int FOLDS = 10;

    /** Digests are handed in of every epoch that is a multiple of this, and of the last one. */
    public static final int PERIOD = 10;

    private static final double[] RATES = {0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5};
    private static final double[] PENALTIES = {0, 1e-5, 1e-4, 1e-3};
    private static final int LEAST_PER_CENT = 12;
    private static final int MOST_PER_CENT = 20;

    static final Table<Task> TABLE = new Table<>(List.of(
            Column.integer("task", Task::number),
            Column.integer("seed", Task::seed),
            Column.text("loss", task -> task.loss().label()),
            Column.text("learning_rate", task -> Setting.text(task.learningRate())),
            Column.text("l2", task -> Setting.text(task.l2())),
            Column.integer("fold", Task::fold),
            Column.integer("epochs", Task::epochs),
            Column.number("target_error", Task::target)));

    public Task {
        Validate.isTrue(number >= 1, "expected a task from 1 on, got %s", number);
        Validate.isTrue(fold >= 0 && fold < FOLDS, "expected a fold from 0 to " + (FOLDS - 1) + ", got %s", fold);
        Validate.isTrue(epochs >= PERIOD, "expected at least " + PERIOD + " epochs, got %s", epochs);
        Validate.isTrue(target >= 0 && target < 1, "expected a target error from 0 to below 1, got %s", target);
        // Refuses bad rates and penalties.
        new Setting(loss, learningRate, l2);
    }

    static Task draw(int number, int seed, int epochs, Random random) {
        return new Task(
                number,
                seed,
                random.nextBoolean() ? Loss.MSE : Loss.LOGISTIC,
                RATES[random.nextInt(RATES.length)],
                PENALTIES[random.nextInt(PENALTIES.length)],
                number % FOLDS,
                epochs,
                (LEAST_PER_CENT + random.nextInt(MOST_PER_CENT - LEAST_PER_CENT + 1)) / 100.0);
    }

    static Task of(Table.Row row) {
        return new Task(
                row.integer("task"),
                row.integer("seed"),
                Loss.of(row.text("loss")),
                row.number("learning_rate"),
                row.number("l2"),
                row.integer("fold"),
                row.integer("epochs"),
                row.number("target_error"));
    }

    /** The run without the task's fold, in a training with all folds. */
    Run run() {
        return new Run(new Setting(loss, learningRate, l2), fold, "task-" + number);
    }

    /** Images in a folder, of which the task's fold is held out. */
    public DataSettings images(String folder) {
        return DataSettings.images(folder, 0).withoutFold(fold, FOLDS, seed);
    }

    /** The training of this task alone, on its {@link #images}: its weights have the bits of {@link #run}. */
    public Sweep sweep(TrainingData data) {
        return new Sweep(data).losses(loss.label()).rates(learningRate).l2(l2).epochs(epochs);
    }

    /** Whether the digest of an epoch is handed in, for a training whose last epoch is {@code last}. */
    static boolean isHandedIn(int epoch, int last) {
        return epoch == last || (epoch > 0 && epoch % PERIOD == 0);
    }
}
