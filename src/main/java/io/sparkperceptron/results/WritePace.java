package io.sparkperceptron.results;

/**
 * Says when to write a growing file again: after a fixed pause, or after {@value #PAUSE_PER_WRITE} times as long as the
 * last write took, if that is longer.
 */
public final class WritePace {

    private static final int PAUSE_PER_WRITE = 100;

    private final long pauseNanos;
    private long next;

    private WritePace(long pauseNanos, long next) {
        this.pauseNanos = pauseNanos;
        this.next = next;
    }

    /** The first write is due at once. */
    public static WritePace fromNow(long pauseNanos) {
        return new WritePace(pauseNanos, System.nanoTime());
    }

    /** The first write is due after a pause. */
    public static WritePace afterPause(long pauseNanos) {
        return new WritePace(pauseNanos, System.nanoTime() + pauseNanos);
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
