package io.sparkperceptron.zeppelin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Imports and updates of notes, with a server that imitates Zeppelin. */
class NoteImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    private ZeppelinServer zeppelin;
    private NoteImport notes;

    @BeforeEach
    void start() throws IOException {
        zeppelin = new ZeppelinServer();
        notes = new NoteImport(new Zeppelin(zeppelin.url()));
    }

    @AfterEach
    void stop() {
        zeppelin.close();
    }

    @Test
    void importsNotesAndSkipsThoseUpToDate() throws IOException {
        assertEquals("Imported note", notes.bring(note("%md\nhello", "%spark\n1 + 1")));
        List<String> before = List.copyOf(zeppelin.calls());
        assertEquals("note is up to date", notes.bring(note("%md\nhello", "%spark\n1 + 1")));
        assertEquals(before, zeppelin.calls());
    }

    @Test
    void updatesInPlaceWithoutClosingInterpreters() throws IOException {
        notes.bring(note("%md\none", "%spark\n2", "%spark\n3"));
        String id = zeppelin.ids().get("/note");
        zeppelin.paragraphs(id).get(1).withObject("/results").put("code", "SUCCESS");
        zeppelin.paragraphs(id).get(1).withObject("/settings/params").put("epochs", "200");
        // Zeppelin adds an empty paragraph when the last one is run.
        zeppelin.paragraphs(id).addObject().put("id", "paragraph_9").put("text", "%spark\n");
        assertEquals(
                "Updated note in place: 3 paragraphs",
                notes.bring(note("%md\none, anew", "%md\nnew", "%spark\n2", "%spark\n3, anew")));
        assertEquals(id, zeppelin.ids().get("/note"));
        assertEquals(List.of("%md\none, anew", "%md\nnew", "%spark\n2", "%spark\n3, anew", "%spark\n"), texts(id));
        ArrayNode paragraphs = zeppelin.paragraphs(id);
        assertEquals("SUCCESS", paragraphs.get(2).at("/results/code").asText());
        assertEquals("200", paragraphs.get(2).at("/settings/params/epochs").asText());
        // The import renders texts.
        assertEquals(
                "%md\none, anew", paragraphs.get(0).at("/results/msg/0/data").asText());
        assertEquals("%md\nnew", paragraphs.get(1).at("/results/msg/0/data").asText());
        assertFalse(zeppelin.calls().contains("DELETE " + id), zeppelin.calls()::toString);

        // The next import recognizes a moved paragraph, and an inserted one, which has an id of Zeppelin's.
        assertEquals(
                "Updated note in place: 3 paragraphs",
                notes.bring(note("%spark\n3, anew", "%md\nnew, anew", "%spark\n2")));
        assertEquals(List.of("%spark\n3, anew", "%md\nnew, anew", "%spark\n2", "%spark\n"), texts(id));
        assertEquals("note is up to date", notes.bring(note("%spark\n3, anew", "%md\nnew, anew", "%spark\n2")));
    }

    @Test
    void keepsAnEditedNoteUnderAnotherName() throws IOException {
        for (int time = 1; time <= 2; time++) {
            notes.bring(note("%md\none", "%spark\n2"));
            String mine = zeppelin.ids().get("/note");
            ((ObjectNode) zeppelin.paragraphs(mine).get(1)).put("text", "%spark\nmine");
            String kept = time == 1 ? "note-edited" : "note-edited-2";
            assertEquals(
                    "Kept note as " + kept + ", because it has been edited since it was imported,"
                            + " in paragraph 2, and imported note again",
                    notes.bring(note("%md\none", "%spark\n3")));
            assertEquals(mine, zeppelin.ids().get("/" + kept));
            assertEquals(List.of("%md\none", "%spark\nmine"), texts(mine));
            assertEquals(List.of("%md\none", "%spark\n3"), texts(zeppelin.ids().get("/note")));
        }
        zeppelin.paragraphs(zeppelin.ids().get("/note")).remove(0);
        assertTrue(notes.bring(note("%md\none", "%spark\n4")).contains("paragraphs added, moved or removed"));
    }

    @Test
    void keepsANoteWithoutStampsUnlessItsTextsAreTheSame() throws IOException {
        notes.bring(note("%md\none"));
        String id = zeppelin.ids().get("/note");
        zeppelin.paragraphs(id).get(0).withObject("/config").remove("sparkPerceptron");
        assertEquals("note is up to date", notes.bring(note("%md\none")));
        assertEquals("Updated note in place: 1 paragraph", notes.bring(note("%md\nanew")));
        zeppelin.paragraphs(id).get(0).withObject("/config").remove("sparkPerceptron");
        assertTrue(notes.bring(note("%md\nother")).contains("has no mark of the imported version"));
        assertEquals(List.of("%md\nanew"), texts(zeppelin.ids().get("/note-edited")));
    }

    @Test
    void keepsAUsersChartSettingsUnlessTheNewVersionChangesThem() throws IOException {
        notes.bring(note("%spark.sql\nselect 1", "%spark\n2"));
        String id = zeppelin.ids().get("/note");
        zeppelin.paragraphs(id).get(0).withObject("/config").put("colWidth", 4);
        notes.bring(note("%spark.sql\nselect 1", "%spark\n3"));
        assertEquals(4, zeppelin.paragraphs(id).get(0).at("/config/colWidth").asInt());
        zeppelin.paragraphs(id).get(1).withObject("/config").put("colWidth", 4);
        notes.bring(note("%spark.sql\nselect 1", "%spark\n3 anew"));
        assertEquals(List.of("%spark.sql\nselect 1", "%spark\n3 anew"), texts(id));
        assertEquals(4, zeppelin.paragraphs(id).get(1).at("/config/colWidth").asInt());
        notes.bring(read(json("%spark.sql\nselect 1", "%spark\n3 anew").replace("\"colWidth\":12", "\"colWidth\":6")));
        assertEquals(6, zeppelin.paragraphs(id).get(0).at("/config/colWidth").asInt());
    }

    @Test
    void showsTheSourceOfATextWhereNothingRendersIt() throws IOException {
        notes.bring(note("%md\none"));
        zeppelin.removeMarkdown();
        notes.bring(note("%md\ntwo"));
        JsonNode paragraph = zeppelin.paragraphs(zeppelin.ids().get("/note")).get(0);
        assertEquals("%md\ntwo", paragraph.path("text").asText());
        assertFalse(paragraph.at("/config/editorHide").asBoolean(true));
    }

    @Test
    void changesNothingIfANoteRunsOrTheImportFails() throws IOException {
        notes.bring(note("%spark\n1"));
        String id = zeppelin.ids().get("/note");
        ((ObjectNode) zeppelin.paragraphs(id).get(0)).put("status", "RUNNING");
        UserException running = assertThrows(UserException.class, () -> notes.bring(note("%spark\n2")));
        assertEquals(
                "note is running in Zeppelin and was left as it is; import again when it has ended",
                running.getMessage());
        ((ObjectNode) zeppelin.paragraphs(id).get(0)).put("text", "%spark\nmine");
        zeppelin.refuseImports();
        UserException refused = assertThrows(UserException.class, () -> notes.bring(note("%spark\n2")));
        assertTrue(
                refused.getMessage().endsWith("did not take POST /api/notebook/import: 500 Internal server error"),
                refused.getMessage());
        assertEquals(id, zeppelin.ids().get("/note"));
    }

    @Test
    void refusesServersThatDoNotAnswerLikeZeppelin() throws IOException {
        ShippedNote note = note("%md\none");
        for (String answer : List.of(
                "",
                "null",
                "[]",
                "{}",
                "7",
                "\"OK\"",
                "<html>Welcome</html>",
                "{\"status\":\"OK\"}",
                "{\"status\":\"ERROR\",\"body\":[]}",
                "{\"status\":\"OK\",\"body\":{}}",
                "{\"status\":\"OK\",\"body\":[null]}",
                "{\"status\":\"OK\",\"body\":[{\"id\":\"a b\",\"path\":\"/note\"}]}",
                "[".repeat(1500) + "]".repeat(1500))) {
            String message = failure(out -> out.write(answer.getBytes(StandardCharsets.UTF_8)), PATIENCE, note);
            assertTrue(message.contains(" did not take GET /api/notebook: it answered "), message);
            assertEquals(answer.startsWith("[[["), message.contains("nested more than 200 deep"), message);
        }
        // The list is valid, but the next answer is not.
        zeppelin.answerImportsWith(JSON.getNodeFactory().nullNode());
        assertTrue(assertThrows(UserException.class, () -> notes.bring(note))
                .getMessage()
                .endsWith(
                        "did not take POST /api/notebook/import: it answered something else than Zeppelin does, null"));
        zeppelin.put("/note");
        zeppelin.paragraphs(zeppelin.ids().get("/note")).add(7);
        assertTrue(assertThrows(UserException.class, () -> notes.bring(note))
                .getMessage()
                .contains(": it answered something else than Zeppelin does, {"));
    }

    @Test
    @Timeout(60)
    void timesOutOnABodyThatStallsOrNeverEnds() throws IOException {
        ShippedNote note = note("%md\none");
        CountDownLatch never = new CountDownLatch(1);
        String stalled = failure(
                out -> {
                    out.write('[');
                    out.flush();
                    never.await();
                },
                Duration.ofMillis(300),
                note);
        assertTrue(stalled.endsWith("its answer did not end within 0.3 s; is it Zeppelin?"), stalled);
        String dripping = failure(
                out -> {
                    while (never.getCount() > 0) {
                        out.write(' ');
                        out.flush();
                        Thread.sleep(20);
                    }
                },
                Duration.ofMillis(300),
                note);
        assertTrue(dripping.endsWith("its answer did not end within 0.3 s; is it Zeppelin?"), dripping);
        String endless = failure(
                out -> {
                    while (never.getCount() > 0) {
                        out.write(new byte[1 << 20]);
                    }
                },
                PATIENCE,
                note);
        assertTrue(endless.endsWith("expected an answer of at most 67108864 bytes, found more"), endless);
        never.countDown();
    }

    @Test
    void refusesBadUrlsWithoutShowingPasswords() {
        for (String url : List.of(
                "http://[::1",
                "http://under_score:8080",
                "http://localhost:99999",
                "http://localhost:99999999999",
                "http://localhost/%zz",
                "http://localhost?notebook",
                "http://localhost/#/",
                "http://local host",
                "http:///notebook",
                "ftp://localhost",
                "localhost:8080",
                "")) {
            assertEquals(
                    "Expected a URL such as http://localhost:8080, got '" + url + "'",
                    assertThrows(UserException.class, () -> new Zeppelin(url)).getMessage());
        }
        assertEquals(
                "Expected a URL without user and password, got 'http://***@localhost:8080'; ZEPPELIN_USER and"
                        + " ZEPPELIN_PASSWORD log in",
                assertThrows(UserException.class, () -> new Zeppelin("http://me:secret@localhost:8080"))
                        .getMessage());
    }

    @Test
    void refusesFilesThatAreNoNotes() {
        for (String json : List.of(
                "null",
                "[]",
                "{\"name\":\"note\",\"paragraphs\":[7]}",
                "{\"name\":\"note\",\"paragraphs\":{\"a\":{}}}",
                "{\"name\":\"note\",\"paragraphs\":[{\"config\":7}]}")) {
            assertTrue(assertThrows(UserException.class, () -> read(json))
                    .getMessage()
                    .startsWith("Expected a note with a name and paragraphs in "));
        }
        assertTrue(assertThrows(UserException.class, () -> read("[".repeat(1500)))
                .getMessage()
                .endsWith(", found: it is nested more than 200 deep"));
    }

    private interface Answer {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** The error for a server that gives the same answer to all requests. */
    private static String failure(Answer answer, Duration patience, ShippedNote note) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                answer.writeTo(exchange.getResponseBody());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            Zeppelin zeppelin =
                    new Zeppelin("http://127.0.0.1:" + server.getAddress().getPort(), patience);
            return assertThrows(UserException.class, () -> new NoteImport(zeppelin).bring(note))
                    .getMessage();
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private List<String> texts(String id) {
        return StreamSupport.stream(zeppelin.paragraphs(id).spliterator(), false)
                .map(paragraph -> paragraph.path("text").asText())
                .toList();
    }

    private ShippedNote note(String... texts) throws IOException {
        return read(json(texts));
    }

    private ShippedNote read(String json) throws IOException {
        return ShippedNote.read(Files.writeString(temporary.resolve("note_2X.zpln"), json));
    }

    /** A paragraph's id depends on the first character after the text's first line, so that versions share it. */
    private static String json(String... texts) {
        ObjectNode note = JSON.createObjectNode().put("name", "note");
        for (String text : texts) {
            ObjectNode paragraph = note.withArray("paragraphs").addObject();
            String id = "paragraph_" + text.replaceFirst(",? ?anew", "").replaceFirst("(?s).*\n(.).*", "$1");
            paragraph.put("id", texts.length == 1 ? "paragraph_1" : id).put("text", text);
            paragraph.putObject("config").put("colWidth", 12).put("editorHide", text.startsWith("%md"));
        }
        return note.toString();
    }
}
