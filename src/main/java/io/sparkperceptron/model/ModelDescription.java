package io.sparkperceptron.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The content of {@code model.json}: all that a program needs to use the weights.
 *
 * @param run the run's name, such as {@code logistic-0.5}
 * @param learningRate null, as {@code momentum}, if the optimizer has none
 * @param labels of the classes, ascending; null if each class's label is its number
 * @param featureNames of all features, for people; null if they are unknown
 * @param scaling the label of the {@link FeatureScaling} to apply to data
 * @param imageHeight in pixels; like {@code imageWidth} null if the features are not an image
 * @param format of the file; null means {@value #FORMAT}
 */
@JsonInclude(Include.NON_NULL)
public record ModelDescription(
        String run,
        String loss,
        Double learningRate,
        double l2,
        Double momentum,
        int epoch,
        int classes,
        List<?> labels,
        int features,
        List<String> featureNames,
        String scaling,
        Integer imageHeight,
        Integer imageWidth,
        String dataFingerprint,
        String version,
        Integer format)
        implements Serializable {

    private static final int FORMAT = 1;

    /** A description in the current format. {@code values} are as in {@link #values()}. */
    public ModelDescription(
            String run,
            String loss,
            List<Double> values,
            int epoch,
            int classes,
            List<?> labels,
            int features,
            List<String> featureNames,
            String scaling,
            ImageShape shape,
            String dataFingerprint,
            String version) {
        this(
                run,
                loss,
                orNull(values.get(0)),
                values.get(1),
                orNull(values.get(2)),
                epoch,
                classes,
                labels,
                features,
                featureNames,
                scaling,
                shape == null ? null : shape.height(),
                shape == null ? null : shape.width(),
                dataFingerprint,
                version,
                null);
    }

    public ModelDescription {
        if (format != null && format > FORMAT) {
            throw new IllegalArgumentException(
                    "expected format at most " + FORMAT + ", got " + format + ": a newer version has written it");
        }
        require(run != null && !run.isBlank(), "run", "a name", run);
        require(loss != null, "loss", Loss.NAMES, null);
        Loss.of(loss);
        boolean hasRate = learningRate != null || momentum != null;
        for (Hyperparameter one : Hyperparameter.ALL) {
            Double value = Arrays.asList(learningRate, l2, momentum).get(one.place());
            boolean holds = value == null ? !hasRate : one.admits(value);
            require(holds, one.field(), one.bound(), value);
        }
        require(epoch >= 0, "epoch", "at least 0", epoch);
        require(classes >= 1, "classes", "at least 1", classes);
        labels = ClassLabels.of(classes, labels).listed();
        require(features >= 1, "features", "at least 1", features);
        if (featureNames != null) {
            require(featureNames.size() == features, "featureNames", "of " + features, featureNames.size());
            require(Collections.frequency(featureNames, null) == 0, "featureNames", "that are texts", null);
            featureNames = List.copyOf(featureNames);
        }
        require(scaling != null, "scaling", "none, pixel, unit-norm or standard", null);
        FeatureScaling.of(scaling);
        require(
                (imageHeight == null) == (imageWidth == null),
                "imageWidth",
                "with imageHeight or not at all",
                imageWidth);
        if (imageHeight != null) {
            ImageShape shape = new ImageShape(imageHeight, imageWidth);
            require(shape.pixels() == features, "imageHeight x imageWidth", features + " pixels", shape);
        }
    }

    /** The values in the order of {@link Hyperparameter#ALL}; NaN where the optimizer does not use one. */
    public List<Double> values() {
        return List.of(orNaN(learningRate), l2, orNaN(momentum));
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    public ClassLabels classLabels() {
        return ClassLabels.of(classes, labels);
    }

    /** Null if the features are not an image. */
    public ImageShape shape() {
        return imageHeight == null ? null : new ImageShape(imageHeight, imageWidth);
    }

    private static void require(boolean holds, String field, String expected, Object got) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + field + " " + expected + ", got " + got);
        }
    }
}
