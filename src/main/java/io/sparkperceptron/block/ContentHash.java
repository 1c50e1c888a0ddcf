package io.sparkperceptron.block;

/**
 * A hash of 64 bits. An xor, a multiplication by an odd number and a rotation mix each number in; none of them loses a
 * bit. Two contents share a hash with probability 2^-64. The hash does not resist deliberate collisions.
 */
public final class ContentHash {

    private ContentHash() {}

    public static long mix(long hash, long bits) {
        return Long.rotateLeft((hash ^ bits) * 0x9E3779B97F4A7C15L, 29);
    }
}
