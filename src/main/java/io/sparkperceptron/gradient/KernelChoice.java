package io.sparkperceptron.gradient;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassWeights;
import io.sparkperceptron.model.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel to use. Each JVM may use another kernel, because all kernels give the same bits. */
public enum KernelChoice {
    /** The vector kernel if this JVM has the vector module, otherwise the scalar one, with one warning. */
    AUTO,
    VECTOR,
    SCALAR;

    /** Makes a kernel of one kind for one pass. */
    @FunctionalInterface
    interface Maker {
        GradientKernel kernel(
                Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid);
    }

    /**
     * A kind of kernel.
     *
     * @param lanes the number of perceptrons that one instruction computes; 1 for the scalar kernel
     * @param scores makes the scores of rows, for uses without costs and gradients
     * @param bytes the approximate memory of a kernel for d features and P columns
     */
    record Kind(
            int lanes, Maker maker, Function<Weights, RowScores> scores, ToLongBiFunction<Integer, Integer> bytes) {}

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);
    private static final String REMEDY =
            "pass --add-modules=jdk.incubator.vector to the JVM of driver and executors, as spark.driver.defaultJavaOptions"
                    + " and spark.executor.defaultJavaOptions in conf/spark-defaults.conf do";

    /** The choice with this lower-case name. */
    public static KernelChoice of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected auto, vector or scalar, got '" + name + "'"));
    }

    /**
     * Replaces {@link #AUTO} by the scalar kernel if a full block has fewer entries than the data have features. The
     * scalar kernel visits only features with entries; the vector kernel visits all features. Measured: the vector
     * kernel took 0.75 to 0.9 of the time at 2 entries per feature, and 2.4 to 2.8 times as long at 0.2.
     */
    public KernelChoice forRows(DatasetSummary rows, int features) {
        boolean few = (double) rows.entries() / rows.rows() * ExampleBlock.ROWS < features;
        return this == AUTO && few ? SCALAR : this;
    }

    /** A kernel for one pass, without class weights. */
    public GradientKernel kernel(Weights weights, List<Objective> objectives, FixedPointGrid grid) {
        return kernel(weights, objectives, ClassWeights.NONE, grid);
    }

    /** A kernel for one pass, with one objective for each run. Throws as {@link #requireUsable}. */
    public GradientKernel kernel(
            Weights weights, List<Objective> objectives, ClassWeights classWeights, FixedPointGrid grid) {
        return kind().maker().kernel(weights, objectives, classWeights, grid);
    }

    /** Scores of rows, with the same bits for all choices. Throws as {@link #requireUsable}. */
    public RowScores scores(Weights weights) {
        return kind().scores().apply(weights);
    }

    /** The approximate bytes of a kernel for d features and P columns, with its copies of weights and gradient. */
    public long bytes(int features, int columns) {
        return kind().bytes().applyAsLong(features, columns);
    }

    /** The kernel in this JVM: "scalar", or, for example, "vector, 8 lanes". Throws as {@link #requireUsable}. */
    public String description() {
        int lanes = kind().lanes();
        return lanes == 1 ? "scalar" : "vector, " + lanes + " lanes";
    }

    /** Throws a {@link UserException} if this is {@link #VECTOR} and this JVM lacks its module. */
    public void requireUsable() {
        kind();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Kind kind() {
        return switch (this) {
            case AUTO -> Automatic.KIND;
            case SCALAR -> ScalarKernel.KIND;
            case VECTOR -> {
                if (Vectors.KIND == null) {
                    throw new UserException("Expected the module jdk.incubator.vector in this JVM (Java "
                            + System.getProperty("java.version") + "), found none; " + REMEDY);
                }
                yield Vectors.KIND;
            }
        };
    }

    /** The vector kernel of this JVM, or null; loaded at first use. */
    private static final class Vectors {

        static final Kind KIND = load();

        /** Loads the kernel by name, because it only loads with its module and is compiled separately. */
        private static Kind load() {
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
                return null;
            }
            try {
                Class<?> kernel = Class.forName(KernelChoice.class.getPackageName() + ".VectorKernel");
                return (Kind) kernel.getDeclaredField("KIND").get(null);
            } catch (ReflectiveOperationException | LinkageError e) {
                LOG.warn("The vector kernel cannot be loaded: {}", e.toString());
                return null;
            }
        }
    }

    /** The kernel of {@link #AUTO}, with its warning, chosen at first use. */
    private static final class Automatic {

        static final Kind KIND = choose();

        private static Kind choose() {
            if (Vectors.KIND == null) {
                LOG.warn(
                        "This JVM lacks the module jdk.incubator.vector, so the slower scalar kernel is used; {}",
                        REMEDY);
                return ScalarKernel.KIND;
            }
            return Vectors.KIND.lanes() > 1 ? Vectors.KIND : ScalarKernel.KIND;
        }
    }
}
