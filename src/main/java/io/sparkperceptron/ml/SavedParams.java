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

    /** What the file holds before Spark parses it. */
    private record Content(String noun, String path, String place, String text, JsonNode json) {

        static Content read(String path, Class<?> kind, SparkSession spark) {
            String noun = "a saved " + kind.getSimpleName();
            Folder folder = Folder.at(path, spark.sparkContext().hadoopConfiguration());
            if (!folder.holds(METADATA)) {
                throw new UserException("Expected " + noun + " in " + path + ", found no " + METADATA + " there");
            }
            String place = folder.child(METADATA).uri();
            List<String> lines =
                    SparkFailures.unwrap(() -> spark.read().textFile(place).takeAsList(1));
            String text = lines.isEmpty() ? "" : lines.get(0);
            JsonNode json = JsonFile.parse(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, noun, place);
            return new Content(noun, path, place, text, json);
        }

        String type() {
            return json.path("class").asText();
        }

        UserException otherClass() {
            // The file can hold anything.
            String shown = StringUtils.truncate(type(), MOST_SHOWN).replaceAll("\\p{Cntrl}", "?");
            return new UserException("Expected " + noun + " in " + path + ", found "
                    + (shown.isEmpty() ? "no name of a class in its " + METADATA : "one of the class '" + shown + "'")
                    + "; load it with the class that it was saved from");
        }
    }

    /** Throws UserException if there are no metadata, they are damaged, or their class is not {@code expected}. */
    static SavedParams read(String path, Class<? extends Params> expected, SparkSession spark) {
        Content content = Content.read(path, expected, spark);
        if (!content.type().equals(expected.getName())) {
            throw content.otherClass();
        }
        try {
            if (!content.json().path("uid").isTextual()) {
                throw new IllegalArgumentException("expected a uid");
            }
            return new SavedParams(
                    content.place(), DefaultParamsReader.parseMetadata(content.text(), expected.getName()));
        } catch (Exception e) {
            // json4s throws MappingException, which is checked but not declared.
            throw unusable(content.place(), e);
        }
    }

    /**
     * Loads a saved object of any class of a kind. Throws UserException if it is of another kind, before any code of
     * its class runs.
     */
    static <T> T load(String path, Class<T> kind, SparkSession spark) {
        Content content = Content.read(path, kind, spark);
        try {
            Class<?> type =
                    Class.forName(content.type(), false, Thread.currentThread().getContextClassLoader());
            if (!kind.isAssignableFrom(type)) {
                throw content.otherClass();
            }
            MLReader<?> reader = (MLReader<?>) type.getMethod("read").invoke(null);
            return kind.cast(reader.load(path));
        } catch (ReflectiveOperationException | LinkageError e) {
            UserException told = content.otherClass();
            told.addSuppressed(e);
            throw told;
        }
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
