package io.sparkperceptron.block;

/** Converts arrays of numbers to narrower types without loss. */
final class NarrowArrays {

    private NarrowArrays() {}

    static boolean fitUnsignedBytes(double[] values) {
        for (double value : values) {
            if (!(value >= 0 && value <= 255 && value == Math.rint(value))) {
                return false;
            }
        }
        return true;
    }

    static boolean fitFloats(double[] values) {
        for (double value : values) {
            if ((float) value != value) {
                return false;
            }
        }
        return true;
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
