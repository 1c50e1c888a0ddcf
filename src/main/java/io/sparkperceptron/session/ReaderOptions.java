package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Checks the options that people give to Spark's readers of text: Spark ignores options that it does not know. */
final class ReaderOptions {

    /** Options that readers of any file have. */
    private static final List<String> COMMON = List.of(
            "basePath",
            "ignoreCorruptFiles",
            "ignoreMissingFiles",
            "modifiedAfter",
            "modifiedBefore",
            "pathGlobFilter",
            "recursiveFileLookup");

    private ReaderOptions() {}

    /**
     * Checks the options of CSV and JSON.
     *
     * @throws UserException if the reader of {@code format} does not know an option, or this Java does not know the
     *     encoding
     */
    static void requireKnown(CaseInsensitiveStringMap given, String format) {
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(COMMON);
        switch (format.toLowerCase(Locale.ROOT)) {
            case "csv" -> CSVOptions.getAllOptions().foreach(known::add);
            case "json" -> JSONOptions.getAllOptions().foreach(known::add);
            default -> {
                return;
            }
        }
        given.asCaseSensitiveMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new UserException("Expected options that Spark's reader of " + format + " knows, found '"
                            + name + "'; it knows " + String.join(", ", known));
                });
        for (String name : List.of("encoding", "charset")) {
            String charset = given.getOrDefault(name, "");
            if (!charset.isEmpty() && !isCharset(charset)) {
                throw new UserException("Expected an encoding that this Java knows, such as UTF-8, ISO-8859-1 or"
                        + " windows-1252, found '" + charset + "'");
            }
        }
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
