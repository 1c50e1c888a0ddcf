package io.sparkperceptron.cluster;

import io.sparkperceptron.gradient.GradientSum;
import java.io.Serializable;
import java.util.BitSet;

/** The sum over some partitions. Public because Kryo registers it. */
public final class PartitionSums implements Serializable {

    private final BitSet partitions = new BitSet();
    /** Null if there are no partitions. */
    private GradientSum sum;

    PartitionSums() {}

    /** Keeps {@code sum}. */
    PartitionSums(int partition, GradientSum sum) {
        this.partitions.set(partition);
        this.sum = sum;
    }

    /** Adds others and returns true, unless both have a partition in common. Modified: this, and the sums of both. */
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

    /** A copy of the numbers of the partitions. */
    BitSet partitions() {
        return (BitSet) partitions.clone();
    }

    GradientSum sum() {
        return sum;
    }
}
