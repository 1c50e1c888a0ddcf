package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Every loss with every learning rate, trained side by side from zeros by full-batch gradient descent, with one pass over the data for
 * each epoch. Methods that set something return this.
 */
public final class Sweep {

    private final TrainingData data;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private List<Loss> losses = List.of(Loss.LOGISTIC);
    private double[] rates = {0.5};
    private int epochs = 200;
    private int patience;
    private PrintStream out;
    private int lines;

    /** The logistic loss with rate 0.5, for 200 epochs. */
    public Sweep(TrainingData data) {
        this.data = data;
    }

    /**
     * Sets the losses.
     *
     * @param labels {@code logistic}, {@code mse} or both
     * @throws IllegalArgumentException if one is neither
     */
    public Sweep losses(String... labels) {
        losses = Arrays.stream(labels).map(Loss::of).toList();
        return this;
    }

    /** Sets the learning rates, each above 0. */
    public Sweep rates(double... rates) {
        this.rates = rates.clone();
        return this;
    }

    /** Sets the number of updates, at least 0. */
    public Sweep epochs(int epochs) {
        this.epochs = epochs;
        return this;
    }

    /** Has a run leave when its validation error, or without validation rows its test error, has had no new minimum for so many epochs. */
    public Sweep patience(int epochs) {
        this.patience = epochs;
        return this;
    }

    /** Has somebody told of every epoch. */
    public Sweep listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Prints about so many lines while training: epoch, errors and costs of the best run, time. */
    public Sweep progress(PrintStream out, int lines) {
        this.out = out;
        this.lines = lines;
        return this;
    }

    /**
     * Trains, and leaves in a folder what {@code submit/train.sh} leaves there: metrics, models, pictures, the report.
     *
     * @param output at any Hadoop URI; results of an earlier training there are replaced
     * @throws IllegalArgumentException if the settings cannot be
     * @throws UserException if the folder cannot be written, has something else in it, or somebody else is training into it; if the
     *     training fails
     */
    public Results train(String output) {
        List<Run> runs = new ArrayList<>();
        for (Loss loss : losses) {
            for (double rate : rates) {
                runs.add(new Run(loss, rate));
            }
        }
        TrainingPlan plan =
                new TrainingPlan(runs, epochs, Start.ZEROS, new StopRules(0, patience, StopRules.NONE.targetError()));
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.spark().sparkContext());
        try (OutputFolder folder = new OutputFolder(output, Existing.REPLACED, spark.hadoopConfiguration())) {
            TrainingSession session =
                    new TrainingSession(spark, data.sets(), data.blocks(), plan, KernelChoice.AUTO, folder, List.of());
            List<TrainingListener> told = new ArrayList<>(listeners);
            if (out != null) {
                told.add(new ProgressLines(out, lines, epochs));
            }
            List<TrainedRun> trained = session.train(told, null, () -> false);
            return new Results(data.spark(), session.finish(trained));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("The training was interrupted", e);
        }
    }
}
