package io.sparkperceptron.model;

import java.util.Arrays;
import java.util.Locale;

/** Positive factors f: the model sees x = f p. The stored features p do not change. */
public enum FeatureScaling {
    /** f = 1. */
    NONE,
    /** f = 1/255: bytes become numbers from 0 to 1. */
    PIXEL,
    /** f = 1/|p| for each row p, with its Euclidean length |p|; f = 1 for a row of zeros. */
    UNIT_NORM,
    /**
     * f = 1/sigma for each feature, with its standard deviation sigma over the training rows; f = 1 if constant.
     * Nothing is subtracted, so sparse rows stay sparse. See {@link FeatureFactors}.
     */
    STANDARD;

    /** The factor of a row, whose entries are from {@code from} to before {@code to}; 1 for {@link #STANDARD}. */
    public double factor(double[] values, int from, int to) {
        return switch (this) {
            case NONE, STANDARD -> 1;
            case PIXEL -> 1.0 / 255;
            case UNIT_NORM -> inverseLength(values, from, to);
        };
    }

    /** 1/|p|. Divides all entries by the largest first, so that no square overflows or underflows to zero. */
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

    public static FeatureScaling of(String label) {
        return Arrays.stream(values())
                .filter(scaling -> scaling.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected none, pixel, unit-norm or standard, got '" + label + "'"));
    }
}
