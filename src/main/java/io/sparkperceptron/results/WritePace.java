package io.sparkperceptron.results;

/** Says when to write a growing file again: after a pause that is longer if the last write was slow. */
public final class WritePace {

    private static final int PAUSE_PER_WRITE = 100;

    private final long pauseNanos;
    private final int pausePerWrite;
    private long next;

    /**
     * The first write is due {@code firstNanos} from now. The pause after a write is at least {@code pauseNanos}, and
     * at least {@value #PAUSE_PER_WRITE} times as long as the write took.
     */
    public WritePace(long pauseNanos, long firstNanos) {
        this(pauseNanos, firstNanos, PAUSE_PER_WRITE);
    }

    /** The same, with another factor of the time that a write took. */
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
