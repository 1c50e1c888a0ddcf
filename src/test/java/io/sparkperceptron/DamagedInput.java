package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;

/**
 * Many cases of input damaged at random. All cases follow from one seed, {@code -Ddamage.seed=N} for another one, and a failure
 * names its seed and case.
 */
public final class DamagedInput {

    private static final long SEED = Long.getLong("damage.seed", 20261124L);
    private static final int[] ABSURD = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 0x7fff_fff7, 0x0803};
    private static final long LONGEST_NANOS = 20_000_000_000L;

    /** One case, which must give the right result or throw a {@link UserException}. */
    @FunctionalInterface
    public interface Case {
        void run(Random random) throws Exception;
    }

    private DamagedInput() {}

    /** Runs a share of the cases, or in the thorough tier all of them. */
    public static void forEach(int all, TestReporter reporter, Case body) {
        reportSeed(reporter);
        int cases = all / Integer.getInteger("damage.share", 1);
        assertManyRefused(run(0, cases, body), cases);
    }

    /** Says which seed the cases follow from. */
    public static void reportSeed(TestReporter reporter) {
        reporter.publishEntry("damage.seed", "" + SEED);
    }

    /** Runs some of the cases; returns how many ended in a sentence. */
    public static int run(int first, int cases, Case body) {
        int refused = 0;
        for (int i = first; i < first + cases; i++) {
            long started = System.nanoTime();
            try {
                body.run(new Random(SEED * 1_000_003 + i));
            } catch (UserException e) {
                assertSentence(e.getMessage());
                refused++;
            } catch (Exception | Error e) {
                throw new AssertionError("seed " + SEED + ", case " + i, e);
            }
            assertTrue(System.nanoTime() - started < LONGEST_NANOS, "seed " + SEED + ", case " + i + " took too long");
        }
        return refused;
    }

    /** Fails unless more than a tenth of the cases were refused: otherwise the damage is too small. */
    public static void assertManyRefused(int refused, int cases) {
        assertTrue(refused > cases / 10, "only " + refused + " of " + cases + " were refused");
    }

    /** Fails if a message is not one readable sentence, without Java classes or stack traces. */
    public static void assertSentence(String message) {
        assertTrue(message != null && message.length() > 10 && message.length() < 1500, message);
        assertFalse(message.contains("\n") || message.contains("\tat ") || message.contains("Exception"), message);
    }

    /** A damaged copy: cut, flipped, overwritten, with bytes put in or left out, absurd numbers, or empty. */
    public static byte[] damage(byte[] bytes, Random random) {
        byte[] copy = bytes.clone();
        int at = bytes.length == 0
                ? 0
                : random.nextInt(random.nextBoolean() ? Math.min(40, bytes.length) : bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
        switch (bytes.length == 0 ? 6 : random.nextInt(8)) {
            case 0 -> copy = Arrays.copyOf(copy, at);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = at; i < at + length; i++) {
                    copy[i] = (byte) random.nextInt();
                }
            }
            case 3 -> {
                copy = Arrays.copyOf(bytes, bytes.length + length);
                System.arraycopy(bytes, at, copy, at + length, bytes.length - at);
            }
            case 4 -> {
                System.arraycopy(bytes, at + length, copy, at, bytes.length - at - length);
                copy = Arrays.copyOf(copy, bytes.length - length);
            }
            case 5 -> {
                int word = Math.min(at / 4 * 4, Math.max(0, bytes.length - 4));
                if (bytes.length >= 4) {
                    ByteBuffer.wrap(copy).putInt(word, ABSURD[random.nextInt(ABSURD.length)]);
                }
            }
            case 6 -> copy = new byte[random.nextInt(20)];
            default -> {
                copy[at] ^= (byte) (1 << random.nextInt(8));
                copy[random.nextInt(copy.length)] = (byte) random.nextInt();
            }
        }
        return copy;
    }
}
