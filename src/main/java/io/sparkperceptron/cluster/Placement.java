package io.sparkperceptron.cluster;

/** How cached blocks lie on executors, as far as it is known, and what it takes to deal them out anew. */
final class Placement {

    private final boolean follows;
    private int tasks;
    private double seconds;

    /**
     * Before the blocks are read.
     *
     * @param tasks at once on the executors that there are; 0 if none has come yet
     * @param follows whether there is a partition for each of these, as far as there are blocks; else somebody has chosen their number
     */
    Placement(int tasks, boolean follows) {
        this.tasks = tasks;
        this.follows = follows;
    }

    /** Whether the number of partitions is to be that of the tasks at once. */
    boolean follows() {
        return follows;
    }

    /** The tasks at once that sum all blocks. */
    int tasks() {
        return tasks;
    }

    /** What dealing the blocks out is taken to cost. */
    double secondsToDeal() {
        return seconds;
    }

    /**
     * Takes note of what reading the blocks has taken. Where no executor was there before, those that have come since have read them.
     *
     * @param tasks at once on the executors that there are now
     */
    void read(double seconds, int tasks) {
        this.seconds = seconds;
        this.tasks = this.tasks == 0 ? Math.max(1, tasks) : this.tasks;
    }

    /** Takes note of the executors that there are: what was on one that is lost is read again by those that are left, and stays there. */
    void atMost(int tasks) {
        this.tasks = Math.min(this.tasks, tasks);
    }

    /** Takes note of blocks that were dealt out. The next time counts twice, for what a shuffle has written stays until the end. */
    void dealt(int tasks, double seconds) {
        this.tasks = tasks;
        this.seconds = 2 * Math.max(this.seconds, seconds);
    }
}
