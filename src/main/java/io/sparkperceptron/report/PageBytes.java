package io.sparkperceptron.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Numbers and pictures for the page, in base64. Numbers are little-endian. */
final class PageBytes {

    private PageBytes() {}

    static String floats(double[] values) {
        ByteBuffer bytes = buffer(values.length * Float.BYTES);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return text(bytes);
    }

    static <T> String floats(List<T> things, ToDoubleFunction<T> value) {
        return floats(things.stream().mapToDouble(value).toArray());
    }

    static String integers(List<? extends Number> values) {
        ByteBuffer bytes = buffer(values.size() * Integer.BYTES);
        for (Number value : values) {
            bytes.putInt(value.intValue());
        }
        return text(bytes);
    }

    /** Each value as the nearest whole number of 127ths of {@code scale}. */
    static String signedBytes(double[] values, double scale) {
        ByteBuffer bytes = buffer(values.length);
        for (double value : values) {
            bytes.put((byte) Math.round(127 * value / scale));
        }
        return text(bytes);
    }

    /** A data URL. */
    static String png(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    /** The number of characters that stand for {@code bytes} bytes. */
    static long length(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII
                .decode(Base64.getEncoder().encode(bytes.flip()))
                .toString();
    }
}
