package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a fresh note reads, before anything was run. */
@Tag("thorough")
class NotebookTextTest {

    /** What Zeppelin's own interpreter for %md uses. */
    private static final DataHolder OPTIONS =
            new MutableDataSet().set(Parser.EXTENSIONS, List.of(TablesExtension.create()));

    @SuppressWarnings("unused")
    static List<Path> notes() {
        return ShippedNotes.files();
    }

    @ParameterizedTest
    @MethodSource("notes")
    void textsAreShippedAsTheyAreRenderedWithTheirSourcesHidden(Path file) {
        int texts = 0;
        for (JsonNode paragraph : ShippedNotes.paragraphs(file)) {
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

    @ParameterizedTest
    @MethodSource("notes")
    void noTwoParagraphsHaveOneId(Path file) {
        Set<String> ids = new HashSet<>();
        for (JsonNode paragraph : ShippedNotes.paragraphs(file)) {
            assertTrue(
                    ids.add(paragraph.path("id").asText()), paragraph.path("id").asText());
            assertFalse(paragraph.path("text").asText().isEmpty());
        }
    }
}
