package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.FolderLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    @TempDir
    Path temporary;

    /** Two trainings took over a stale lock. The one that lost it has not noticed yet. */
    @Test
    void aTrainingThatLostTheLockRemovesNothing() throws Exception {
        Path checkpoint = temporary.resolve("checkpoints/epoch-000100/weights.npy");
        Files.createDirectories(checkpoint.getParent());
        Files.writeString(checkpoint, "x");
        Files.writeString(temporary.resolve("run.json"), "{}");
        Files.writeString(temporary.resolve("summary.csv"), "y");
        List<Path> before = files();
        try (OutputFolder folder = new OutputFolder(temporary.toString(), Existing.REPLACED, new Configuration())) {
            Files.writeString(
                    temporary.resolve(FolderLock.NAME), "far-away/x 1 00000000-0000-0000-0000-000000000000 17");
            UserException refused = assertThrows(UserException.class, () -> folder.begin(null, null, -1));
            assertTrue(refused.getMessage().contains("(process 1 on far-away)"), refused.getMessage());
            assertThrows(UserException.class, () -> folder.folder().write("run.json", "mine"));
        }
        Files.delete(temporary.resolve(FolderLock.NAME));
        assertEquals(before, files());
        assertEquals("{}", Files.readString(temporary.resolve("run.json")));
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(temporary)) {
            return all.sorted().toList();
        }
    }
}
