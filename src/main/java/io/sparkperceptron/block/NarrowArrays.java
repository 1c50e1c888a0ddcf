package io.sparkperceptron.block;

import java.util.Arrays;

/** Converts arrays of numbers to narrower types without loss. */
final class NarrowArrays {

    private NarrowArrays() {}

    static boolean fitUnsignedBytes(double[] values) {
        return Arrays.stream(values).allMatch(value -> value >= 0 && value <= 255 && value == Math.rint(value));
    }

    static boolean fitFloats(double[] values) {
        return Arrays.stream(values).allMatch(value -> (float) value == value);
    }

    static byte[] toUnsignedBytes(double[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (int) values[i];
        }
        return bytes;
    }

    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static char[] toChars(int[] values) {
        char[] chars = new char[values.length];
        for (int i = 0; i < values.length; i++) {
            chars[i] = (char) values[i];
        }
        return chars;
    }
}
