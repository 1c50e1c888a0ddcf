package io.sparkperceptron.model;

import java.util.Arrays;
import java.util.Locale;

/** Positive factors: the model sees x = f p, while the stored features p stay as they were read. */
public enum FeatureScaling {
    /** f = 1. */
    NONE,
    /** f = 1/255: bytes become numbers from 0 to 1. */
    PIXEL,
    /** f = 1/|p| for each row, the Euclidean length; f = 1 for a row of zeros. */
    UNIT_NORM,
    /**
     * f = 1/sigma for each feature, its standard deviation over the training rows; f = 1 for a constant one. Nothing is subtracted, so that
     * sparse stays sparse. See {@link FeatureFactors}.
     */
    STANDARD;

    /**
     * The factor of a row. The factors of {@link #STANDARD} are each feature's own; the row's is 1 then.
     *
     * @param values holds the row's entries from {@code from} to {@code to}, exclusive; looked at for {@link #UNIT_NORM} alone
     */
    public double factor(double[] values, int from, int to) {
        return switch (this) {
            case NONE, STANDARD -> 1;
            case PIXEL -> 1.0 / 255;
            case UNIT_NORM -> inverseLength(values, from, to);
        };
    }

    /** 1/|p|, with the largest entry taken out first so that no square overflows or vanishes. */
    private static double inverseLength(double[] values, int from, int to) {
        double largest = 0;
        for (int k = from; k < to; k++) {
            largest = Math.max(largest, Math.abs(values[k]));
        }
        double squares = 0;
        for (int k = from; k < to; k++) {
            double part = values[k] / largest;
            squares = Math.fma(part, part, squares);
        }
        return largest == 0 ? 1 : Math.min(1 / (largest * Math.sqrt(squares)), Double.MAX_VALUE);
    }

    /** The name in options and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The scaling of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FeatureScaling of(String label) {
        return Arrays.stream(values())
                .filter(scaling -> scaling.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected none, pixel, unit-norm or standard, got '" + label + "'"));
    }
}
