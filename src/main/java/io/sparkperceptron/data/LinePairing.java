package io.sparkperceptron.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pairs lines of a sparse matrix, the longest first, each with the one left that differs from it in the fewest numbers, so
 * that few numbers belong to only one of a pair.
 */
final class LinePairing {

    /** Numbers are told apart up to here; beyond, by what they leave, which is enough to find out what is similar. */
    private static final int MOST_BITS = 1024;
    /** Many lines are compared to fewer others each. */
    private static final int COMPARISONS = 1 << 20;

    private final int words;
    private final long[] patterns;

    private LinePairing(SparseLines matrix) {
        this.words = (Math.min(matrix.width(), MOST_BITS) + Long.SIZE - 1) / Long.SIZE;
        this.patterns = new long[Math.multiplyExact(matrix.lines(), words)];
        for (int line = 0; line < matrix.lines(); line++) {
            for (int k = matrix.starts()[line]; k < matrix.starts()[line + 1]; k++) {
                int bit = matrix.numbers()[k] % MOST_BITS;
                patterns[line * words + bit / Long.SIZE] |= 1L << bit;
            }
        }
    }

    /** Two lines for each pair, those without entries left out; a missing partner is given as the number of lines. */
    static int[] pair(SparseLines matrix) {
        LinePairing pairing = new LinePairing(matrix);
        int[] left = IntStream.range(0, matrix.lines())
                .filter(line -> matrix.count(line) > 0)
                .boxed()
                .sorted(Comparator.comparingInt(line -> -matrix.count(line)))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] pairs = new int[left.length + left.length % 2];
        int window = 1 + COMPARISONS / Math.max(1, left.length);
        for (int next = 0; next < left.length; next += 2) {
            pairs[next] = left[next];
            if (next + 1 == left.length) {
                pairs[next + 1] = matrix.lines();
            } else {
                int partner = pairing.closest(left, next, Math.min(left.length, next + 1 + window));
                pairs[next + 1] = left[partner];
                System.arraycopy(left, next + 1, left, next + 2, partner - next - 1);
            }
        }
        return pairs;
    }

    /** The place among {@code next + 1} up to {@code end} of the line that is closest to that at {@code next}. */
    private int closest(int[] lines, int next, int end) {
        int closest = next + 1;
        int least = Integer.MAX_VALUE;
        for (int i = next + 1; i < end && least > 0; i++) {
            int difference = difference(lines[next] * words, lines[i] * words);
            if (difference < least) {
                least = difference;
                closest = i;
            }
        }
        return closest;
    }

    private int difference(int first, int second) {
        int bits = 0;
        for (int word = 0; word < words; word++) {
            bits += Long.bitCount(patterns[first + word] ^ patterns[second + word]);
        }
        return bits;
    }
}
