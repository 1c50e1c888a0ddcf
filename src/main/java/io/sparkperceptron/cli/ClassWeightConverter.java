package io.sparkperceptron.cli;

import io.sparkperceptron.model.ClassWeighting;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How classes are weighted. */
final class ClassWeightConverter implements ITypeConverter<ClassWeighting> {

    @Override
    public ClassWeighting convert(String text) {
        try {
            return ClassWeighting.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
