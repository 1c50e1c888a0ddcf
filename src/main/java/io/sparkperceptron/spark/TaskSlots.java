package io.sparkperceptron.spark;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of tasks that a cluster runs at once. Executors register one after the other after Spark has started, but
 * blocks stay where the first pass puts them. Partitions for only the first executors would leave most cores idle.
 */
public final class TaskSlots {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSlots.class);

    private static final int UNBOUNDED = Integer.MAX_VALUE;
    /** If the number of executors is unknown, wait until none has come for this long. */
    private static final long QUIET_MILLIS = 2000;

    private static final long POLL_MILLIS = 20;

    private TaskSlots() {}

    /**
     * The tasks that run at once, or {@code spark.default.parallelism} if it is set. Waits for the requested executors,
     * or, if their number is unknown, until no more come. {@code spark.scheduler.maxRegisteredResourcesWaitingTime}
     * limits the wait.
     */
    public static int of(SparkContext spark) throws InterruptedException {
        SparkConf conf = spark.conf();
        if (spark.isLocal() || conf.contains("spark.default.parallelism")) {
            return spark.defaultParallelism();
        }
        OptionalInt expected = expected(conf);
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            // With dynamic allocation, executors start only for waiting tasks.
            return expected.orElseGet(spark::defaultParallelism);
        }
        long started = System.nanoTime();
        long longest = conf.getTimeAsMs("spark.scheduler.maxRegisteredResourcesWaitingTime", "30s");
        int slots = now(spark);
        long changed = started;
        while (millisSince(started) < longest
                && (expected.isPresent()
                        ? slots < expected.getAsInt()
                        : slots == 0 || millisSince(changed) < QUIET_MILLIS)) {
            Thread.sleep(POLL_MILLIS);
            int found = now(spark);
            changed = found == slots ? changed : System.nanoTime();
            slots = found;
        }
        if (expected.isPresent() && slots < expected.getAsInt()) {
            LOG.warn(
                    "Expected executors for {} tasks at once, found {} after {} s: partitions are made for these only",
                    expected.getAsInt(),
                    slots,
                    longest / 1000);
        }
        return Math.max(1, slots);
    }

    /** The slots of the requested executors, if their number is known. */
    static OptionalInt expected(SparkConf conf) {
        int taskCores = conf.getInt("spark.task.cpus", 1);
        int executorCores = conf.getInt("spark.executor.cores", 1);
        // Each executor leaves its remaining cores idle if they are too few for one more task.
        long slotsOfAnExecutor = executorCores / taskCores;
        long slots;
        if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            slots = conf.getInt("spark.dynamicAllocation.maxExecutors", UNBOUNDED) * slotsOfAnExecutor;
        } else if (conf.get("spark.master", "").startsWith("spark:")) {
            int cores = conf.getInt("spark.cores.max", 0);
            slots = conf.contains("spark.executor.cores")
                    ? cores / executorCores * slotsOfAnExecutor
                    : cores / taskCores;
        } else {
            slots = conf.getInt("spark.executor.instances", 2) * slotsOfAnExecutor;
        }
        return slots > 0 && slots < UNBOUNDED ? OptionalInt.of((int) slots) : OptionalInt.empty();
    }

    /** The tasks that run at once on the executors that exist now. */
    public static int now(SparkContext spark) {
        return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
