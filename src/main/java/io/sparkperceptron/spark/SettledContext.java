package io.sparkperceptron.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import scala.collection.Iterator;

/**
 * A Spark whose end waits for its tasks. When a job fails, Spark only asks the other tasks of the job to end; one that does so
 * while the context is being stopped is told of in a stack trace.
 */
public final class SettledContext extends JavaSparkContext {

    private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;
    private static final long PAUSE_MILLIS = 5;

    /** Starts Spark. */
    public SettledContext(SparkConf conf) {
        super(conf);
    }

    /** Stops Spark, when no task runs any more, or after ten seconds. */
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

    /** The scheduler's own count, for what Spark publishes of it lags behind. */
    private boolean isBusy() {
        if (sc().isStopped() || !(sc().taskScheduler() instanceof TaskSchedulerImpl scheduler)) {
            return false;
        }
        Iterator<Object> counts = scheduler.runningTasksByExecutors().valuesIterator();
        while (counts.hasNext()) {
            if ((int) counts.next() > 0) {
                return true;
            }
        }
        return false;
    }
}
