package io.sparkperceptron.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparkperceptron.gradient.RowScores;
import io.sparkperceptron.model.FeatureFactors;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.model.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In ONNX Runtime. */
class OnnxModelTest {

    private static final int CLASSES = 3;
    private static final int FEATURES = 12;
    private static final int ROWS = 50;

    @ParameterizedTest
    @EnumSource(FeatureScaling.class)
    void scoresAndLabelsAreThoseOfTheModel(FeatureScaling scaling) throws OrtException {
        Random random = new Random(1);
        FeatureFactors factors = scaling == FeatureScaling.STANDARD
                ? FeatureFactors.of(random.doubles(FEATURES, 0.1, 3).toArray())
                : FeatureFactors.NONE;
        ModelFiles.Stored stored =
                new ModelFiles.Stored(description(scaling, List.of(-1, 4, 7), null), model(random), factors);
        double[][] rows = new double[ROWS][FEATURES];
        for (int i = 1; i < ROWS; i++) {
            rows[i] = random.doubles(FEATURES, -2, 2).toArray();
        }
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(OnnxModel.of(stored));
                OnnxTensor input = OnnxTensor.createTensor(runtime, rows);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            double[][] scores = (double[][]) result.get("scores").orElseThrow().getValue();
            long[] labels = (long[]) result.get("label").orElseThrow().getValue();
            Weights weights = Weights.of(List.of(stored.ofUnscaled()));
            int[] all = IntStream.range(0, FEATURES).toArray();
            for (int i = 0; i < ROWS; i++) {
                double[] z = RowScores.of(weights, all, rows[i], scaling.factor(rows[i], 0, FEATURES));
                int best = 0;
                for (int c = 0; c < CLASSES; c++) {
                    assertEquals(Sigmoid.sigmoid(z[c]), scores[i][c], 1e-14);
                    best = z[c] > z[best] ? c : best;
                }
                assertEquals(List.of(-1, 4, 7).get(best).longValue(), labels[i]);
            }
        }
    }

    @Test
    void namesOfClassesComeAsTexts() throws OrtException {
        ModelFiles.Stored stored = new ModelFiles.Stored(
                description(FeatureScaling.NONE, List.of("cat", "dog", "größe"), null),
                model(new Random(3)),
                FeatureFactors.NONE);
        double[][] rows = {new Random(4).doubles(FEATURES).toArray()};
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        try (OrtSession session = runtime.createSession(OnnxModel.of(stored));
                OnnxTensor input = OnnxTensor.createTensor(runtime, rows);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            double[] scores = ((double[][]) result.get("scores").orElseThrow().getValue())[0];
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            assertArrayEquals(new String[] {List.of("cat", "dog", "größe").get(best)}, (String[])
                    result.get("label").orElseThrow().getValue());
        }
    }

    @Test
    void imagesComeAsTheyAreAndSayWhereTheModelIsFrom() throws OrtException {
        ModelFiles.Stored stored = new ModelFiles.Stored(
                description(FeatureScaling.PIXEL, null, 4), model(new Random(2)), FeatureFactors.NONE);
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        byte[] bytes = OnnxModel.of(stored);
        assertArrayEquals(bytes, OnnxModel.of(stored));
        try (OrtSession session = runtime.createSession(bytes);
                OnnxTensor input = OnnxTensor.createTensor(runtime, new float[2][3][4]);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            assertEquals(2, ((long[]) result.get("label").orElseThrow().getValue()).length);
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertEquals("mse-0.5", metadata.get("run"));
            assertEquals("abc", metadata.get("data_fingerprint"));
            assertEquals(stored.model().fingerprint(), metadata.get("weights_fingerprint"));
            assertEquals("spark-perceptron", session.getMetadata().getProducerName());
        }
    }

    private static PerceptronModel model(Random random) {
        return new PerceptronModel(
                CLASSES,
                FEATURES,
                random.doubles(CLASSES * (FEATURES + 1), -1, 1).toArray());
    }

    private static ModelDescription description(FeatureScaling scaling, List<?> labels, Integer width) {
        return new ModelDescription(
                "mse-0.5",
                "mse",
                List.of(0.5, 0.0, 0.0),
                9,
                CLASSES,
                labels,
                FEATURES,
                null,
                scaling.label(),
                width == null ? null : new ImageShape(FEATURES / width, width),
                "abc",
                "1.0");
    }
}
