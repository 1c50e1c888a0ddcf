package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.util.MLWritable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved estimators and models of the wrong kind, by mistake or on purpose. */
class SavedParamsTest extends MlTest {

    @TempDir
    Path folder;

    /** The loader of each kind. */
    private static final Map<String, Function<String, Object>> LOADERS = Map.of(
            "PerceptronClassifier", PerceptronClassifier::load,
            "PerceptronClassificationModel", PerceptronClassificationModel::load,
            "PerceptronCrossValidator", PerceptronCrossValidator::load,
            "PerceptronCrossValidatorModel", PerceptronCrossValidatorModel::load);

    @Test
    void comparesTheClassBeforeCreatingObjects() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim.txt"), "kept");
        saveAll();
        for (String kind : LOADERS.keySet()) {
            for (String saved : LOADERS.keySet()) {
                if (!saved.equals(kind)) {
                    assertEquals(
                            "Expected a saved " + kind + " in " + place(saved)
                                    + ", found one of the class 'io.sparkperceptron.ml." + saved
                                    + "'; load it with the class that it was saved from",
                            failure(kind, saved));
                }
            }
        }
        for (String kind : LOADERS.keySet()) {
            String whole = metadata(kind);
            // Spark's reader would call new FileOutputStream(uid), which empties the file.
            overwrite(
                    kind,
                    whole.replace("io.sparkperceptron.ml." + kind, "java.io.FileOutputStream")
                            .replaceFirst("\"uid\":\"[^\"]*\"", "\"uid\":\"" + victim + "\""));
            assertTrue(failure(kind, kind).contains(", found one of the class 'java.io.FileOutputStream'; "));
            overwrite(kind, whole.replaceFirst("\"class\":", "\"other\":"));
            assertTrue(failure(kind, kind).contains(", found no name of a class in its metadata; "));
            overwrite(kind, whole.replaceFirst("\\}$", ",\"deep\":" + "[".repeat(1500) + "]".repeat(1500) + "}"));
            assertTrue(failure(kind, kind).endsWith(", found: it is nested more than 200 deep"));
            overwrite(kind, "{");
            assertTrue(failure(kind, kind).startsWith("Expected a saved " + kind + " as JSON in file:"));
            overwrite(kind, "");
            assertTrue(failure(kind, kind).startsWith("Expected a saved " + kind + " in file:"));
            overwrite(kind, whole.replaceFirst("\"paramMap\":\\{[^{}]*\\}", "\"paramMap\":{\"nosuch\":1}"));
            assertTrue(failure(kind, kind).startsWith("The params in file:"), failure(kind, kind));
            overwrite(kind, whole.replaceFirst("\"timestamp\":\\d+", "\"timestamp\":\"now\""));
            assertTrue(failure(kind, kind).startsWith("The params in file:"));
            overwrite(kind, whole.replaceFirst("\"uid\":\"[^\"]*\"", "\"uid\":null"));
            assertTrue(failure(kind, kind).endsWith(" are unusable: expected a uid"));
            overwrite(kind, whole);
            assertNotNull(LOADERS.get(kind).apply(place(kind)));
        }
        assertEquals("kept", Files.readString(victim));
        String nothing = folder.resolve("nothing").toString();
        for (String kind : LOADERS.keySet()) {
            assertEquals(
                    "Expected a saved " + kind + " in " + nothing + ", found no metadata there",
                    assertThrows(UserException.class, () -> LOADERS.get(kind).apply(nothing))
                            .getMessage());
        }
    }

    @Test
    void damagedMapsOfACrossValidatorAreRefused() throws IOException {
        String kind = "PerceptronCrossValidator";
        new PerceptronCrossValidator().save(place(kind));
        Path maps = folder.resolve(kind + "/estimator-param-maps.json");
        for (String map : List.of("{\"nosuch\":1}", "{\"maxIter\":\"x\"}", "{\"maxIter\":-1}", "{\"loss\":1}")) {
            overwrite(maps, "[" + map + "]");
            String failure = failure(kind, kind);
            assertTrue(
                    failure.startsWith("The params in file:") && failure.contains(maps.getFileName() + " are unusable"),
                    map + ": " + failure);
        }
        overwrite(maps, "[{");
        assertTrue(failure(kind, kind).startsWith("Expected the maps of a cross-validation "));
        overwrite(maps, "[{\"maxIter\":7}]");
        assertEquals(1, PerceptronCrossValidator.load(place(kind)).getEstimatorParamMaps().length);
    }

    private void saveAll() throws IOException {
        PerceptronClassifier classifier = new PerceptronClassifier().setMaxIter(1);
        PerceptronCrossValidator validator =
                new PerceptronCrossValidator().setEstimator(classifier).setNumFolds(2);
        PerceptronCrossValidatorModel chosen = validator.fit(rows(40, 1));
        for (MLWritable saved : List.of(classifier, (MLWritable) chosen.bestModel(), validator, chosen)) {
            saved.save(place(saved.getClass().getSimpleName()));
        }
    }

    private String place(String kind) {
        return folder.resolve(kind).toString();
    }

    private String metadata(String kind) throws IOException {
        return Files.readString(file(kind)).strip();
    }

    private void overwrite(String kind, String metadata) throws IOException {
        overwrite(file(kind), metadata);
    }

    private static void overwrite(Path file, String text) throws IOException {
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.writeString(file, text);
    }

    private Path file(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(kind + "/metadata"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String failure(String kind, String saved) {
        return assertThrows(UserException.class, () -> LOADERS.get(kind).apply(place(saved)))
                .getMessage();
    }
}
