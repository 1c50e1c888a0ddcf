package io.sparkperceptron.block;

/**
 * A hash of 64 bits. An xor, a multiplication by an odd number and a rotation mix each number in; none of them loses
 * a bit. Two contents share a hash by chance once in 2^64. The hash does not resist deliberate collisions.
 */
public final class ContentHash {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int ROTATION = 29;

    private ContentHash() {}

    public static long mix(long hash, long bits) {
        return Long.rotateLeft((hash ^ bits) * MULTIPLIER, ROTATION);
    }

    static long mix(long hash, int[] columns, double[] values) {
        long mixed = hash;
        for (int k = 0; k < columns.length; k++) {
            mixed = mix(mix(mixed, columns[k]), Double.doubleToRawLongBits(values[k]));
        }
        return mixed;
    }
}
