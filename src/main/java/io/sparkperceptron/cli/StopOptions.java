package io.sparkperceptron.cli;

import io.sparkperceptron.training.StopRules;
import org.apache.commons.lang3.math.NumberUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that end a run early, while the other runs continue, and {@code --keep}. */
final class StopOptions {

    @Option(
            names = "--tolerance",
            paramLabel = "NORM",
            description = "end a run when the norm of its gradient is at most this (default: 0, never)")
    private double tolerance;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "end a run when its error has had no new minimum for N epochs; the error on the validation"
                    + " rows or, without --validation, on the test set (default: 0, never)")
    private int patience;

    @Option(
            names = "--target-error",
            paramLabel = "ERROR",
            converter = ErrorConverter.class,
            description = "end a run when its error is at most this, such as 0.1 or 10%%; the error as for --patience")
    private double targetError = StopRules.NONE.targetError();

    @Option(
            names = "--keep",
            paramLabel = "WEIGHTS",
            description = "the weights that models/RUN stores: last, or best, those of the epoch with the least error"
                    + " on the validation rows (default: last)")
    private Keep keep = Keep.LAST;

    enum Keep {
        LAST,
        BEST;

        static Keep of(String text) {
            return switch (text) {
                case "last" -> LAST;
                case "best" -> BEST;
                default -> throw new IllegalArgumentException("expected last or best, got '" + text + "'");
            };
        }
    }

    /** @throws IllegalArgumentException if the best weights are to be kept, and no rows choose them */
    boolean keepsBest(long validationRows) {
        if (keep == Keep.BEST && validationRows == 0) {
            throw new IllegalArgumentException(
                    "--keep best goes with --validation, because the error of those rows chooses the weights");
        }
        return keep == Keep.BEST;
    }

    /** @throws IllegalArgumentException if a number is out of range */
    StopRules rules() {
        return new StopRules(tolerance, patience, targetError);
    }

    static final class ErrorConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            boolean percent = text.endsWith("%");
            double number = NumberUtils.toDouble(percent ? text.substring(0, text.length() - 1) : text, Double.NaN);
            double fraction = percent ? number / 100 : number;
            if (fraction >= 0 && fraction < 1) {
                return fraction;
            }
            throw new TypeConversionException(
                    "expected a fraction from 0 to 1, or per cent such as 10%, got '" + text + "'");
        }
    }
}
