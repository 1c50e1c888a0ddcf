package io.sparkperceptron.session;

import io.sparkperceptron.analysis.FoldModels;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.cluster.ClusterGradient;
import io.sparkperceptron.cluster.Rebalancing;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.training.GradientDescent;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training of runs on cached blocks, which are redistributed when executors come or go. */
final class Descent {

    private static final Logger LOG = LoggerFactory.getLogger(Descent.class);

    private final TrainingData data;
    private final TrainingPlan plan;
    private final FoldModels foldModels;
    private final ClusterGradient gradient;
    private final KernelChoice kernel;
    private final long bytes;

    /**
     * Checks that the training is possible, and logs what it trains on. For the errors see {@link TrainingSession}.
     *
     * @param foldModels the models to keep while training; null for none
     */
    Descent(TrainingData data, TrainingSettings settings, FoldModels foldModels) {
        this.data = data;
        this.plan = settings.plan();
        this.foldModels = foldModels;
        CachedBlocks blocks = data.blocks();
        this.kernel = blocks.kernel(settings.kernel());
        Readiness readiness = new Readiness(data.context().sc(), blocks, plan, kernel, foldModels != null);
        readiness.describe();
        this.bytes = readiness.requireMemory();
        this.gradient = new ClusterGradient(blocks, settings.kernel());
        gradient.requireKernel();
    }

    KernelChoice kernel() {
        return kernel;
    }

    /** The approximate size of weights and sums in this process. */
    long bytes() {
        return bytes;
    }

    /**
     * Trains from a state on, and returns runs in the plan's order. Blocks are redistributed before listeners hear of
     * an epoch, and {@code recording} hears of it before {@code listeners}.
     */
    List<TrainedRun> train(TrainingState state, Recording recording, List<TrainingListener> listeners) {
        List<TrainingListener> all = new ArrayList<>();
        all.add(new Rebalancing(data.context(), data.blocks(), plan.epochs()));
        if (foldModels != null) {
            all.add(foldModels);
        }
        all.add(recording);
        all.addAll(listeners);
        all.addAll(TrainingWatch.listeners(data.blocks(), plan, recording));
        List<TrainedRun> runs = new GradientDescent(gradient, all).train(plan, state);
        runs.stream().filter(run -> run.run().isOnAllRows()).forEach(this::warnOfSeparation);
        return runs;
    }

    /**
     * Warns of an L-BFGS run without a minimum. If the cost of all rows together is less than that of one row on the
     * border of a class, every perceptron has every row on the right side, and longer weights always cost less.
     */
    private void warnOfSeparation(TrainedRun run) {
        boolean separates = run.last().train().cost() * data.rows(Split.TRAIN)
                < run.run().loss().cost(0, true);
        boolean isPlain = !gradient.isWeighted() && run.run().setting().l2() == 0;
        if (run.run().isByLbfgs() && isPlain && separates) {
            LOG.warn(
                    "The run {} has every training example on the right side of every perceptron: without an l2 penalty"
                            + " its cost has no minimum, and its weights grow until a tolerance or the last epoch ends it",
                    run.run().name());
        }
    }
}
