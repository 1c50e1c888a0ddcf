package io.sparkperceptron.cluster;

import io.sparkperceptron.gradient.GradientSum;
import java.util.HashMap;
import java.util.Map;

/**
 * Merges the sums of a pass's tasks that run at once on one executor, so that the executor sends one sum. A task that
 * ends while others of its pass still run here leaves its sum to them. The last task sends all. If that task fails or
 * the process is killed, sums are lost: the driver misses them and computes them again.
 */
final class ExecutorSums {

    /** The passes that have tasks running in this process, by number. */
    private static final Map<Long, Pass> PASSES = new HashMap<>();

    private final long pass;
    private boolean done;

    private ExecutorSums(long pass) {
        this.pass = pass;
    }

    private static final class Pass {

        private int running;
        /** The sums that ended tasks left; null if there are none. */
        private PartitionSums left;
    }

    /** Counts a task that begins. */
    static ExecutorSums enter(long pass) {
        synchronized (PASSES) {
            PASSES.computeIfAbsent(pass, id -> new Pass()).running++;
        }
        return new ExecutorSums(pass);
    }

    /** Ends a task. Returns the sums that it sends to the driver; empty if it leaves its sum to another task. */
    PartitionSums leave(int partition, GradientSum sum) {
        PartitionSums mine = new PartitionSums(partition, sum);
        while (true) {
            PartitionSums other;
            synchronized (PASSES) {
                Pass all = PASSES.get(pass);
                other = all.left;
                all.left = null;
                if (other == null) {
                    if (all.running > 1) {
                        all.left = mine;
                        mine = new PartitionSums();
                    }
                    leave();
                    return mine;
                }
            }
            // This task merges outside the lock, so that others may merge too. It still counts as running. Of two
            // attempts at one partition, one is enough.
            if (!mine.add(other)) {
                mine = other;
            }
        }
    }

    /** Ends a task that failed, unless it has ended. */
    void leave() {
        synchronized (PASSES) {
            if (!done) {
                done = true;
                Pass all = PASSES.get(pass);
                all.running--;
                if (all.running == 0) {
                    PASSES.remove(pass);
                }
            }
        }
    }
}
