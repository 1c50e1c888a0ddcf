package io.sparkperceptron.cluster;

import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

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

    private boolean isBusy() {
        return !sc().isStopped()
                && Arrays.stream(sc().statusTracker().getExecutorInfos())
                        .mapToInt(SparkExecutorInfo::numRunningTasks)
                        .anyMatch(tasks -> tasks > 0);
    }
}
