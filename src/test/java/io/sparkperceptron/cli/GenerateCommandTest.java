package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, and a training on its images. */
class GenerateCommandTest extends CommandTest {

    private static final int CLASSES = 8;

    @Override
    @BeforeEach
    void writeData() {
        data = TestImages.writeFolder(temporary.resolve("data"), 1100, 400, CLASSES, 9);
    }

    @Test
    void writesTheOriginalsAndThenDistortedCopiesInParts() throws IOException {
        Path many = generate("many", "--times", "2.5");
        assertEquals("2750 training images in 3 part(s), and 400 test images, are in file:" + many + "\n", printed);
        assertArrayEquals(
                Files.readAllBytes(data.resolve("train-images-idx3-ubyte")),
                Files.readAllBytes(many.resolve("train-images-00000-idx3-ubyte")));
        assertArrayEquals(
                Files.readAllBytes(data.resolve("t10k-labels-idx1-ubyte")),
                Files.readAllBytes(many.resolve("t10k-labels-00000-idx1-ubyte")));
        byte[] originals = Files.readAllBytes(data.resolve("train-images-idx3-ubyte"));
        byte[] copies = Files.readAllBytes(many.resolve("train-images-00001-idx3-ubyte"));
        assertEquals(originals.length, copies.length);
        assertFalse(Arrays.equals(originals, copies));
        byte[] half = Files.readAllBytes(many.resolve("train-labels-00002-idx1-ubyte"));
        assertEquals(550, ByteBuffer.wrap(half).getInt(4));
        assertEquals(8 + 550, half.length);
        // Copies are similar to their originals, but differ from each other.
        byte[] moreCopies = Files.readAllBytes(many.resolve("train-images-00002-idx3-ubyte"));
        double toOriginal = 0;
        double toNext = 0;
        for (int i = 16; i < moreCopies.length; i++) {
            toOriginal += Math.abs((copies[i] & 0xFF) - (originals[i] & 0xFF));
            toNext +=
                    Math.abs((copies[i] & 0xFF) - (originals[16 + (i + 9 * CLASSES) % (originals.length - 16)] & 0xFF));
        }
        assertTrue(toOriginal > 0 && toOriginal < 0.7 * toNext, toOriginal + " " + toNext);
    }

    @Test
    void theSameSeedGivesTheSameBytesForAnyPartitioning() throws IOException {
        Path one = generate("one", "--times", "4", "--seed", "7", "--partitions", "1");
        Path three = generate("three", "--times", "4", "--seed", "7", "--partitions", "3");
        Path other = generate("other", "--times", "4", "--seed", "8");
        for (int part = 0; part < 4; part++) {
            String name = "train-images-0000" + part + "-idx3-ubyte";
            assertEquals(-1, Files.mismatch(one.resolve(name), three.resolve(name)));
            assertEquals(part == 0, Files.mismatch(one.resolve(name), other.resolve(name)) == -1);
        }
    }

    @Test
    @Tag("thorough")
    void trainingTakesThePartsFromAFolderOrByGlobs() throws IOException {
        Path many = generate("many", "--times", "3");
        assertEquals(
                0,
                run("train", "--data", many.toString(), "--epochs", "3", "--output", temporary + "/a"),
                () -> errors);
        assertEquals(
                0,
                run(
                        "train",
                        "--train-images",
                        many + "/train-images-*",
                        "--train-labels",
                        many + "/train-labels-*",
                        "--test-images",
                        data + "/t10k-images-idx3-ubyte",
                        "--test-labels",
                        data + "/t10k-labels-idx1-ubyte",
                        "--partitions",
                        "3",
                        "--epochs",
                        "3",
                        "--output",
                        temporary + "/b"),
                () -> errors);
        String weights = "models/logistic-0.5/weights.npy";
        assertEquals(
                -1,
                Files.mismatch(
                        temporary.resolve("a").resolve(weights),
                        temporary.resolve("b").resolve(weights)));
        String record = Files.readString(temporary.resolve("b/run.json"));
        assertTrue(record.contains("\"rows\" : 3300"), record);
        assertTrue(record.contains("train-images-00000-idx3-ubyte and 2 more"), record);
    }

    @Test
    void partsThatDoNotFitEachOtherAreTold() throws IOException {
        Path many = generate("many", "--times", "2");
        Files.delete(many.resolve("train-labels-00001-idx1-ubyte"));
        assertEquals(1, run("train", "--data", many.toString(), "--output", temporary + "/a"));
        assertTrue(errors.contains("Expected as many files of labels as of images, found 2 for "), errors);
        TestImages.write(many.resolve("train-labels-00001-idx1-ubyte"), TestImages.labels(1099, CLASSES));
        assertEquals(1, run("train", "--data", many.toString(), "--output", temporary + "/a"));
        assertTrue(errors.contains("Expected as many labels as images, found 1100 images in "), errors);
        TestImages.write(many.resolve("train-labels-00001-idx1-ubyte"), TestImages.labels(1100, CLASSES));
        TestImages.write(many.resolve("train-images-00001-idx3-ubyte"), TestImages.images(1100, CLASSES, 10, 1));
        assertEquals(1, run("train", "--data", many.toString(), "--output", temporary + "/a"));
        assertTrue(errors.contains("Expected images of one shape, found 8x9 pixels in "), errors);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 'expected a number above 0 (--times), got 0'",
        "NaN, 2, 'expected a number above 0 (--times), got NaN'",
        "1e-9, 1, 'Expected from 1 image to 100000 times the 1100'",
        "1e9, 1, 'Expected from 1 image to 100000 times the 1100'"
    })
    void refusesNumbersThatMakeNoSense(String times, int code, String sentence) {
        Path output = temporary.resolve("many");
        assertEquals(code, run("generate", "--data", data.toString(), "--times", times, "--output", output.toString()));
        assertTrue(errors.startsWith("error: " + sentence), errors);
        assertFalse(Files.exists(output));
    }

    @Test
    void neverWritesIntoAFolderThatIsThere() {
        assertEquals(1, run("generate", "--data", data.toString(), "--output", data.toString()));
        assertTrue(errors.startsWith("error: Expected a new folder for the images, but file:" + data), errors);
        assertEquals(2, run("generate", "--data", data.toString()));
        assertEquals(
                List.of("error: Missing required option: '--output=DIR'"),
                errors.lines().limit(1).toList());
    }

    private Path generate(String name, String... options) {
        Path output = temporary.resolve(name);
        String[] arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 5, options.length);
        System.arraycopy(
                new String[] {"generate", "--data", data.toString(), "--output", output.toString()},
                0,
                arguments,
                0,
                5);
        assertEquals(0, run(arguments), () -> errors);
        return output;
    }
}
