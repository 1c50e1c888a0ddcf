package io.sparkperceptron.cli;

import io.sparkperceptron.gradient.KernelChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code auto}, {@code vector} or {@code scalar}. */
final class KernelConverter implements ITypeConverter<KernelChoice> {

    @Override
    public KernelChoice convert(String text) {
        try {
            return KernelChoice.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
