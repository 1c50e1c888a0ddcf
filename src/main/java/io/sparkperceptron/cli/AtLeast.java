package io.sparkperceptron.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

abstract class AtLeast implements ITypeConverter<Integer> {

    private final int least;

    private AtLeast(int least) {
        this.least = least;
    }

    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The exception below says what was expected.
        }
        throw new TypeConversionException("expected a whole number of at least " + least + ", got '" + text + "'");
    }

    static final class Zero extends AtLeast {
        Zero() {
            super(0);
        }
    }

    static final class One extends AtLeast {
        One() {
            super(1);
        }
    }

    static final class Two extends AtLeast {
        Two() {
            super(2);
        }
    }
}
