package io.sparkperceptron.data;

import java.util.List;
import java.util.TreeSet;

/** The classes of this package that Spark sends between machines, for Kryo. */
public final class KryoClasses {

    public static final List<Class<?>> ALL =
            List.of(WeightedPoint.class, TableCheck.class, LibsvmCheck.class, FoundLabels.class, TreeSet.class);

    private KryoClasses() {}
}
