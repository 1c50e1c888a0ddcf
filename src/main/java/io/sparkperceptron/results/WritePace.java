package io.sparkperceptron.results;

/** Says when to write a growing file again: after a pause, or after some times as long as the last write took. */
public final class WritePace {

    private static final int PAUSE_PER_WRITE = 100;

    private final long pauseNanos;
    private final int pausePerWrite;
    private long next;

    /**
     * The first write is due {@code firstNanos} from now. The pause after a write is at least {@value #PAUSE_PER_WRITE}
     * times as long as it took.
     */
    public WritePace(long pauseNanos, long firstNanos) {
        this(pauseNanos, firstNanos, PAUSE_PER_WRITE);
    }

    /** A pace with another least pause for each write, in times that it took. */
    public WritePace(long pauseNanos, long firstNanos, int pausePerWrite) {
        this.pauseNanos = pauseNanos;
        this.pausePerWrite = pausePerWrite;
        this.next = System.nanoTime() + firstNanos;
    }

    public boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    public void write(Runnable writing) {
        long started = System.nanoTime();
        writing.run();
        long finished = System.nanoTime();
        next = finished + pauseAfter(finished - started);
    }

    long pauseAfter(long writeNanos) {
        return Math.max(pauseNanos, pausePerWrite * writeNanos);
    }
}
