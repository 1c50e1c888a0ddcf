package io.sparkperceptron.block;

/** Converts arrays of numbers to narrower types without loss. */
final class NarrowArrays {

    private NarrowArrays() {}

    /** Null unless all values are unsigned bytes. */
    static byte[] toUnsignedBytes(double[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) (int) values[i];
            if ((bytes[i] & 0xFF) != values[i]) {
                return null;
            }
        }
        return bytes;
    }

    /** Null unless floats hold all values exactly. */
    static float[] toFloats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
            if (floats[i] != values[i]) {
                return null;
            }
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
