package io.sparkperceptron.cluster;

import io.sparkperceptron.gradient.GradientSum;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskFailureListener;

/**
 * A task's part in what the tasks of a pass that run side by side on one executor do together: merging their sums, so that these travel
 * once. A task that is done while others of its pass are still running here leaves its sum to them, and the one that is done when no
 * other is running takes all along. What is lost where that one fails, or this process is killed, the driver misses in what it
 * gets, and asks for again.
 */
final class ExecutorSums {

    /** Of the passes that have tasks running in this process. */
    private static final Map<Long, Pass> PASSES = new HashMap<>();

    private final long pass;
    private boolean done;

    private ExecutorSums(long pass) {
        this.pass = pass;
    }

    private static final class Pass {

        private int running;
        /** What has been left here; null if nothing. */
        private PartitionSums left;
    }

    /** Takes note of a task that begins; and of its end, should it fail. */
    static ExecutorSums enter(long pass, TaskContext task) {
        ExecutorSums sums = enter(pass);
        task.addTaskFailureListener((TaskFailureListener) (context, error) -> sums.leave());
        return sums;
    }

    /** Takes note of a task that begins, and will leave. */
    static ExecutorSums enter(long pass) {
        synchronized (PASSES) {
            PASSES.computeIfAbsent(pass, id -> new Pass()).running++;
        }
        return new ExecutorSums(pass);
    }

    /**
     * Takes note of a task that has summed its partition.
     *
     * @return what it is to hand to the driver: nothing, if another task will
     */
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
            // While this task merges it counts as running, and others may do so as well. Of two attempts at one
            // partition one is enough.
            if (!mine.add(other)) {
                mine = other;
            }
        }
    }

    /** Takes note of a task that ends. */
    private void leave() {
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
