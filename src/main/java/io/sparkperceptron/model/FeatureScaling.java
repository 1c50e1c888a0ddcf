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
