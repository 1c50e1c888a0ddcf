package io.sparkperceptron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What the check left out for want of something on this machine. The build clears the list at its start, and prints it at its end. */
public final class LeftOut {

    private LeftOut() {}

    /** Puts a line on the list, such as "the page in a browser (no chromium)". */
    public static void add(String line) {
        try {
            Files.writeString(file(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints the list as one line. */
    public static void main(String[] arguments) throws IOException {
        List<String> lines = List.of();
        try {
            lines = Files.readAllLines(Path.of(arguments[0])).stream()
                    .distinct()
                    .toList();
        } catch (NoSuchFileException e) {
            // Nothing was.
        }
        System.out.println("LEFT OUT: " + (lines.isEmpty() ? "nothing" : String.join("; ", lines)));
    }

    private static Path file() {
        return Path.of(System.getProperty("left.out"));
    }
}
