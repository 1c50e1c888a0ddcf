package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.zeppelin.NoteImport;
import io.sparkperceptron.zeppelin.ShippedNote;
import io.sparkperceptron.zeppelin.Zeppelin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit/import-notebooks.sh} fills in the paths of the notes and calls this command. */
@Command(
        name = "import-notes",
        description = "Imports the notes of a folder into a running Zeppelin, or updates them there."
                + " ZEPPELIN_USER and ZEPPELIN_PASSWORD log in.")
final class ImportNotesCommand extends PrintingCommand implements Runnable {

    @Parameters(paramLabel = "URL", description = "such as http://localhost:8080")
    private String url;

    @Option(names = "--notes", paramLabel = "FOLDER", required = true, description = "folder of the notes, *.zpln")
    private Path notes;

    @Override
    public void run() {
        Zeppelin zeppelin = new Zeppelin(url);
        List<Path> files = files();
        String user = System.getenv("ZEPPELIN_USER");
        if (user != null && !user.isEmpty()) {
            zeppelin.logIn(user, System.getenv().getOrDefault("ZEPPELIN_PASSWORD", ""));
        }
        NoteImport to = new NoteImport(zeppelin);
        Set<String> failures = new LinkedHashSet<>();
        for (Path file : files) {
            try {
                out().println(to.bring(ShippedNote.read(file)));
            } catch (UserException e) {
                // The other notes may succeed.
                failures.add(e.getMessage());
            }
        }
        if (!failures.isEmpty()) {
            throw new UserException(String.join("; ", failures));
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(notes)) {
            List<Path> found = all.filter(file -> file.toString().endsWith(".zpln"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new UserException("Expected notes, *.zpln, in the folder " + notes + ", found none");
            }
            return found;
        } catch (IOException e) {
            throw new UserException("Cannot list " + notes + ": " + UserException.reason(e), e);
        }
    }
}
