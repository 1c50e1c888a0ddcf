package io.sparkperceptron.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    @TempDir
    Path temporary;

    @Test
    void writesAndReplacesWithoutLeftovers() throws IOException {
        Folder folder = folder("new");
        folder.write("a.txt", "one");
        folder.write("a.txt", "two");
        assertEquals("two", Files.readString(temporary.resolve("new/a.txt")));
        assertEquals(List.of("a.txt"), folder.names());
    }

    @Test
    void aFailedWriteKeepsTheEarlierFile() {
        Folder folder = folder("new");
        folder.write("a.txt", "one");
        UserException failure = assertThrows(
                UserException.class,
                () -> folder.write("a.txt", out -> {
                    out.write('t');
                    throw new IOException("No space left on device");
                }));
        assertTrue(failure.getMessage().endsWith("new/a.txt: No space left on device"), failure.getMessage());
        assertEquals("one", new String(folder.read("a.txt", 100), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(List.of("a.txt"), folder.names());
    }

    @Test
    void probingLeavesNoTrace() {
        folder("a/b/c").requireWritable();
        assertFalse(Files.exists(temporary.resolve("a")));
    }

    @Test
    void refusesToWriteIntoAFile() throws IOException {
        Files.writeString(temporary.resolve("file"), "x");
        UserException failure =
                assertThrows(UserException.class, () -> folder("file/sub").requireWritable());
        assertTrue(failure.getMessage().startsWith("Cannot write to file:"), failure.getMessage());
    }

    @Test
    void refusesToReadMoreThanAllowed() {
        Folder folder = folder("new");
        folder.write("a.txt", "too long");
        assertThrows(UserException.class, () -> folder.read("a.txt", 3));
    }

    @Test
    void namesAnUnknownScheme() {
        UserException failure =
                assertThrows(UserException.class, () -> Folder.at("nosuch://host/x", new Configuration()));
        assertTrue(failure.getMessage().contains("nosuch"), failure.getMessage());
    }

    private Folder folder(String name) {
        return Folder.at(temporary.resolve(name).toString(), new Configuration());
    }

    @Test
    void permissionsFollowHadoopsUmask(@TempDir Path scratch) throws IOException {
        Configuration configuration = new Configuration(false);
        configuration.set("fs.permissions.umask-mode", "027");
        Folder.at(scratch.resolve("made").toUri().toString(), configuration).write("file", "text");
        assertEquals("rwxr-x---", permissions(scratch.resolve("made")));
        assertEquals("rw-r-----", permissions(scratch.resolve("made/file")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
