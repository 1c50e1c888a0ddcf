package io.sparkperceptron.notes;

import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Work in a thread of its own, such as a training. As a listener of the training, it gives its jobs to the paragraph
 * that waits for them: stopping that paragraph cancels them.
 */
public final class Work<T> implements TrainingListener {

    /** How long a paragraph waits for the end. Zeppelin's new interface shows nothing of a paragraph before its end. */
    static final int SECONDS = 25;

    private static final String GROUP = "spark.jobGroup.id";
    /** The lines of {@value #SECONDS} seconds have room in a box of the classic interface, which shows 17 lines. */
    private static final long BETWEEN_LINES = 4_000_000_000L;

    /** The last line of a training, and what follows it. */
    private static final int MOST_LINES = 2;

    private static final int MILLIS = 100;
    private static final double NANOS = 1e9;

    private final FutureTask<T> task;
    private final SparkContext spark;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final long started = System.nanoTime();
    private volatile String group;
    private volatile boolean stopping;
    private boolean lookedWithoutStop;

    Work(Function<Work<T>, T> maker) {
        Option<SparkSession> session = SparkSession.getDefaultSession();
        spark = session.isEmpty() ? null : session.get().sparkContext();
        task = new FutureTask<>(() -> maker.apply(this));
    }

    void begin() {
        Thread thread = new Thread(task, "note");
        thread.setDaemon(true);
        try {
            thread.start();
        } finally {
            // Without a thread, the task would never end.
            if (!thread.isAlive()) {
                task.cancel(false);
            }
        }
    }

    /** Takes what the work prints. Only the newest lines are shown. */
    public PrintStream out() {
        return out;
    }

    /** Whether somebody has asked the work to stop. */
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (spark != null && group != null) {
            spark.setLocalProperty(GROUP, group);
        }
    }

    boolean isDone() {
        return task.isDone();
    }

    /** Waits for the end, at most this long, and returns whether the work has ended. */
    boolean await(long millis, Consumer<String> progress) {
        if (spark != null) {
            group = spark.getLocalProperty(GROUP);
        }
        long start = System.nanoTime();
        long next = start;
        int told = 0;
        while (!task.isDone() && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < millis) {
            try {
                task.get(MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - next >= 0) {
                    told = tell(told, progress);
                    next = System.nanoTime() + BETWEEN_LINES;
                }
            } catch (ExecutionException e) {
                break;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NoteFailure("Interrupted", null);
            }
        }
        if (task.isDone()) {
            tell(told, progress);
        }
        return task.isDone();
    }

    /** Passes on the newest of the lines after the first {@code told}, and returns the number of all lines. */
    private int tell(int told, Consumer<String> progress) {
        List<String> lines = lines();
        lines.subList(Math.max(told, lines.size() - MOST_LINES), lines.size()).forEach(progress);
        return lines.size();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The result of work that has ended. Throws what the work has thrown. */
    T result() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoteFailure("Interrupted", null);
        }
    }

    /**
     * Returns the progress, and stops the work if {@code stop}. Ignores {@code stop} until somebody has looked without
     * it: the choice in the form may be left from an earlier training.
     */
    synchronized String look(boolean stop) {
        if (stop && !lookedWithoutStop) {
            return state() + "\nIt was not stopped, because the choice may be from an earlier training. To stop it, run"
                    + " this once with 'let it go on', and then with 'stop it'.";
        }
        lookedWithoutStop = true;
        if (stop) {
            stopping = true;
        }
        return state() + (stop ? "\nIt stops before the next epoch, and leaves a checkpoint." : "");
    }

    String state() {
        List<String> lines = lines();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return Math.round((System.nanoTime() - started) / NANOS) + " s so far" + (last.isEmpty() ? "" : ": " + last);
    }
}
