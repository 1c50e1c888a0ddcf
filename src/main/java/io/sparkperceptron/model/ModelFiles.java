package io.sparkperceptron.model;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.util.List;

/** A model on storage: {@code model.json} and {@code weights.npy} (C x (d+1) doubles, bias last) in one folder. */
public final class ModelFiles {

    /** A model read back, with what its file says of it. */
    public record Stored(ModelDescription description, PerceptronModel model) {}

    public static final String DESCRIPTION = "model.json";
    public static final String WEIGHTS = "weights.npy";

    private ModelFiles() {}

    /** Writes both files, the description last, so that a folder that has one is whole. */
    public static void save(ModelDescription description, PerceptronModel model, Folder folder) {
        NpyFormat.Matrix matrix = new NpyFormat.Matrix(model.classes(), model.features() + 1, model.toArray());
        folder.write(WEIGHTS, out -> NpyFormat.write(matrix.rows(), matrix.columns(), List.of(matrix), out));
        JsonFile.write(folder, DESCRIPTION, description);
    }

    /**
     * Reads both files back.
     *
     * @throws UserException if a file is missing, damaged, or the two do not fit
     */
    public static Stored load(Folder folder) {
        ModelDescription description =
                JsonFile.read(folder, DESCRIPTION, ModelDescription.class, "a model's description");
        String where = folder.child(WEIGHTS).uri();
        NpyFormat.Matrix matrix = folder.read(WEIGHTS, (in, length) -> NpyFormat.read(in, length, where));
        if (matrix.rows() != description.classes() || matrix.columns() != description.features() + 1) {
            throw new UserException("Expected " + description.classes() + " x " + (description.features() + 1)
                    + " weights in " + where + " as " + DESCRIPTION + " beside it says, found " + matrix.rows() + " x "
                    + matrix.columns());
        }
        for (double value : matrix.values()) {
            if (!Double.isFinite(value)) {
                throw new UserException("Expected finite weights in " + where + ", found " + value);
            }
        }
        return new Stored(description, new PerceptronModel(matrix.rows(), matrix.columns() - 1, matrix.values()));
    }
}
