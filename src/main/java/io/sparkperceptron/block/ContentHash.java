package io.sparkperceptron.block;

/**
 * 64 bits that tell contents apart, but for one case in 2^64. Each number is mixed in by an xor, a multiplication by
 * an odd number and a rotation, each of which loses nothing. It guards against chance, not against somebody who looks
 * for two contents with one hash.
 */
public final class ContentHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int ROTATION = 29;

    private ContentHash() {}

    /** Extends a hash by a number. */
    public static long mix(long hash, long bits) {
        return Long.rotateLeft((hash ^ bits) * MULTIPLIER, ROTATION);
    }

    /** Extends a hash by entries: their columns and values. */
    static long mix(long hash, int[] columns, double[] values) {
        long mixed = hash;
        for (int k = 0; k < columns.length; k++) {
            mixed = mix(mix(mixed, columns[k]), Double.doubleToRawLongBits(values[k]));
        }
        return mixed;
    }
}
