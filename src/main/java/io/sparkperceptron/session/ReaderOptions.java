package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import scala.collection.Iterator;

/**
 * What a person tells Spark's readers of text.
 *
 * @param given their names, in any case, and their values
 */
record ReaderOptions(Map<String, String> given) {

    /** Options that readers of any file have. */
    private static final List<String> COMMON = List.of(
            "basePath",
            "ignoreCorruptFiles",
            "ignoreMissingFiles",
            "modifiedAfter",
            "modifiedBefore",
            "pathGlobFilter",
            "recursiveFileLookup");

    private static final List<String> CHARSETS = List.of("encoding", "charset");

    /** The value of an option, empty where it is not given. */
    String get(String name) {
        return given.entrySet().stream()
                .filter(option -> option.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Whether a row may take several lines. */
    boolean areMultiLine() {
        return get("multiLine").equalsIgnoreCase("true");
    }

    /**
     * Spark passes over options that it does not know, as over those that are misspelt.
     *
     * @throws UserException if the reader of CSV or of JSON does not know one, or this Java no such encoding
     */
    void requireKnown(String format) {
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(COMMON);
        Iterator<String> own =
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "csv" -> CSVOptions.getAllOptions().iterator();
                    case "json" -> JSONOptions.getAllOptions().iterator();
                    default -> null;
                };
        if (own == null) {
            return;
        }
        while (own.hasNext()) {
            known.add(own.next());
        }
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new UserException("Expected options that Spark's reader of " + format + " knows, found '"
                            + name + "'; it knows " + String.join(", ", known));
                });
        for (String name : CHARSETS) {
            if (!get(name).isEmpty() && !isCharset(get(name))) {
                throw new UserException("Expected an encoding that this Java knows, such as UTF-8, ISO-8859-1 or"
                        + " windows-1252, found '" + get(name) + "'");
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
