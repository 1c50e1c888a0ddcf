package io.sparkperceptron.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The {@code metadata} of a saved estimator or model, as Spark writes it: class, uid and params. Spark's own reader
 * makes an object of any class that the file names; this one only compares the name.
 */
record SavedParams(String place, DefaultParamsReader.Metadata metadata) {

    private static final String METADATA = "metadata";
    private static final int MOST_SHOWN = 200;

    /** Throws UserException if there are no metadata, they are damaged, or their class is not {@code expected}. */
    static SavedParams read(String path, Class<? extends Params> expected, SparkSession spark) {
        String noun = "a saved " + expected.getSimpleName();
        String place = place(path, noun, spark);
        String text = text(place, spark);
        JsonNode json = json(text, noun, place);
        String found = json.path("class").asText();
        if (!found.equals(expected.getName())) {
            throw other(noun, path, found);
        }
        try {
            if (!json.path("uid").isTextual()) {
                throw new IllegalArgumentException("expected a uid");
            }
            return new SavedParams(place, DefaultParamsReader.parseMetadata(text, expected.getName()));
        } catch (Exception e) {
            // json4s throws MappingException, which is checked but not declared.
            throw unusable(place, e);
        }
    }

    /**
     * Loads what has been saved of any class of a kind. Throws UserException if it is of another kind; no code of its
     * class has run then.
     */
    static <T> T load(String path, Class<T> kind, SparkSession spark) {
        String noun = "a saved " + kind.getSimpleName();
        String place = place(path, noun, spark);
        String found = json(text(place, spark), noun, place).path("class").asText();
        try {
            Class<?> type = Class.forName(found, false, Thread.currentThread().getContextClassLoader());
            if (!kind.isAssignableFrom(type)) {
                throw other(noun, path, found);
            }
            MLReader<?> reader = (MLReader<?>) type.getMethod("read").invoke(null);
            return kind.cast(reader.load(path));
        } catch (ReflectiveOperationException | LinkageError e) {
            UserException told = other(noun, path, found);
            told.addSuppressed(e);
            throw told;
        }
    }

    private static String place(String path, String noun, SparkSession spark) {
        Folder folder = Folder.at(path, spark.sparkContext().hadoopConfiguration());
        if (!folder.holds(METADATA)) {
            throw new UserException("Expected " + noun + " in " + path + ", found no " + METADATA + " there");
        }
        return folder.child(METADATA).uri();
    }

    private static String text(String place, SparkSession spark) {
        List<String> lines =
                SparkFailures.unwrap(() -> spark.read().textFile(place).takeAsList(1));
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static JsonNode json(String text, String noun, String place) {
        return JsonFile.parse(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, noun, place);
    }

    private static UserException other(String noun, String path, String found) {
        // The file can hold anything.
        String shown = StringUtils.truncate(found, MOST_SHOWN).replaceAll("\\p{Cntrl}", "?");
        return new UserException("Expected " + noun + " in " + path + ", found "
                + (found.isEmpty() ? "no name of a class in its " + METADATA : "one of the class '" + shown + "'")
                + "; load it with the class that it was saved from");
    }

    String uid() {
        return metadata.uid();
    }

    /** Throws UserException if {@code owner} lacks a param, or a value is invalid. */
    <T extends Params> T setIn(T owner) {
        try {
            metadata.getAndSetParams(owner, Option.empty());
            return owner;
        } catch (Exception e) {
            // Spark throws SparkException, which is checked but not declared.
            throw unusable(place, e);
        }
    }

    static UserException unusable(String place, Exception e) {
        return new UserException("The params in " + place + " are unusable: " + UserException.reason(e), e);
    }
}
