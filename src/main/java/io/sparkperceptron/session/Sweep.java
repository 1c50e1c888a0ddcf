package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.notes.ProgressLines;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.RateRange;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Trains every loss with every learning rate, l2 penalty and momentum together, by full-batch gradient descent, by
 * L-BFGS or by both, with one pass over the data for each epoch. Methods that set something return this.
 */
public final class Sweep {

    private final TrainingData data;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private List<Loss> losses = List.of(Loss.LOGISTIC);
    private List<Optimizer> optimizers = List.of(Optimizer.DESCENT);
    private int history = Lbfgs.HISTORY;
    private final List<List<Double>> values = Hyperparameter.ALL.stream()
            .map(one -> List.of(one.standard()))
            .collect(Collectors.toCollection(ArrayList::new));
    private int epochs = 200;
    private Start start = Start.ZEROS;
    private double tolerance;
    private int patience;
    private boolean keepsBest;
    private double targetError = StopRules.NONE.targetError();
    private KernelChoice kernel = KernelChoice.AUTO;
    private Integer checkpointEvery;
    private boolean heldOutScores;
    private Existing existing = Existing.REPLACED;
    private BooleanSupplier stop = () -> false;
    private PrintStream out;

    /** A sweep of the logistic loss with rate 0.5, for 200 epochs. */
    public Sweep(TrainingData data) {
        this.data = data;
    }

    /** Sets the losses: {@code logistic}, {@code mse} or both. */
    public Sweep losses(String... labels) {
        losses = Arrays.stream(labels).map(Loss::of).toList();
        return this;
    }

    /**
     * Sets the optimizers: {@code descent}, {@code lbfgs} or both. L-BFGS trains a run for each loss and penalty,
     * whatever the rates and momenta.
     */
    public Sweep optimizers(String... labels) {
        optimizers = Arrays.stream(labels).map(Optimizer::of).toList();
        return this;
    }

    /** Sets how many pairs L-BFGS keeps for each perceptron, at least 1. */
    public Sweep history(int pairs) {
        this.history = pairs;
        return this;
    }

    /** Sets the learning rates, each above 0. */
    public Sweep rates(double... rates) {
        return values(Hyperparameter.LEARNING_RATE, rates);
    }

    /** Sets {@code count} learning rates, evenly on a logarithmic scale, both ends included. */
    public Sweep rateRange(double first, double last, int count) {
        values.set(Hyperparameter.LEARNING_RATE.place(), new RateRange(first, last, count).rates());
        return this;
    }

    /** Sets the factors lambda of the penalty lambda/2 |w|^2, without biases, each at least 0. */
    public Sweep l2(double... l2s) {
        return values(Hyperparameter.L2, l2s);
    }

    /** Sets the momenta of heavy ball, each at least 0 and below 1. */
    public Sweep momentum(double... momenta) {
        return values(Hyperparameter.MOMENTUM, momenta);
    }

    private Sweep values(Hyperparameter one, double... numbers) {
        values.set(one.place(), Arrays.stream(numbers).boxed().toList());
        return this;
    }

    /** Sets the number of updates, at least 0. */
    public Sweep epochs(int epochs) {
        this.epochs = epochs;
        return this;
    }

    /** Ends a run whose validation error, or test error without validation rows, had no new minimum for N epochs. */
    public Sweep patience(int epochs) {
        this.patience = epochs;
        return this;
    }

    /** Keeps the model of each run's epoch with the least validation error, instead of the last one. */
    public Sweep keepBest() {
        this.keepsBest = true;
        return this;
    }

    /** Scores each training row by the chosen setting's model that has not seen the row's fold; the data have folds. */
    public Sweep heldOutScores() {
        this.heldOutScores = true;
        return this;
    }

    /** Starts every run at the same weights from a normal distribution, instead of zeros. */
    public Sweep normalStart(double sigma, long seed) {
        this.start = new Start(sigma, seed);
        return this;
    }

    /** Ends a run when the norm of its gradient is at most this. */
    public Sweep tolerance(double norm) {
        this.tolerance = norm;
        return this;
    }

    /** Ends a run when its error, as for {@link #patience}, is at most this fraction. */
    public Sweep targetError(double fraction) {
        this.targetError = fraction;
        return this;
    }

    /** Sets the kernel; the results are the same bits. */
    public Sweep kernel(KernelChoice kernel) {
        this.kernel = kernel;
        return this;
    }

    /** Writes a checkpoint every N epochs, instead of about every 30 seconds. */
    public Sweep checkpointEvery(int epochs) {
        this.checkpointEvery = epochs;
        return this;
    }

    /** Sets what happens to earlier results in the folder; the default replaces them. */
    public Sweep existing(Existing existing) {
        this.existing = existing;
        return this;
    }

    /** Stops the training before an epoch if this is true, with a checkpoint to resume from. */
    public Sweep stopWhen(BooleanSupplier stop) {
        this.stop = stop;
        return this;
    }

    public Sweep listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Prints a line a second, or fewer if it takes minutes: epoch, errors of the best run, time left. The last line
     * says what follows the last epoch.
     */
    public Sweep progress(PrintStream out) {
        this.out = out;
        return this;
    }

    /**
     * Trains, and writes the results that {@code submit/train.sh} writes: metrics, models, pictures, the report.
     *
     * @param output a folder at any Hadoop URI
     * @throws IllegalArgumentException if the settings are invalid
     * @throws UserException if the folder cannot be written, holds other files, or is locked by another training; if
     *     the training fails
     * @throws io.sparkperceptron.training.TrainingStopped if {@link #stopWhen} stopped it
     */
    public Results train(String output) {
        TrainingPlan plan = new TrainingPlan(
                Run.all(
                        Setting.grid(losses, optimizers, values),
                        data.sets().folds().count()),
                epochs,
                start,
                new StopRules(tolerance, patience, targetError),
                history,
                keepsBest);
        if (keepsBest && data.rows(Split.VALIDATION) == 0) {
            throw new IllegalArgumentException("expected validation rows, which choose the best model, got none");
        }
        TrainingSettings settings = new TrainingSettings(plan, kernel, checkpointEvery, List.of(), heldOutScores);
        try (OutputFolder folder =
                new OutputFolder(output, existing, data.context().hadoopConfiguration())) {
            TrainingSession session = new TrainingSession(data, settings, folder);
            List<TrainingListener> told = new ArrayList<>(listeners);
            if (out != null) {
                told.add(new ProgressLines(out, epochs, System::nanoTime));
            }
            List<TrainedRun> trained = session.train(told, stop);
            if (out != null) {
                out.println("Now it finds the mistakes, measures curvatures, draws the pictures and writes the page");
            }
            return Results.of(data, session.finish(trained));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("The training was interrupted", e);
        }
    }
}
