package io.sparkperceptron.gradient;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kernel is wanted. Every JVM settles it for itself, for the bits are the same. */
public enum KernelChoice {
    /** The vector kernel where this JVM has the vector module, else the scalar one, with one warning. */
    AUTO,
    VECTOR,
    SCALAR;

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    /** What gives a JVM the vector module. */
    private static final String REMEDY =
            "pass --add-modules=jdk.incubator.vector to the JVM of driver and executors, as spark.driver.defaultJavaOptions"
                    + " and spark.executor.defaultJavaOptions in conf/spark-defaults.conf do";

    /**
     * The choice of that name, in lower case.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static KernelChoice of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected auto, vector or scalar, got '" + name + "'"));
    }

    /**
     * The choice for such rows, if any will do: the scalar kernel where a block has fewer entries than there are features, for it goes
     * through those alone that a block has, where the vector kernel goes through all after every block. Measured: at 2 entries to a feature the
     * vector kernel took 0.75 to 0.9 of the time, at 0.2 it took 2.4 to 2.8 times as long.
     */
    public KernelChoice forRows(DatasetSummary rows, int features) {
        boolean few = (double) rows.entries() / rows.rows() * ExampleBlock.ROWS < features;
        return this == AUTO && few ? SCALAR : this;
    }

    /** A kernel to which every example counts the same; else as the other. */
    public GradientKernel kernel(Weights weights, List<Objective> objectives, FixedPointGrid grid) {
        return kernel(weights, objectives, ClassWeights.NONE, grid);
    }

    /**
     * A kernel for one pass.
     *
     * @param objectives one for each run
     * @throws UserException if the vector kernel is wanted, and this JVM lacks its module
     */
    public GradientKernel kernel(
            Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid) {
        return factory().kernel(weights, objectives, classWeights, grid);
    }

    /**
     * The memory that a kernel takes: its own copies of the weights and the gradient, filled up to whole vectors, and the sum.
     *
     * @param columns P
     * @throws UserException likewise
     */
    public long bytes(int features, int columns) {
        return factory().bytes(features, columns);
    }

    /**
     * What it comes to in this JVM: "scalar", or, for example, "vector, 8 lanes".
     *
     * @throws UserException likewise
     */
    public String description() {
        int lanes = factory().lanes();
        return lanes == 1 ? "scalar" : "vector, " + lanes + " lanes";
    }

    /**
     * Settles the choice now, so that what is wrong with it is said before anything is started.
     *
     * @throws UserException likewise
     */
    public void requireUsable() {
        factory();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private KernelFactory factory() {
        return switch (this) {
            case AUTO -> Automatic.FACTORY;
            case SCALAR -> new ScalarKernel.Factory();
            case VECTOR -> requireVectors();
        };
    }

    private static KernelFactory requireVectors() {
        if (Vectors.FACTORY == null) {
            throw new UserException("Expected the module jdk.incubator.vector in this JVM (Java "
                    + System.getProperty("java.version") + "), found none; " + REMEDY);
        }
        return Vectors.FACTORY;
    }

    /** The vector kernel of this JVM, or null, settled when first asked for. */
    private static final class Vectors {

        static final KernelFactory FACTORY = load();

        /** By name: it cannot be loaded, nor compiled in one go with the rest, without its module. */
        private static KernelFactory load() {
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
                return null;
            }
            try {
                return Class.forName(KernelChoice.class.getPackageName() + ".VectorKernel$Factory")
                        .asSubclass(KernelFactory.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | LinkageError e) {
                LOG.warn("The vector kernel cannot be loaded: {}", e.toString());
                return null;
            }
        }
    }

    /** What {@link #AUTO} comes to, settled, and warned of, when first asked for. */
    private static final class Automatic {

        static final KernelFactory FACTORY = choose();

        private static KernelFactory choose() {
            if (Vectors.FACTORY == null) {
                LOG.warn(
                        "This JVM lacks the module jdk.incubator.vector, so the slower scalar kernel is used; {}",
                        REMEDY);
                return SCALAR.factory();
            }
            return Vectors.FACTORY.lanes() > 1 ? Vectors.FACTORY : SCALAR.factory();
        }
    }
}
