package io.sparkperceptron.model;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.NpyFormat.Matrix;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.io.Serializable;
import java.util.List;

/**
 * A model in a folder: {@code model.json} and {@code weights.npy} (C x (d+1) doubles, bias last). Standard scaling adds
 * {@code factors.npy} (1 x d doubles).
 */
public final class ModelFiles {

    /** A stored model, with its description and the factors of the features. */
    public record Stored(ModelDescription description, PerceptronModel model, FeatureFactors factors)
            implements Serializable {

        /** The model for unscaled features. */
        public PerceptronModel ofUnscaled() {
            return factors.times(model);
        }
    }

    public static final String DESCRIPTION = "model.json";
    public static final String WEIGHTS = "weights.npy";
    public static final String FACTORS = "factors.npy";
    /** The last weights of a run, beside those of its best epoch. */
    public static final String LAST = "last.npy";

    private ModelFiles() {}

    /** Writes the description last, so a folder with a description is complete. */
    public static void save(
            ModelDescription description, PerceptronModel model, FeatureFactors factors, Folder folder) {
        write(WEIGHTS, model.classes(), model.toArray(), folder);
        if (!factors.areNone()) {
            write(FACTORS, 1, factors.toArray(), folder);
        }
        JsonFile.write(folder, DESCRIPTION, description);
    }

    /** Writes the last weights of a run beside the description and weights of its best epoch. */
    public static void saveLast(PerceptronModel model, Folder folder) {
        write(LAST, model.classes(), model.toArray(), folder);
    }

    /** The last weights of a run: {@link #LAST} if there is such a file, otherwise {@link #WEIGHTS}. */
    public static PerceptronModel loadLast(Folder folder) {
        Stored stored = load(folder);
        return folder.holds(LAST) ? weights(LAST, stored.description(), folder) : stored.model();
    }

    private static void write(String name, int rows, double[] values, Folder folder) {
        int columns = values.length / rows;
        List<Matrix> matrix = List.of(new Matrix(rows, columns, values));
        folder.write(name, out -> NpyFormat.write(rows, columns, matrix, out));
    }

    /** Reads the files. Throws a {@link UserException} if one is missing or damaged, or they do not match. */
    public static Stored load(Folder folder) {
        ModelDescription description =
                JsonFile.read(folder, DESCRIPTION, ModelDescription.class, "a model's description");
        return new Stored(description, weights(WEIGHTS, description, folder), factors(description, folder));
    }

    private static PerceptronModel weights(String name, ModelDescription description, Folder folder) {
        Matrix weights = read(name, "weights", description.classes(), description.features() + 1, folder);
        for (double value : weights.values()) {
            if (!Double.isFinite(value)) {
                throw new UserException(
                        "Expected finite weights in " + folder.child(name).uri() + ", found " + value);
            }
        }
        return new PerceptronModel(weights.rows(), weights.columns() - 1, weights.values());
    }

    private static FeatureFactors factors(ModelDescription description, Folder folder) {
        if (FeatureScaling.of(description.scaling()) != FeatureScaling.STANDARD) {
            return FeatureFactors.NONE;
        }
        Matrix factors = read(FACTORS, "factors", 1, description.features(), folder);
        try {
            return FeatureFactors.of(factors.values());
        } catch (IllegalArgumentException e) {
            throw new UserException("In " + folder.child(FACTORS).uri() + ": " + e.getMessage(), e);
        }
    }

    private static Matrix read(String name, String noun, int rows, int columns, Folder folder) {
        String where = folder.child(name).uri();
        Matrix matrix = folder.read(name, (in, length) -> NpyFormat.read(in, length, where));
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new UserException("Expected " + rows + " x " + columns + " " + noun + " in " + where + " as "
                    + DESCRIPTION + " beside it says, found " + matrix.rows() + " x " + matrix.columns());
        }
        return matrix;
    }
}
