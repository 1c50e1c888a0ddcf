package io.sparkperceptron.training;

import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Full-batch gradient descent of many runs at once, each by its own {@link Setting}. A run that has diverged, has converged, or has
 * come to a standstill leaves, and the others go on with the bits they would have had alone.
 */
public final class GradientDescent {

    private static final double NANOS = 1e9;

    private final GradientFunction gradient;
    private final List<TrainingListener> listeners;

    public GradientDescent(GradientFunction gradient, List<TrainingListener> listeners) {
        this.gradient = gradient;
        this.listeners = List.copyOf(listeners);
    }

    /** Trains the plan's runs from its start; else as {@link #train(TrainingPlan, TrainingState)}. */
    public List<TrainedRun> train(TrainingPlan plan, int features, int classes) {
        return train(plan, TrainingState.start(plan, features, classes));
    }

    /**
     * Trains the plan's runs from where they are. Modified: the state's weights and velocity.
     *
     * @return one entry a run, in the plan's order
     */
    public List<TrainedRun> train(TrainingPlan plan, TrainingState state) {
        Throwable failure = null;
        try {
            List<TrainedRun> trained = descend(plan, state);
            trained.sort(Comparator.comparingInt(run -> plan.runs().indexOf(run.run())));
            return trained;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            tellEnded(failure);
        }
    }

    private List<TrainedRun> descend(TrainingPlan plan, TrainingState state) {
        List<TrainedRun> trained = new ArrayList<>(state.ended());
        List<Run> runs = state.runs();
        List<BestError> best = state.best();
        Weights weights = state.weights();
        Weights velocity = state.velocity();
        long measured = System.nanoTime();
        for (int epoch = state.epoch(); !runs.isEmpty(); epoch++) {
            tellStarted(new TrainingState(epoch, runs, weights, velocity, best, trained));
            long started = System.nanoTime();
            GradientSum sum = gradient.at(weights, objectives(runs));
            EpochTime time = time(measured, started, System.nanoTime(), sum);
            measured = System.nanoTime();
            double[] meanGradient = sum.meanGradient();
            Penalty.addGradient(runs, weights, meanGradient);
            double[] directions = HeavyBall.directions(runs, velocity, meanGradient);
            List<EpochMetrics> metrics = measure(epoch, runs, weights, sum, norms(weights, meanGradient), time);
            best = better(best, metrics);
            double[] rates = rates(runs, weights.classes());
            List<Ending> endings = endings(plan, metrics, best, weights, meanGradient, directions);
            tellFinished(epoch, plan, metrics, endings);

            addEnded(metrics, endings, weights, trained);
            int[] staying = IntStream.range(0, runs.size())
                    .filter(run -> endings.get(run) == null)
                    .toArray();
            update(weights, rates, directions);
            if (velocity != null) {
                System.arraycopy(directions, 0, velocity.values(), 0, directions.length);
            }
            if (staying.length < runs.size() && staying.length > 0) {
                weights = weights.keepRuns(staying);
                velocity = velocity == null ? null : velocity.keepRuns(staying);
            }
            runs = Arrays.stream(staying).mapToObj(runs::get).toList();
            best = Arrays.stream(staying).mapToObj(best::get).toList();
        }
        return trained;
    }

    private static List<Objective> objectives(List<Run> runs) {
        return runs.stream().map(Run::objective).toList();
    }

    private EpochTime time(long measured, long started, long finished, GradientSum sum) {
        double pass = (finished - started) / NANOS;
        double kernel = Math.min(pass, sum.kernelNanos() / NANOS / gradient.parallelism());
        return new EpochTime(kernel, pass - kernel, (started - measured) / NANOS);
    }

    private static List<EpochMetrics> measure(
            int epoch, List<Run> runs, Weights weights, GradientSum sum, double[] norms, EpochTime time) {
        return IntStream.range(0, runs.size())
                .mapToObj(run -> {
                    SetMetrics train = sum.metrics(Split.TRAIN, run);
                    boolean diverged = sum.diverged(run) || !weights.isFinite(run);
                    return new EpochMetrics(
                            epoch,
                            runs.get(run),
                            diverged ? new SetMetrics(Double.POSITIVE_INFINITY, train.error()) : train,
                            sum.metrics(Split.VALIDATION, run),
                            sum.metrics(Split.TEST, run),
                            diverged
                                    ? Double.POSITIVE_INFINITY
                                    : Penalty.of(runs.get(run).l2(), weights, run),
                            diverged ? Double.POSITIVE_INFINITY : norms[run],
                            time);
                })
                .toList();
    }

    /** The Euclidean norm of each run's gradient. */
    private static double[] norms(Weights weights, double[] gradient) {
        double[] squares = new double[weights.columns()];
        for (int row = 0; row < gradient.length; row += weights.stride()) {
            for (int p = 0; p < squares.length; p++) {
                squares[p] = Math.fma(gradient[row + p], gradient[row + p], squares[p]);
            }
        }
        double[] norms = new double[weights.runs()];
        for (int p = 0; p < squares.length; p++) {
            norms[p / weights.classes()] += squares[p];
        }
        return Arrays.stream(norms).map(Math::sqrt).toArray();
    }

    /** The learning rate of each column. */
    private static double[] rates(List<Run> runs, int classes) {
        return runs.stream()
                .flatMapToDouble(run -> DoubleStream.generate(run::learningRate).limit(classes))
                .toArray();
    }

    private static List<BestError> better(List<BestError> best, List<EpochMetrics> metrics) {
        return IntStream.range(0, metrics.size())
                .mapToObj(run -> best.get(run).and(metrics.get(run)))
                .toList();
    }

    /** Why each run ends at this epoch, or null if it goes on. */
    private static List<Ending> endings(
            TrainingPlan plan,
            List<EpochMetrics> metrics,
            List<BestError> best,
            Weights weights,
            double[] gradient,
            double[] directions) {
        List<Ending> endings = new ArrayList<>();
        for (int run = 0; run < metrics.size(); run++) {
            EpochMetrics now = metrics.get(run);
            if (!now.isFinite()) {
                endings.add(Ending.DIVERGED);
            } else if (now.epoch() == plan.epochs()) {
                endings.add(Ending.EPOCHS);
            } else {
                Ending rule = plan.stop().ending(now, best.get(run), plan.hasFolds());
                endings.add(
                        rule == null && !moves(run, now.run(), weights, gradient, directions)
                                ? Ending.SATURATED
                                : rule);
            }
        }
        return endings;
    }

    /**
     * Whether the step would change a weight of the run, or a later one would. If the step changes none, the gradient stays as it is,
     * and with momentum the directions tend to gradient / (1 - momentum); twice as much leaves room for their rounding on the way.
     */
    private static boolean moves(int index, Run run, Weights weights, double[] gradient, double[] directions) {
        double rate = run.learningRate();
        double later = run.momentum() > 0 ? 2 * rate / (1 - run.momentum()) : 0;
        for (int row = 0; row < gradient.length; row += weights.stride()) {
            for (int p = index * weights.classes(); p < (index + 1) * weights.classes(); p++) {
                double weight = weights.values()[row + p];
                if (weight - rate * directions[row + p] != weight || weight - later * gradient[row + p] != weight) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void addEnded(
            List<EpochMetrics> metrics, List<Ending> endings, Weights weights, List<TrainedRun> trained) {
        for (int run = 0; run < metrics.size(); run++) {
            if (endings.get(run) != null) {
                trained.add(new TrainedRun(metrics.get(run), weights.run(run), endings.get(run)));
            }
        }
    }

    /** One step of every run. Modified: weights. */
    private static void update(Weights weights, double[] rates, double[] directions) {
        double[] values = weights.values();
        for (int row = 0; row < values.length; row += weights.stride()) {
            for (int p = 0; p < rates.length; p++) {
                values[row + p] -= rates[p] * directions[row + p];
            }
        }
    }

    private void tellStarted(TrainingState state) {
        for (TrainingListener listener : listeners) {
            listener.epochStarted(state);
        }
    }

    private void tellFinished(int epoch, TrainingPlan plan, List<EpochMetrics> metrics, List<Ending> endings) {
        for (TrainingListener listener : listeners) {
            listener.epochFinished(epoch, metrics);
            for (int run = 0; run < metrics.size(); run++) {
                Ending ending = endings.get(run);
                if (ending == Ending.DIVERGED || (ending != null && epoch < plan.epochs())) {
                    listener.runLeft(metrics.get(run), ending);
                }
            }
        }
    }

    /** Tells all of them, though some may fail; what went wrong first is what is thrown in the end. */
    private void tellEnded(Throwable earlier) {
        RuntimeException failure = null;
        for (TrainingListener listener : listeners) {
            try {
                listener.trainingEnded();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure == null) {
            return;
        }
        if (earlier == null) {
            throw failure;
        }
        earlier.addSuppressed(failure);
    }
}
