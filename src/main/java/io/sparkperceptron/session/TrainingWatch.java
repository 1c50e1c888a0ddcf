package io.sparkperceptron.session;

import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.training.OptionalListener;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Adds a listener to every training in this process, whoever starts it: a process has one Spark at a time. A training
 * goes on if this listener fails.
 */
public final class TrainingWatch {

    /** Makes the listener of a training that is about to begin. The recording hears of an epoch before it. */
    @FunctionalInterface
    public interface Watcher {
        TrainingListener watch(CachedBlocks blocks, TrainingPlan plan, Recording recording);
    }

    private static final AtomicReference<Watcher> WATCHER = new AtomicReference<>();

    private TrainingWatch() {}

    /** Sets the watcher of all trainings; null for none. */
    public static void set(Watcher watcher) {
        WATCHER.set(watcher);
    }

    static List<TrainingListener> listeners(CachedBlocks blocks, TrainingPlan plan, Recording recording) {
        Watcher watcher = WATCHER.get();
        return watcher == null ? List.of() : List.of(new OptionalListener(watcher.watch(blocks, plan, recording)));
    }
}
