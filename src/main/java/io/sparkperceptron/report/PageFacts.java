package io.sparkperceptron.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.storage.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A part of {@code run.json} as a table of two columns. */
record PageFacts(String name, List<Row> rows) {

    record Row(String name, String value) {}

    static List<PageFacts> of(TrainingRecord record) {
        PageFacts options = table("Options", record.options());
        options.rows.add(0, new Row("arguments", String.join(" ", record.arguments())));
        return List.of(options, table("Data", record.data()), table("Provenance", record.provenance()));
    }

    private static PageFacts table(String name, Object fields) {
        List<Row> rows = new ArrayList<>();
        addRows("", JsonFile.tree(fields), rows);
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
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "))
                : value.asText();
    }
}
