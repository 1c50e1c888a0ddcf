package io.sparkperceptron.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code zeros} or {@code normal:SIGMA}, as the standard deviation of the starting weights. */
final class StartConverter implements ITypeConverter<Double> {

    private static final String NORMAL = "normal:";

    @Override
    public Double convert(String text) {
        if (text.equals("zeros")) {
            return 0.0;
        }
        try {
            double sigma = text.startsWith(NORMAL) ? Double.parseDouble(text.substring(NORMAL.length())) : Double.NaN;
            if (sigma > 0 && sigma < Double.POSITIVE_INFINITY) {
                return sigma;
            }
        } catch (NumberFormatException e) {
            // Said below, with what was expected.
        }
        throw new TypeConversionException("expected zeros, or normal:SIGMA with SIGMA above 0, got '" + text + "'");
    }
}
