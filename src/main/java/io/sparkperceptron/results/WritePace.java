package io.sparkperceptron.results;

/**
 * Says when to write a growing file again: after a fixed pause, or after {@value #PAUSE_PER_WRITE} times as long as the
 * last write took, if that is longer.
 */
public final class WritePace {

    private static final int PAUSE_PER_WRITE = 100;

    private final long pauseNanos;
    private long next;

    /** The first write is due {@code firstNanos} from now. */
    public WritePace(long pauseNanos, long firstNanos) {
        this.pauseNanos = pauseNanos;
        this.next = System.nanoTime() + firstNanos;
    }

    public boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    public void write(Runnable writing) {
        long started = System.nanoTime();
        writing.run();
        long finished = System.nanoTime();
        next = finished + Math.max(pauseNanos, PAUSE_PER_WRITE * (finished - started));
    }
}
