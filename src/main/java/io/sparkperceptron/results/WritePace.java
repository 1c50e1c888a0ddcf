package io.sparkperceptron.results;

/** When to write a file again that grows while training: after a pause, and so seldom that writing takes at most one part in {@value #PAUSE_PER_WRITE} of the time. */
public final class WritePace {

    private static final int PAUSE_PER_WRITE = 100;

    private final long pauseNanos;
    private long next;

    private WritePace(long pauseNanos, long next) {
        this.pauseNanos = pauseNanos;
        this.next = next;
    }

    /** The first time at once. */
    public static WritePace fromNow(long pauseNanos) {
        return new WritePace(pauseNanos, System.nanoTime());
    }

    /** The first time after a pause. */
    public static WritePace afterPause(long pauseNanos) {
        return new WritePace(pauseNanos, System.nanoTime() + pauseNanos);
    }

    public boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    /** Writes, due or not. */
    public void write(Runnable writing) {
        long started = System.nanoTime();
        writing.run();
        long finished = System.nanoTime();
        next = finished + Math.max(pauseNanos, PAUSE_PER_WRITE * (finished - started));
    }
}
