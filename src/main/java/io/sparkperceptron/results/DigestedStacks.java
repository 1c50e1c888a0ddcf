package io.sparkperceptron.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.model.ModelStack;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.model.NpyFormat.Matrix;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The files of a checkpoint that hold models, and the digests of these files.
 *
 * @param digests by name, such as {@code weightsSha256}
 */
record DigestedStacks(Folder checkpoint, int classes, ObjectNode digests) {

    private static final String NPY = ".npy";
    private static final String SHA256 = "Sha256";

    /** Whether there is a file of this name. */
    boolean has(String name) {
        return digests.hasNonNull(name + SHA256);
    }

    /** Records that there is no file of this name. Modified: digests. */
    void putNone(String name) {
        digests.putNull(name + SHA256);
    }

    /** Modified: digests. */
    void write(String name, List<Run> runs, Function<Run, PerceptronModel> rows, int features) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        checkpoint.write(
                name + NPY,
                out -> ModelStack.write(runs, rows, classes, features, new DigestOutputStream(out, digest)));
        digests.put(name + SHA256, HexFormat.of().formatHex(digest.digest()));
    }

    /** Throws UserException if the digest or the shape of the file does not match. */
    Matrix read(String what, int runs, int columns) {
        String name = what + NPY;
        MessageDigest digest = DigestUtils.getSha256Digest();
        String where = checkpoint.child(name).uri();
        Matrix matrix =
                checkpoint.read(name, (in, length) -> NpyFormat.read(new DigestInputStream(in, digest), length, where));
        requireDigest(what, HexFormat.of().formatHex(digest.digest()), name);
        CheckpointFiles.require(
                matrix.rows() == runs * classes && matrix.columns() == columns, name + " of " + runs + " runs");
        return matrix;
    }

    /** Throws UserException if {@code found} is not the recorded digest of the file. */
    void requireDigest(String what, String found, String file) {
        JsonNode expected = digests.path(what + SHA256);
        CheckpointFiles.require(
                found.equals(expected.asText()),
                file + " with its digest in " + CheckpointFiles.STATE + ", found another");
    }
}
