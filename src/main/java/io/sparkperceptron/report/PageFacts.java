package io.sparkperceptron.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The record of a training as tables of two columns. */
final class PageFacts {

    private PageFacts() {}

    /**
     * Three tables: options, data and provenance.
     *
     * @param record {@code run.json}
     */
    static List<Object> of(JsonNode record) {
        List<List<String>> data = new ArrayList<>();
        addRows("", record.path("data"), data);
        List<List<String>> options = new ArrayList<>();
        addRows("", record.path("options"), options);
        options.add(0, List.of("arguments", text(record.path("arguments"))));
        List<List<String>> provenance = new ArrayList<>();
        addRows("", record.path("provenance"), provenance);
        return List.of(table("Options", options), table("Data", data), table("Provenance", provenance));
    }

    private static Map<String, Object> table(String name, List<List<String>> rows) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", name);
        table.put("rows", rows);
        return table;
    }

    private static void addRows(String prefix, JsonNode fields, List<List<String>> rows) {
        fields.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                addRows(prefix + field.getKey() + " ", field.getValue(), rows);
            } else if (!field.getValue().isNull()) {
                rows.add(List.of(prefix + field.getKey(), text(field.getValue())));
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
