package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.analysis.McNemarTest;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.JsonFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of the page for made-up results. */
class PageContentTest {

    private static final ImageShape SMALL = new ImageShape(2, 3);

    @TempDir
    Path folder;

    @Test
    void describesTheTraining() {
        PageContent content = new PageData(MadeUpResults.in(folder, 3, 3, SMALL)).content();
        assertEquals("3 runs, logistic-1 to mse-1E+9", content.title());
        assertEquals(SMALL, content.image());
        assertEquals(1.0 / 255, content.factor());
        assertEquals(new PageContent.Rows(1000, 0, MadeUpResults.TEST_ROWS), content.rows());
        assertEquals(
                new PageContent.Stability(
                        20,
                        List.of(
                                new PageContent.PageLoss("logistic", 5, 0.4, false),
                                new PageContent.PageLoss(
                                        "mse",
                                        20 * Loss.MSE.largestCurvature(),
                                        2 / (20 * Loss.MSE.largestCurvature()),
                                        true))),
                content.stability());
        assertEquals("test", content.chooser());
        assertEquals(0, content.chosen());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, integers(content.epochs()));
        assertArrayEquals(new float[] {0.5f, 1, 1.5f, 2, 2.5f}, floats(content.seconds()), 1e-6f);
        assertEquals(
                List.of("Options", "Data", "Provenance"),
                content.facts().stream().map(PageFacts::name).toList());
        assertEquals(
                new PageFacts.Row("arguments", "train --epochs 4"),
                content.facts().get(0).rows().get(0));
    }

    @Test
    void describesEachRun() {
        PageContent content = new PageData(MadeUpResults.in(folder, 3, 3, SMALL)).content();
        PageRun run = content.runs().get(0);
        assertArrayEquals(
                new float[] {0.5f, 0.25f, 1 / 6f, 0.125f, 0.1f},
                floats(run.curves().get("test").error()),
                1e-6f);
        assertArrayEquals(
                new float[] {1, 0.5f, 1 / 3f, 0.25f, 0.2f},
                floats(run.curves().get("train").cost()),
                1e-6f);
        assertNull(run.curves().get("validation"));
        assertEquals(
                List.of("gradient norm", "penalty"),
                List.copyOf(run.quantities().keySet()));
        assertArrayEquals(new float[] {1, 1, 1, 1, 1}, floats(run.quantities().get("gradient norm")));
        assertEquals(content.stability().losses().get(0).rate(), run.bound());
        assertEquals(end(0.1), run.last().get("train"));
        assertNull(run.last().get("validation"));
        assertEquals(end(0.1), run.last().get("test"));
        assertEquals(new PageRun.Best(0.1, 4), run.best());
        assertEquals(4, run.lastFifth().from());
        assertEquals(0.1, run.lastFifth().low());
        assertEquals(0.1, run.lastFifth().high());
        assertArrayEquals(new float[] {0.1f}, floats(run.lastFifth().errors()));
        assertEquals(List.of(0.4, 0.3, 0.2, 0.15, 0.12, 0.1), content.thresholds());
        assertEquals(List.of(1, 1, 2, 3, 4, 4), run.reached());
        assertEquals("steady", run.verdict().kind().label());
        assertEquals(3 * (SMALL.pixels() + 1), floats(run.weights()).length);
        assertEquals(
                List.of(1, 2), run.film().stream().map(PageRun.Frame::epoch).toList());
        assertNull(run.doubling(), "of four epochs");
        assertNull(run.goal(), "without L-BFGS");
        assertEquals(new PageRun.Answers(3, 1, 0), run.measured().answers());
        assertEquals(List.of(70L, 70L, 70L), run.measured().yes());
        assertEquals(0, run.measured().stuck());
        List<Double> recalls = run.measured().recalls();
        assertEquals(0.9, recalls.get(0));
        assertEquals(1, recalls.get(1));
        assertNull(recalls.get(2), "of a class without examples");
        assertEquals(List.of(2, 1), run.measured().cells().get("1,1"));
    }

    @Test
    void theValidationErrorOfASettingInFoldsIsTheirMean() {
        PageContent content = new PageData(MadeUpResults.inFolds(folder, 3, 3, SMALL, 3)).content();
        assertEquals(3, content.folds());
        assertEquals("validation", content.chooser());
        assertEquals(3, content.runs().size());
        PageRun run = content.runs().get(0);
        assertArrayEquals(
                new float[] {0.51f, 0.26f, 1 / 6f + 0.01f, 0.135f, 0.11f},
                floats(run.curves().get("validation").error()),
                1e-6f);
        assertEquals(0.11, run.last().get("validation").error(), 1e-12);
        assertEquals(0.11, run.best().error(), 1e-12);
        assertEquals(0.01 / Math.sqrt(3), run.margin(), 1e-12);
        float error = (float) (0.01 / Math.sqrt(3));
        assertArrayEquals(new float[] {error, error, error, error, error}, floats(run.band()), 1e-7f);
        assertNull(content.runs().get(2).last().get("validation").error());
        assertEquals(2, run.film().size());
    }

    @Test
    void aRunThatDivergedHasCurvesAlone() {
        PageRun run = new PageData(MadeUpResults.in(folder, 2, 3, SMALL))
                .content()
                .runs()
                .get(1);
        assertEquals("diverged", run.verdict().kind().label());
        assertArrayEquals(
                new float[] {1.8f, Float.POSITIVE_INFINITY},
                floats(run.curves().get("train").cost()),
                1e-6f);
        assertNull(run.last().get("train").cost(), "infinite");
        assertNull(run.measured());
        assertNull(run.weights());
        assertNull(run.doubling());
        assertEquals(List.of(), run.film());
    }

    @Test
    void aRunOfLbfgsHasNoRate() {
        PageContent content = new PageData(MadeUpResults.ofLbfgs(folder, true, 3, SMALL)).content();
        PageRun run = content.runs().get(1);
        assertEquals("logistic-lbfgs", run.name());
        assertNull(run.rate());
        assertNull(run.momentum());
        assertNull(run.bound());
        assertEquals(Float.POSITIVE_INFINITY, floats(run.curves().get("train").cost())[2], "a step that was rejected");
        assertEquals(Verdict.Kind.STEADY, run.verdict().kind());
        assertEquals(
                "In 1 of 4 epochs the training cost was above its least so far.",
                run.verdict().reason());
        assertEquals(end(0.101), run.last().get("test"));
        assertEquals(List.of(), run.measured().lines());
        JsonNode json = JsonFile.tree(content).path("runs").get(1);
        assertTrue(json.get("rate").isNull()
                && json.get("momentum").isNull()
                && json.get("bound").isNull());
        assertFalse(JsonFile.compact(content).contains("NaN"));
        assertEquals(1.0, content.runs().get(0).rate());
        assertEquals(0.4, content.runs().get(0).bound(), 1e-12);
    }

    @Test
    void everyTwoRunsAreComparedByMcNemarsTest() {
        PageComparison comparison =
                new PageData(MadeUpResults.in(folder, 4, 3, SMALL)).content().comparison();
        // The fourth run has diverged.
        assertEquals(List.of(0, 1, 2), comparison.runs());
        assertArrayEquals(new int[] {0, 600, 2, 550, 0, 2, 15, 15, 0}, integers(comparison.onlyFirstWrong()));
        float many = (float) new McNemarTest(600, 550).pValue();
        float few = (float) new McNemarTest(2, 15).pValue();
        assertArrayEquals(new float[] {1, many, few, many, 1, few, few, few, 1}, floats(comparison.pValues()));
        float[] chiSquares = floats(comparison.chiSquares());
        // (|600 - 550| - 1)^2 / 1150
        assertEquals(49 * 49 / 1150f, chiSquares[1], 1e-6);
        assertEquals(chiSquares[1], chiSquares[3]);
        assertTrue(Float.isNaN(chiSquares[2]), "an exact test");
    }

    @Test
    void withVeryManyRunsOnlyTheBestAreCompared() {
        PageComparison comparison =
                PageComparison.of(MadeUpResults.withoutWeights(folder, 300, 1, new ImageShape(1, 1)));
        assertEquals(IntStream.range(0, 250).boxed().toList(), comparison.runs());
        assertEquals(250 * 250, floats(comparison.pValues()).length);
    }

    @Test
    void weightsAreLeftOutWhereThereIsNoRoomForThem() {
        PageContent content = new PageData(MadeUpResults.in(folder, 12, 100, new ImageShape(28, 28))).content();
        List<PageRun> runs = content.runs();
        assertFalse(runs.get(0).weights() == null, "of the best run");
        assertNull(runs.get(10).weights(), "of the worst run");
        long length = JsonFile.compact(content).length();
        assertTrue(length < 3_800_000, length + " characters");
    }

    @Test
    void theSampleHasAsManyImagesAsThePageHasRoomFor() {
        PageContent.Sample all = new PageData(MadeUpResults.in(folder.resolve("all"), 2, 3, SMALL))
                .content()
                .sample();
        assertEquals(MadeUpResults.TRAINING_SAMPLE, all.trainingLabels().size());
        assertEquals(MadeUpResults.TEST_SAMPLE, all.testLabels().size());
        assertEquals(List.of(0, 1, 2, 0), all.trainingLabels().subList(0, 4));
        Outcome larger = MadeUpResults.in(folder.resolve("larger"), 2, 3, new ImageShape(20, 20));
        PageContent.Sample some = new PageData(larger).content().sample();
        assertTrue(some.sheet().png().length() <= 130_000, "room");
        int training = some.trainingLabels().size();
        assertTrue(training >= 100 && training < MadeUpResults.TRAINING_SAMPLE, training + " images");
        ImageSheet sheet = larger.sample().orElseThrow();
        int third = 2 * MadeUpResults.TRAINING_SAMPLE / training;
        assertEquals(third % 3, some.trainingLabels().get(2));
        assertArrayEquals(sheet.image(third), sheet.only(List.of(0, 1, third)).image(2));
    }

    @Test
    void thereIsNoSampleWhereThePageHasRoomForFewImages() {
        assertNull(new PageData(MadeUpResults.in(folder, 2, 3, new ImageShape(32, 32)))
                .content()
                .sample());
    }

    @Test
    void hasTheNamesThatTheScriptsRead() {
        Outcome outcome = MadeUpResults.in(folder, 2, 3, SMALL);
        JsonNode json = JsonFile.tree(new PageData(outcome).content());
        assertEquals(2, json.path("image").path("height").asInt());
        assertEquals(3, json.path("shown").path("width").asInt());
        assertEquals(40, json.path("curvatureRows").asInt());
        JsonNode run = json.path("runs").get(0);
        assertEquals("EPOCHS", run.path("ending").asText());
        assertTrue(run.path("interval").path("low").isDouble());
        assertEquals(
                1.5,
                run.path("measured").path("curvature").get(1).path("largest").asDouble());
        JsonNode line = run.path("measured").path("lines").get(0);
        assertEquals(PageBytes.floats(new double[] {1, 0.5}), line.path("costs").asText());
        assertEquals(
                PageBytes.floats(new double[] {0, 0.125}),
                line.path("deviations").asText());
        assertEquals(1, line.path("before").asDouble());
        assertEquals(0.625, line.path("after").asDouble());
        assertEquals(2, line.path("longest").asDouble());
        assertEquals(20, json.path("lineRows").asInt());
        assertTrue(run.has("cycle"));
        assertSheet(40, json.path("examples").path("sheet"));
        assertSheet(3, json.path("classMeans"));
        assertSheet(40, json.path("sample").path("sheet"));
        assertEquals(1, json.path("sample").path("testLabels").get(1).asInt());
        assertTrue(json.path("sample").path("classWeights").isNull());
    }

    private static void assertSheet(int columns, JsonNode sheet) {
        assertEquals(columns, sheet.path("columns").asInt());
        assertTrue(sheet.path("png").asText().startsWith("data:image/png;base64,"));
    }

    private static PageRun.AtEnd end(double error) {
        return new PageRun.AtEnd(2 * error, error);
    }

    private static float[] floats(String text) {
        ByteBuffer bytes = bytes(text);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static int[] integers(String text) {
        ByteBuffer bytes = bytes(text);
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
