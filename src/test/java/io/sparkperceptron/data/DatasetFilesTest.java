package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFilesTest {

    private static final Configuration CONFIGURATION = new Configuration();

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"-idxN-ubyte", ".idxN-ubyte", "-idxN-ubyte.gz", ".idxN-ubyte.gz"})
    void findsTheUsualNames(String name) throws IOException {
        String images = "train-images" + name.replace('N', '3');
        String labels = "t10k-labels" + name.replace('N', '1');
        Files.createFile(temporary.resolve(images));
        Files.createFile(temporary.resolve(labels));
        assertEquals("file:" + temporary.resolve(images), find(DatasetFiles.TRAIN_IMAGES));
        assertEquals("file:" + temporary.resolve(labels), find(DatasetFiles.TEST_LABELS));
    }

    @Test
    void prefersRawToGzippedFilesAndWholeFilesToParts() throws IOException {
        Files.createFile(temporary.resolve(DatasetFiles.TRAIN_IMAGES.part(0)));
        Files.createFile(temporary.resolve(DatasetFiles.TRAIN_IMAGES.part(1)));
        assertEquals("file:" + temporary + "/train-images-[0-9]*-idx3-ubyte", find(DatasetFiles.TRAIN_IMAGES));
        Files.createFile(temporary.resolve("train-images-idx3-ubyte.gz"));
        assertEquals("file:" + temporary + "/train-images-idx3-ubyte.gz", find(DatasetFiles.TRAIN_IMAGES));
        Files.createFile(temporary.resolve("train-images-idx3-ubyte"));
        assertEquals("file:" + temporary + "/train-images-idx3-ubyte", find(DatasetFiles.TRAIN_IMAGES));
    }

    @Test
    void partsHaveFiveDigits() {
        assertEquals("train-images-00012-idx3-ubyte", DatasetFiles.TRAIN_IMAGES.part(12));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                "No file t10k-labels-idx1-ubyte (or with .gz) in file:" + temporary,
                assertThrows(UserException.class, () -> find(DatasetFiles.TEST_LABELS))
                        .getMessage());
        String nowhere = temporary.resolve("nowhere").toString();
        assertEquals(
                "No folder file:" + nowhere,
                assertThrows(UserException.class, () -> DatasetFiles.TRAIN_LABELS.in(nowhere, CONFIGURATION))
                        .getMessage());
    }

    private String find(DatasetFiles file) {
        return file.in(temporary.toString(), CONFIGURATION);
    }
}
