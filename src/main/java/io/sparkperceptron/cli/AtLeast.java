package io.sparkperceptron.cli;

import org.apache.commons.lang3.math.NumberUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

abstract class AtLeast implements ITypeConverter<Integer> {

    private final int least;

    private AtLeast(int least) {
        this.least = least;
    }

    @Override
    public Integer convert(String text) {
        int number = NumberUtils.toInt(text, -1);
        if (number < least) {
            throw new TypeConversionException("expected a whole number of at least " + least + ", got '" + text + "'");
        }
        return number;
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
