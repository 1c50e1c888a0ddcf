package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmExamplesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a:b.txt", "a,b.txt", "a[1].txt"})
    void refusesNamesThatSparksLoaderCannotRead(String name) throws IOException {
        Files.writeString(folder.resolve(name), "0 1:1\n");
        UserException refusal =
                assertThrows(UserException.class, () -> LibsvmExamples.inspect(folder.toString(), new Configuration()));
        assertTrue(refusal.getMessage().startsWith("Expected a file whose path has none of : , "), refusal::getMessage);
    }
}
