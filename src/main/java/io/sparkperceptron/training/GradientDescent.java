package io.sparkperceptron.training;

import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.GradientSum;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Full-batch gradient descent of many runs at once: w <- w - alpha grad J(w), with J the mean training cost and alpha the
 * run's own. A run whose costs are no longer finite leaves, and the others go on with the bits they would have had alone.
 */
public final class GradientDescent {

    private static final double NANOS = 1e9;

    private final GradientFunction gradient;
    private final List<TrainingListener> listeners;

    public GradientDescent(GradientFunction gradient, List<TrainingListener> listeners) {
        this.gradient = gradient;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Trains the plan's runs.
     *
     * @return one entry a run, in the plan's order
     */
    public List<TrainedRun> train(TrainingPlan plan, int features, int classes) {
        Throwable failure = null;
        try {
            List<TrainedRun> trained = descend(plan, features, classes);
            trained.sort(Comparator.comparingInt(run -> plan.runs().indexOf(run.run())));
            return trained;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            tellEnded(failure);
        }
    }

    private List<TrainedRun> descend(TrainingPlan plan, int features, int classes) {
        List<TrainedRun> trained = new ArrayList<>();
        List<Run> runs = plan.runs();
        Weights weights = start(plan, features, classes);
        long measured = System.nanoTime();
        for (int epoch = 0; !runs.isEmpty(); epoch++) {
            tellStarted(epoch, runs);
            GradientSum sum = gradient.at(weights, losses(runs));
            double seconds = (System.nanoTime() - measured) / NANOS;
            measured = System.nanoTime();
            double[] meanGradient = sum.meanGradient();
            List<EpochMetrics> metrics = measure(epoch, runs, weights, sum, norms(weights, meanGradient), seconds);
            tellFinished(epoch, metrics);

            boolean last = epoch == plan.epochs();
            int[] staying = IntStream.range(0, runs.size())
                    .filter(run -> !last && metrics.get(run).isFinite())
                    .toArray();
            addLeaving(metrics, staying, weights, trained);
            update(weights, runs, meanGradient);
            weights = staying.length == runs.size() || staying.length == 0 ? weights : weights.keepRuns(staying);
            runs = Arrays.stream(staying).mapToObj(runs::get).toList();
        }
        return trained;
    }

    private static Weights start(TrainingPlan plan, int features, int classes) {
        Weights weights = new Weights(features, classes, plan.runs().size());
        for (int run = 0; run < plan.runs().size(); run++) {
            weights.setRun(run, plan.start().model(classes, features));
        }
        return weights;
    }

    private static List<Loss> losses(List<Run> runs) {
        return runs.stream().map(Run::loss).toList();
    }

    private static List<EpochMetrics> measure(
            int epoch, List<Run> runs, Weights weights, GradientSum sum, double[] norms, double seconds) {
        return IntStream.range(0, runs.size())
                .mapToObj(run -> new EpochMetrics(
                        epoch,
                        runs.get(run),
                        weights.isFinite(run) ? sum.cost(Split.TRAIN, run) : Double.POSITIVE_INFINITY,
                        sum.errors(Split.TRAIN, run) / (double) sum.rows(Split.TRAIN),
                        sum.cost(Split.TEST, run),
                        sum.errors(Split.TEST, run) / (double) sum.rows(Split.TEST),
                        norms[run],
                        seconds))
                .toList();
    }

    /** The Euclidean norm of each run's gradient. */
    private static double[] norms(Weights weights, double[] gradient) {
        double[] squares = new double[weights.runs()];
        for (int j = 0; j <= weights.features(); j++) {
            for (int p = 0; p < weights.columns(); p++) {
                double entry = gradient[j * weights.stride() + p];
                squares[p / weights.classes()] += entry * entry;
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    private static void addLeaving(
            List<EpochMetrics> metrics, int[] staying, Weights weights, List<TrainedRun> trained) {
        for (int run = 0; run < metrics.size(); run++) {
            if (Arrays.binarySearch(staying, run) < 0) {
                trained.add(new TrainedRun(metrics.get(run), weights.run(run)));
            }
        }
    }

    /** One step of every run. Modified: weights. */
    private static void update(Weights weights, List<Run> runs, double[] gradient) {
        double[] values = weights.values();
        for (int j = 0; j <= weights.features(); j++) {
            for (int p = 0; p < weights.columns(); p++) {
                int entry = j * weights.stride() + p;
                values[entry] -= runs.get(p / weights.classes()).learningRate() * gradient[entry];
            }
        }
    }

    private void tellStarted(int epoch, List<Run> runs) {
        for (TrainingListener listener : listeners) {
            listener.epochStarted(epoch, runs);
        }
    }

    private void tellFinished(int epoch, List<EpochMetrics> metrics) {
        for (TrainingListener listener : listeners) {
            listener.epochFinished(epoch, metrics);
            metrics.stream().filter(run -> !run.isFinite()).forEach(listener::runDiverged);
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
