package io.sparkperceptron.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFileTest {

    private record Shelf(String name, List<Integer> numbers, JsonNode other) {}

    @Test
    void refusesNestingBeyondTheLimit() {
        String deepest = nested(199);
        assertEquals(
                deepest,
                parse("{\"other\":" + deepest + "}", Shelf.class).other().toString());
        for (int depth : List.of(200, 999, 1500, 1_000_000)) {
            for (String json : List.of(
                    nested(depth + 1),
                    "{\"unknown\":" + nested(depth) + "}",
                    "{\"other\":" + nested(depth) + "}",
                    "{\"a\":".repeat(depth) + nested(1) + "}".repeat(depth))) {
                for (Class<?> type : List.of(Shelf.class, JsonNode.class)) {
                    String found = failure(json, type);
                    if (found.startsWith("Expected a shelf as JSON")) {
                        assertEquals(
                                "Expected a shelf as JSON in shelf.json, found: it is nested more than 200 deep",
                                found);
                    } else {
                        // An array is no shelf, however deep.
                        assertEquals("Expected a shelf in shelf.json, but its content is unusable", found);
                        assertEquals('[', json.charAt(0));
                        assertEquals(Shelf.class, type);
                    }
                }
            }
        }
    }

    @Test
    void namesOtherProblems() {
        assertEquals(
                "Expected a shelf as JSON in shelf.json, found: Number length exceeds the maximum length",
                failure("{\"numbers\":[" + "7".repeat(2000) + "]}", Shelf.class)
                        .replace("Number value", "Number")
                        .replace("maximum allowed", "maximum length"));
        assertEquals(
                "Expected a shelf in shelf.json, but its numbers is unusable",
                failure("{\"numbers\":{}}", Shelf.class));
        assertEquals("Expected a shelf in shelf.json, but its content is unusable", failure("[null]", double[].class));
        assertEquals("Expected a shelf in shelf.json, but its content is unusable", failure("", Shelf.class));
        assertEquals("Expected a shelf in shelf.json, found null", failure("null", Shelf.class));
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String failure(String json, Class<?> type) {
        return assertThrows(UserException.class, () -> parse(json, type)).getMessage();
    }

    private static <T> T parse(String json, Class<T> type) {
        return JsonFile.parse(json.getBytes(StandardCharsets.UTF_8), type, "a shelf", "shelf.json");
    }
}
