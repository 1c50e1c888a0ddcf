package io.sparkperceptron.training;

import io.sparkperceptron.block.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Full-batch training of many runs at once, each with its own {@link Setting}. A run that ends early is removed. All
 * other runs compute the same bits as if trained alone.
 */
public final class GradientDescent {

    private static final double NANOS = 1e9;

    private final GradientFunction gradient;
    private final List<TrainingListener> listeners;

    public GradientDescent(GradientFunction gradient, List<TrainingListener> listeners) {
        this.gradient = gradient;
        this.listeners = List.copyOf(listeners);
    }

    /** Trains the plan's runs from its start. */
    public List<TrainedRun> train(TrainingPlan plan, int features, int classes) {
        return train(plan, TrainingState.start(plan, features, classes));
    }

    /** Trains the plan's runs from a given state. The result has one entry for each run, in the plan's order. */
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
            notifyEnded(failure);
        }
    }

    private List<TrainedRun> descend(TrainingPlan plan, TrainingState state) {
        List<TrainedRun> trained = new ArrayList<>(state.ended());
        List<Run> runs = state.runs();
        List<BestError> best = state.best();
        Weights weights = state.weights();
        Kept kept = state.kept();
        long measured = System.nanoTime();
        for (int epoch = state.epoch(); !runs.isEmpty(); epoch++) {
            TrainingState now = new TrainingState(epoch, runs, weights, kept, best, trained);
            listeners.forEach(listener -> listener.epochStarted(now));
            long started = System.nanoTime();
            GradientSum sum =
                    gradient.at(weights, runs.stream().map(Run::objective).toList());
            EpochTime time = time(measured, started, System.nanoTime(), sum);
            measured = System.nanoTime();
            Step step = new Step(weights, kept, runs, sum, gradient.isWeighted(), plan.history());
            long[] digests = kept.digests(weights, runs);
            List<EpochMetrics> metrics = measure(epoch, runs, sum, step, time, digests);
            best = better(best, metrics, plan.keepsBest() ? weights : null);
            List<Ending> endings = endings(plan, metrics, best, step);
            notifyFinished(epoch, plan, metrics, endings);

            for (int run = 0; run < runs.size(); run++) {
                if (endings.get(run) != null) {
                    trained.add(new TrainedRun(metrics.get(run), step.model(run), endings.get(run), best.get(run)));
                }
            }
            int[] staying = IntStream.range(0, runs.size())
                    .filter(run -> endings.get(run) == null)
                    .toArray();
            boolean allOrNone = staying.length == runs.size() || staying.length == 0;
            weights = allOrNone ? step.next() : step.next().keepRuns(staying);
            runs = Arrays.stream(staying).mapToObj(runs::get).toList();
            kept = allOrNone ? step.nextKept() : step.nextKept().keepRuns(staying);
            best = Arrays.stream(staying).mapToObj(best::get).toList();
        }
        return trained;
    }

    private EpochTime time(long measured, long started, long finished, GradientSum sum) {
        double pass = (finished - started) / NANOS;
        double kernel = Math.min(pass, sum.kernelNanos() / NANOS / gradient.parallelism());
        return new EpochTime(kernel, pass - kernel, (started - measured) / NANOS);
    }

    private static List<EpochMetrics> measure(
            int epoch, List<Run> runs, GradientSum sum, Step step, EpochTime time, long[] digests) {
        return IntStream.range(0, runs.size())
                .mapToObj(run -> {
                    SetMetrics train = sum.metrics(Split.TRAIN, run);
                    boolean diverged = sum.diverged(run) || !step.startsFinite(run);
                    return new EpochMetrics(
                            epoch,
                            runs.get(run),
                            diverged ? new SetMetrics(Double.POSITIVE_INFINITY, train.error()) : train,
                            sum.metrics(Split.VALIDATION, run),
                            sum.metrics(Split.TEST, run),
                            diverged ? Double.POSITIVE_INFINITY : step.penalty(run),
                            diverged ? Double.POSITIVE_INFINITY : step.norm(run),
                            time,
                            digests[run]);
                })
                .toList();
    }

    /** The better of each run's best and latest epoch; keeps its weights unless {@code weights} is null. */
    private static List<BestError> better(List<BestError> best, List<EpochMetrics> metrics, Weights weights) {
        return IntStream.range(0, metrics.size())
                .mapToObj(run -> weights == null
                        ? best.get(run).and(metrics.get(run))
                        : best.get(run).and(metrics.get(run), () -> weights.run(run)))
                .toList();
    }

    /** The reason why each run ends at this epoch, or null if it continues. */
    private static List<Ending> endings(
            TrainingPlan plan, List<EpochMetrics> metrics, List<BestError> best, Step step) {
        List<Ending> endings = new ArrayList<>();
        boolean folds = plan.hasFolds();
        for (int run = 0; run < metrics.size(); run++) {
            EpochMetrics now = metrics.get(run);
            if (!now.isFinite() && !step.canReturn(run)) {
                endings.add(Ending.DIVERGED);
            } else if (now.epoch() == plan.epochs()) {
                endings.add(Ending.EPOCHS);
            } else {
                Ending rule = plan.stop().ending(now, best.get(run), folds);
                endings.add(rule == null && !step.moves(run) ? Ending.SATURATED : rule);
            }
        }
        return endings;
    }

    private void notifyFinished(int epoch, TrainingPlan plan, List<EpochMetrics> metrics, List<Ending> endings) {
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

    /** Notifies all listeners, even if some fail. Throws the first failure, or adds it to an earlier one. */
    private void notifyEnded(Throwable earlier) {
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
