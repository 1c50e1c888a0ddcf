package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFilesTest {

    private static final double[] WEIGHTS = {1, -0.0, 0.1, Math.PI, Double.MIN_VALUE, -1e308};
    private static final PerceptronModel MODEL = new PerceptronModel(2, 2, WEIGHTS);
    private static final ModelDescription DESCRIPTION = description(null, null, "pixel");

    @TempDir
    Path temporary;

    private Folder folder;

    @BeforeEach
    void save() {
        folder = Folder.at(temporary.toString(), new Configuration());
        ModelFiles.save(DESCRIPTION, MODEL, FeatureFactors.NONE, folder);
    }

    private static ModelDescription description(List<?> labels, List<String> featureNames, String scaling) {
        return new ModelDescription(
                "mse-10",
                "mse",
                List.of(10.0, 0.001, 0.9),
                7,
                2,
                labels,
                2,
                featureNames,
                scaling,
                new ImageShape(1, 2),
                "ab12",
                "1");
    }

    @Test
    void readsBackTheSameBits() {
        ModelFiles.Stored stored = ModelFiles.load(folder);
        assertEquals(DESCRIPTION, stored.description());
        assertArrayEquals(WEIGHTS, stored.model().toArray());
    }

    @Test
    void modelsKeepTheLabelsOfTheirClassesUnlessTheyAreNumbers() throws IOException {
        assertFalse(Files.readString(temporary.resolve("model.json")).contains("labels"));
        assertEquals(ClassLabels.upTo(2), ModelFiles.load(folder).description().classLabels());
        ModelFiles.save(description(List.of(-1, 1), null, "pixel"), MODEL, FeatureFactors.NONE, folder);
        assertEquals(
                ClassLabels.of(2, List.of(-1, 1)),
                ModelFiles.load(folder).description().classLabels());
    }

    @Test
    void modelsKeepTheNamesOfTheirFeaturesIfThereAreAny() throws IOException {
        assertFalse(Files.readString(temporary.resolve("model.json")).contains("featureNames"));
        assertNull(ModelFiles.load(folder).description().featureNames());
        List<String> names = List.of("left", "<b>\"\u0000\n\u202e");
        ModelFiles.save(description(null, names, "pixel"), MODEL, FeatureFactors.NONE, folder);
        assertEquals(names, ModelFiles.load(folder).description().featureNames());
        for (List<String> others : List.of(List.of("one"), List.of("a", "b", "c"), Arrays.asList("a", null))) {
            assertThrows(IllegalArgumentException.class, () -> description(null, others, "pixel"));
        }
    }

    @Test
    void modelsOfStandardScalingKeepTheirFactors() throws IOException {
        assertEquals(FeatureFactors.NONE, ModelFiles.load(folder).factors());
        FeatureFactors factors = FeatureFactors.of(new double[] {1e-9, 0.1});
        ModelFiles.save(description(null, null, "standard"), MODEL, factors, folder);
        ModelFiles.Stored stored = ModelFiles.load(folder);
        assertEquals(factors, stored.factors());
        assertArrayEquals(WEIGHTS, stored.model().toArray());
        assertArrayEquals(
                new double[] {1e-9, -0.0, 0.1, Math.PI * 1e-9, Double.MIN_VALUE * 0.1, -1e308},
                stored.ofUnscaled().toArray());
        byte[] bytes = Files.readAllBytes(temporary.resolve("factors.npy"));
        bytes[bytes.length - 1] |= (byte) 0x80;
        Files.write(temporary.resolve("factors.npy"), bytes);
        assertEquals(
                "In file:" + temporary + "/factors.npy: expected finite factors above 0, got -0.1",
                assertThrows(UserException.class, () -> ModelFiles.load(folder)).getMessage());
    }

    @Test
    void numpyCanReadTheWeights() throws IOException {
        byte[] bytes = Files.readAllBytes(temporary.resolve("weights.npy"));
        String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
        assertEquals('\n', header.charAt(117));
        assertEquals(118, bytes[8]);
        assertEquals(128 + 6 * 8, bytes.length);
    }

    @Test
    void refusesTruncatedWeights() throws IOException {
        byte[] bytes = Files.readAllBytes(temporary.resolve("weights.npy"));
        for (int length : new int[] {0, 5, 9, 60, 128, bytes.length - 1}) {
            Files.write(temporary.resolve("weights.npy"), Arrays.copyOf(bytes, length));
            String message = assertThrows(UserException.class, () -> ModelFiles.load(folder))
                    .getMessage();
            assertTrue(message.contains("weights.npy"), message);
        }
    }

    @Test
    void refusesWeightsOfAnotherShapeOrType() throws IOException {
        byte[] bytes = Files.readAllBytes(temporary.resolve("weights.npy"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.writeString(temporary.resolve("weights.npy"), text.replace("<f8", "<f4"), StandardCharsets.ISO_8859_1);
        String type =
                assertThrows(UserException.class, () -> ModelFiles.load(folder)).getMessage();
        assertTrue(type.contains("<f4"), type);
        Files.writeString(
                temporary.resolve("weights.npy"), text.replace("(2, 3)", "(3, 2)"), StandardCharsets.ISO_8859_1);
        String shape =
                assertThrows(UserException.class, () -> ModelFiles.load(folder)).getMessage();
        assertTrue(shape.contains("found 3 x 2"), shape);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"classes\" : 2|\"classes\" : 0|classes",
                "\"classes\" : 2|\"classes\" : null|classes",
                "\"pixel\"|\"pixels\"|pixels",
                "\"mse\"|\"hinge\"|hinge",
                "10.0|-1|learningRate",
                "\"imageHeight\" : 1|\"imageHeight\" : 3|imageHeight",
                "{|[|model.json"
            })
    void refusesADamagedDescription(String from, String to, String named) throws IOException {
        Path file = temporary.resolve("model.json");
        Files.writeString(file, Files.readString(file).replaceFirst(java.util.regex.Pattern.quote(from), to));
        String message =
                assertThrows(UserException.class, () -> ModelFiles.load(folder)).getMessage();
        assertTrue(message.contains(named) && message.contains("model.json"), message);
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(temporary.resolve("weights.npy"));
        String message =
                assertThrows(UserException.class, () -> ModelFiles.load(folder)).getMessage();
        assertTrue(message.startsWith("No file file:") && message.endsWith("weights.npy"), message);
    }
}
