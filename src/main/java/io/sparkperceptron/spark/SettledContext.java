package io.sparkperceptron.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;

/**
 * A Spark context that waits for its tasks before it stops. When a job fails, Spark only asks its other tasks to end.
 * If one ends while the context stops, Spark logs a stack trace.
 */
public final class SettledContext extends JavaSparkContext {

    private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;
    private static final long PAUSE_MILLIS = 5;

    public SettledContext(SparkConf conf) {
        super(conf);
    }

    /** Stops Spark when no task runs any more, or after ten seconds. */
    @Override
    public void stop() {
        long started = System.nanoTime();
        try {
            while (isBusy() && System.nanoTime() - started < LONGEST_WAIT_NANOS) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            super.stop();
        }
    }

    /** Asks the scheduler, because the counts that Spark publishes lag behind. */
    private boolean isBusy() {
        return !sc().isStopped()
                && sc().taskScheduler() instanceof TaskSchedulerImpl scheduler
                && scheduler.runningTasksByExecutors().valuesIterator().exists(count -> (int) count > 0);
    }
}
