package io.sparkperceptron.cluster;

import io.sparkperceptron.spark.TaskSlots;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when a cluster has had no executor for ten seconds: the master may be lost, or the queue full. If the user then
 * stops the training, this cancels the waiting jobs, because they might wait for ever.
 */
public final class ExecutorWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutorWatch.class);

    /** A lost executor is often replaced within two seconds; the first one takes some seconds to start. */
    static final long PATIENCE_NANOS = 10_000_000_000L;
    /** The longest pause between two warnings. Each pause is as long as the time without an executor so far. */
    static final long LONGEST_PAUSE_NANOS = 300_000_000_000L;

    private static final long LOOK_MILLIS = 1000;

    private final BooleanSupplier missing;
    private final BooleanSupplier stopping;
    private final Runnable cancel;
    private final Consumer<String> tell;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean wasMissing;
    private boolean cancelled;
    private long since;
    private long next;

    /** Watches the executors of a Spark; {@code stopping} says whether the user wants to stop the training. */
    public ExecutorWatch(SparkContext spark, BooleanSupplier stopping) {
        this(unmetNeed(spark), stopping, spark::cancelAllJobs, LOG::warn);
    }

    ExecutorWatch(BooleanSupplier missing, BooleanSupplier stopping, Runnable cancel, Consumer<String> tell) {
        this.missing = missing;
        this.stopping = stopping;
        this.cancel = cancel;
        this.tell = tell;
    }

    public void start() {
        Thread thread = new Thread(this::lookUntilClosed, "executor-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void lookUntilClosed() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("The watch over executors ends", e);
        }
    }

    void look(long now) {
        boolean before = wasMissing;
        wasMissing = missing.getAsBoolean();
        if (!wasMissing) {
            return;
        }
        if (!before) {
            since = now;
            next = now + PATIENCE_NANOS;
        }
        if (now - since < PATIENCE_NANOS) {
            return;
        }
        if (stopping.getAsBoolean()) {
            if (!cancelled) {
                tell.accept("There is no executor to finish the epoch in progress, so the epoch is cancelled");
            }
            cancelled = true;
            cancel.run();
        } else if (now - next >= 0) {
            tell.accept("There has been no executor for " + (now - since) / 1_000_000_000
                    + " s, and nothing is computed until one comes; is the cluster running, and does it have room for"
                    + " this application?");
            next = now + Math.min(now - since, LONGEST_PAUSE_NANOS);
        }
    }

    /** Executors are needed at the start and for jobs. With dynamic allocation they leave in between. */
    private static BooleanSupplier unmetNeed(SparkContext spark) {
        AtomicBoolean met = new AtomicBoolean();
        return () -> {
            boolean none = !spark.isLocal() && TaskSlots.now(spark) == 0;
            met.compareAndSet(false, !none);
            return none && (!met.get() || spark.statusTracker().getActiveJobIds().length > 0);
        };
    }
}
