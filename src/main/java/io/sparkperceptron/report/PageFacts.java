package io.sparkperceptron.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the record of a training as a table of two columns.
 *
 * @param name what it is about
 */
record PageFacts(String name, List<Row> rows) {

    /** A field and its value. */
    record Row(String name, String value) {}

    /**
     * Three tables: options, data and provenance.
     *
     * @param record {@code run.json}
     */
    static List<PageFacts> of(JsonNode record) {
        PageFacts options = table("Options", record.path("options"));
        options.rows.add(0, new Row("arguments", text(record.path("arguments"))));
        return List.of(options, table("Data", record.path("data")), table("Provenance", record.path("provenance")));
    }

    private static PageFacts table(String name, JsonNode fields) {
        List<Row> rows = new ArrayList<>();
        addRows("", fields, rows);
        return new PageFacts(name, rows);
    }

    private static void addRows(String prefix, JsonNode fields, List<Row> rows) {
        fields.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                addRows(prefix + field.getKey() + " ", field.getValue(), rows);
            } else if (!field.getValue().isNull()) {
                rows.add(new Row(prefix + field.getKey(), text(field.getValue())));
            }
        });
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> words = new ArrayList<>();
        value.forEach(word -> words.add(word.asText()));
        return String.join(" ", words);
    }
}
