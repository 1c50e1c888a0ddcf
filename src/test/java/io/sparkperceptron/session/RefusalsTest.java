package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Every refusal of a training leaves the results of an earlier one unchanged. */
class RefusalsTest extends SparkTest {

    @TempDir
    Path temporary;

    private Path output;
    private String good;
    private Map<Path, ByteBuffer> earlier;

    @BeforeEach
    void trainEarlier() throws IOException {
        output = temporary.resolve("out");
        good = text("0 1:1 2:3\n1 1:2 2:1\n2 1:4 2:1\n");
        train(libsvm(good, good), UnaryOperator.identity());
        earlier = files();
    }

    @Test
    void unreadableDataLeaveResultsUnchanged() throws IOException {
        refuse("No folder", DataSettings.images(temporary + "/nowhere", 0));
        Path images = TestImages.writeFolder(temporary.resolve("images"), 1200, 60, 6, 8);
        TestImages.write(images.resolve("train-labels-idx1-ubyte"), TestImages.labels(1200, 12));
        refuse("found 10", DataSettings.images(images.toString(), 0));
        TestImages.write(images.resolve("train-images-idx3-ubyte"), TestImages.images(1200, 8, 6, 1));
        refuse("images of one shape", DataSettings.images(images.toString(), 0));
        TestImages.write(images.resolve("train-images-idx3-ubyte"), new byte[10]);
        refuse("train-images-idx3-ubyte", DataSettings.images(images.toString(), 0));
        refuse("In line 2", libsvm(text("0 1:1\n1 1:one\n"), good));
        refuse("In line 2", libsvm(good, text("0 1:1\n1 1:NaN\n")));
        refuse("Expected at least one example", libsvm(text(""), good));
        refuse("expected one of the training set's labels", libsvm(text("0 1:1 2:1\n9 1:2\n"), good));
        refuse("In line 1", libsvm(good, text("0 3:1\n")));
    }

    @Test
    void unusableDataLeaveResultsUnchanged() throws IOException {
        String grid = "Expected features below 2^900 / ";
        String huge = text("0 1:1e308 2:3\n1 1:2 2:1\n");
        String two = text("0 1:1\n1 2:1\n");
        refuse(grid, libsvm(huge, two));
        refuse(grid, libsvm(two, huge));
        refuse(grid, libsvm(good, good).withClassWeighting(ClassWeighting.of("0:1e308")));
        refuse("found one for 7", libsvm(good, good).withClassWeighting(ClassWeighting.of("7:2")));
        refuse("above 0", libsvm(good, good).withClassWeighting(ClassWeighting.of("0:0,1:0,2:0")));
        refuse("3 training rows", new DataSettings(new DataSettings.LibsvmText(good, good), null, null, null, 3, 1));
        refuse("folds", libsvm(good, good).withFolds(4, 1));
        String wide = text("0 1:1\n1 4000000:1\n");
        refuse("of memory, found 4000000 features", libsvm(wide, wide), sweep -> sweep.rateRange(0.1, 1, 200));
    }

    @Test
    void unfitSettingsLeaveResultsUnchanged() throws IOException {
        refuse("above 0", libsvm(good, good), sweep -> sweep.rates(0));
        refuse("epochs", libsvm(good, good), sweep -> sweep.epochs(-1));
        refuse("exists", libsvm(good, good), sweep -> sweep.existing(Existing.REFUSED));
        refuse("runs", libsvm(good, good), sweep -> sweep.rates(7).existing(Existing.RESUMED));
        refuse("at most epoch 1", libsvm(good, good), sweep -> sweep.epochs(1).existing(Existing.RESUMED));
        String two = text("0 1:1\n1 2:1\n");
        refuse("found 2", libsvm(two, two), sweep -> sweep.existing(Existing.RESUMED));
        refuse("to start from", this::trainFromAnotherShape);
        Files.writeString(output.resolve("mine.txt"), "mine");
        earlier = files();
        refuse("found 'mine.txt'", libsvm(good, good));
    }

    private void refuse(String sentence, DataSettings settings) throws IOException {
        refuse(sentence, settings, UnaryOperator.identity());
    }

    private void refuse(String sentence, DataSettings settings, UnaryOperator<Sweep> options) throws IOException {
        refuse(sentence, () -> train(settings, options));
    }

    private void refuse(String sentence, Executable training) throws IOException {
        String message =
                assertThrows(RuntimeException.class, training, sentence).getMessage();
        assertTrue(message.contains(sentence), () -> sentence + ": " + message);
        Map<Path, ByteBuffer> now = files();
        assertEquals(earlier.keySet(), now.keySet(), message);
        assertEquals(earlier, now, message);
    }

    private void train(DataSettings settings, UnaryOperator<Sweep> options) {
        try (TrainingData data = TrainingData.load(session(), settings)) {
            options.apply(new Sweep(data).epochs(2)).train(output.toString());
        }
    }

    private void trainFromAnotherShape() throws InterruptedException {
        Start start = Start.at(new PerceptronModel(2, 1, new double[4]));
        TrainingPlan plan = new TrainingPlan(List.of(new Run(Loss.LOGISTIC, 0.5)), 2, start, StopRules.NONE);
        TrainingSettings settings = new TrainingSettings(plan, KernelChoice.AUTO, null, List.of());
        try (TrainingData data = TrainingData.load(session(), libsvm(good, good));
                OutputFolder folder =
                        new OutputFolder(output.toString(), Existing.REPLACED, spark().hadoopConfiguration())) {
            new TrainingSession(data, settings, folder).train(List.of(), () -> false);
        }
    }

    private Map<Path, ByteBuffer> files() throws IOException {
        Map<Path, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(output)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private String text(String lines) {
        Path file = temporary.resolve("text-" + Integer.toHexString(lines.hashCode()));
        return TestImages.write(file, lines.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static DataSettings libsvm(String train, String test) {
        return settings(new DataSettings.LibsvmText(train, test));
    }

    private static DataSettings settings(DataSettings.Location location) {
        return new DataSettings(location, null, null, null, 0, 1);
    }

    private static SparkSession session() {
        return SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
    }
}
