package io.sparkperceptron.block;

import java.io.Serializable;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** One value for each {@link Split}. */
public final class BySplit<T extends Serializable> implements Serializable {

    private final T train;
    private final T validation;
    private final T test;

    public BySplit(Supplier<T> maker) {
        train = maker.get();
        validation = maker.get();
        test = maker.get();
    }

    public T of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    public List<T> all() {
        return List.of(train, validation, test);
    }

    /** Merges each value of {@code other} into the value of the same set here. Modified: this. */
    public BySplit<T> merge(BySplit<T> other, BiConsumer<T, T> merge) {
        merge.accept(train, other.train);
        merge.accept(validation, other.validation);
        merge.accept(test, other.test);
        return this;
    }
}
