package io.sparkperceptron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The checks that this machine cannot run. The build clears the list at its start and prints it at its end. */
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

    private static Path file() {
        return Path.of(System.getProperty("left.out"));
    }
}
