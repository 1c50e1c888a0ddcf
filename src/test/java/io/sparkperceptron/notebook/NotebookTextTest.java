package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a fresh note reads, before anything was run. */
@Tag("thorough")
class NotebookTextTest {

    /** What Zeppelin's own interpreter for %md uses. */
    private static final DataHolder OPTIONS =
            new MutableDataSet().set(Parser.EXTENSIONS, List.of(TablesExtension.create()));

    @SuppressWarnings("unused")
    static List<Path> notes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("notebooks-zeppelin"))) {
            return files.filter(file -> file.toString().endsWith(".zpln")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notes")
    void textsAreShippedAsTheyAreRenderedWithTheirSourcesHidden(Path file) {
        int texts = 0;
        for (JsonNode paragraph : paragraphs(file)) {
            String text = paragraph.path("text").asText();
            if (text.startsWith("%md")) {
                texts++;
                String markdown = text.substring(3).strip();
                String html = HtmlRenderer.builder(OPTIONS)
                        .build()
                        .render(Parser.builder(OPTIONS).build().parse(markdown));
                JsonNode message = paragraph.path("results").path("msg").path(0);
                assertEquals(
                        "<div class=\"markdown-body\">\n" + html + "\n</div>",
                        message.path("data").asText(),
                        text);
                assertEquals("HTML", message.path("type").asText());
                assertTrue(paragraph.path("config").path("editorHide").asBoolean(), text);
            }
        }
        assertTrue(texts > 3, file + " has " + texts + " texts");
    }

    /** The classic interface leaves the labels of an axis with few categories out, so that the numbers stand beside. */
    @Test
    void besideAChartOfFewCategoriesStandsItsTable() throws IOException {
        Set<String> charts = new HashSet<>(Set.of(
                "How many of each digit",
                "How the work spread over the executors",
                "In how many epochs the training cost rose",
                "Error against rate after E epochs, per cent",
                "Error by digit, per cent",
                "The most frequent mistakes"));
        for (Path file : notes()) {
            JsonNode all = paragraphs(file);
            for (int i = 0; i < all.size(); i++) {
                JsonNode chart = all.get(i);
                if (charts.remove(chart.path("title").asText())) {
                    JsonNode table = all.path(i + 1);
                    assertEquals(chart.path("text"), table.path("text"));
                    assertEquals("table", mode(table));
                    assertEquals(6, chart.path("config").path("colWidth").asInt());
                    assertEquals(6, table.path("config").path("colWidth").asInt());
                }
            }
        }
        assertEquals(Set.of(), charts);
    }

    @ParameterizedTest
    @MethodSource("notes")
    void noTwoParagraphsHaveOneId(Path file) {
        Set<String> ids = new HashSet<>();
        for (JsonNode paragraph : paragraphs(file)) {
            assertTrue(
                    ids.add(paragraph.path("id").asText()), paragraph.path("id").asText());
            assertFalse(paragraph.path("text").asText().isEmpty());
        }
    }

    private static String mode(JsonNode paragraph) {
        return paragraph
                .path("config")
                .path("results")
                .path("0")
                .path("graph")
                .path("mode")
                .asText();
    }

    private static JsonNode paragraphs(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile()).path("paragraphs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
