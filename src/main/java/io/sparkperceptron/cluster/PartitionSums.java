package io.sparkperceptron.cluster;

import io.sparkperceptron.gradient.GradientSum;
import java.io.Serializable;
import java.util.BitSet;

/** The sum over some partitions. Public so that Kryo can be told of it. */
public final class PartitionSums implements Serializable {

    private final BitSet partitions = new BitSet();
    /** Null if there are no partitions. */
    private GradientSum sum;

    /** Of no partition. */
    PartitionSums() {}

    /** Of one partition. The sum is kept. */
    PartitionSums(int partition, GradientSum sum) {
        this.partitions.set(partition);
        this.sum = sum;
    }

    /**
     * Takes in others, unless one of their partitions is here already. Modified: this, and the sums of both.
     *
     * @return whether they were taken in
     */
    boolean add(PartitionSums others) {
        if (partitions.intersects(others.partitions)) {
            return false;
        }
        partitions.or(others.partitions);
        if (sum == null) {
            sum = others.sum;
        } else if (others.sum != null) {
            sum.merge(others.sum);
        }
        return true;
    }

    /** A copy of the numbers of those that are here. */
    BitSet partitions() {
        return (BitSet) partitions.clone();
    }

    /** Over all that are here. */
    GradientSum sum() {
        return sum;
    }
}
