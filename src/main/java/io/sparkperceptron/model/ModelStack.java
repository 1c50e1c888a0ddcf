package io.sparkperceptron.model;

import io.sparkperceptron.model.NpyFormat.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** R models of one shape, stacked as one matrix: R*C x (d+1) doubles, the bias last in each row. */
public final class ModelStack {

    private ModelStack() {}

    /** Writes the models of some runs as a NumPy file, with one model in memory at a time. */
    public static <R> void write(
            List<R> runs, Function<R, PerceptronModel> model, int classes, int features, OutputStream out)
            throws IOException {
        Iterable<Matrix> matrices = () -> runs.stream()
                .map(model)
                .map(one -> new Matrix(classes, features + 1, one.toArray()))
                .iterator();
        NpyFormat.write(runs.size() * classes, features + 1, matrices, out);
    }

    /** A copy of model {@code number} of a stack. */
    public static PerceptronModel get(Matrix stack, int classes, int number) {
        int entries = classes * stack.columns();
        double[] rows = Arrays.copyOfRange(stack.values(), number * entries, (number + 1) * entries);
        return new PerceptronModel(classes, stack.columns() - 1, rows);
    }
}
