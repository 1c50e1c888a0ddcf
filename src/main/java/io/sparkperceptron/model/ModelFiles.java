package io.sparkperceptron.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.util.List;

/** A model on storage: {@code model.json} and {@code weights.npy} (C x (d+1) doubles, bias last) in one folder. */
public final class ModelFiles {

    /** A model read back, with what its file says of it. */
    public record Stored(ModelDescription description, PerceptronModel model) {}

    public static final String DESCRIPTION = "model.json";
    public static final String WEIGHTS = "weights.npy";

    private static final int MOST_JSON_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ModelFiles() {}

    /** Writes both files, the description last, so that a folder that has one is whole. */
    public static void save(ModelDescription description, PerceptronModel model, Folder folder) {
        NpyFormat.Matrix matrix = new NpyFormat.Matrix(model.classes(), model.features() + 1, model.toArray());
        folder.write(WEIGHTS, out -> NpyFormat.write(matrix.rows(), matrix.columns(), List.of(matrix), out));
        folder.write(DESCRIPTION, out -> out.write(JSON.writeValueAsBytes(description)));
    }

    /**
     * Reads both files back.
     *
     * @throws UserException if a file is missing, damaged, or the two do not fit
     */
    public static Stored load(Folder folder) {
        ModelDescription description = readDescription(folder);
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

    private static ModelDescription readDescription(Folder folder) {
        String where = folder.child(DESCRIPTION).uri();
        byte[] bytes = folder.read(DESCRIPTION, MOST_JSON_BYTES);
        try {
            ModelDescription description = JSON.readValue(bytes, ModelDescription.class);
            if (description == null) {
                throw new UserException("Expected a model's description in " + where + ", found null");
            }
            return description;
        } catch (ValueInstantiationException e) {
            throw new UserException("In " + where + ": " + Folder.reason(e.getCause()), e);
        } catch (JsonMappingException e) {
            String field = e.getPath().isEmpty() ? "object" : e.getPath().get(0).getFieldName();
            throw new UserException(
                    "Expected a model's description in " + where + ", but its " + field + " is unusable", e);
        } catch (JsonProcessingException e) {
            throw new UserException(
                    "Expected a model's description as JSON in " + where + ", found: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UserException("Cannot read " + where + ": " + Folder.reason(e), e);
        }
    }
}
