package io.sparkperceptron.cli;

import io.sparkperceptron.model.FeatureScaling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a feature scaling. */
final class ScalingConverter implements ITypeConverter<FeatureScaling> {

    @Override
    public FeatureScaling convert(String text) {
        try {
            return FeatureScaling.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
