package io.sparkperceptron.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.UserException;
import io.sparkperceptron.training.TrainingStopped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class NoteTest {

    private final String name;

    NoteTest(TestInfo test) {
        this.name = test.getDisplayName();
    }

    private void run(String title, Consumer<Note> body) {
        Note.paragraph(name, title, body);
    }

    private String fail(String title, Consumer<Note> body) {
        NoteFailure failure = assertThrows(NoteFailure.class, () -> run(title, body));
        assertEquals(0, failure.getStackTrace().length);
        assertNull(failure.getCause());
        return failure.getMessage();
    }

    private String got(String title) {
        AtomicReference<String> got = new AtomicReference<>();
        run("ask", note -> got.set(note.from(title, String.class)));
        return got.get();
    }

    @Test
    void keepsAResultForLaterParagraphs() {
        run("Load", note -> note.keep("old"));
        run("Load", note -> note.keep("data"));
        assertEquals("data", got("Load"));
    }

    @Test
    void saysWhatToRunFirst() {
        assertEquals("Run the paragraph 'Load' first", fail("Train", note -> note.from("Load", String.class)));
        // A paragraph that needs 'Train' also needs 'Load' first.
        assertEquals("Run the paragraph 'Load' first", fail("Look", note -> note.from("Train", String.class)));
    }

    @Test
    void aFailureIsOneSentenceThatFollowersRepeat() {
        run("Load", note -> note.keep("old"));
        assertEquals("no such folder", fail("Load", note -> {
            throw new UserException("no such folder", new IllegalStateException("inside"));
        }));
        String follower = "The paragraph 'Load' has no result: no such folder";
        assertEquals(follower, fail("Train", note -> note.keep(note.from("Load", String.class))));
        assertEquals(follower, fail("Look", note -> note.from("Train", String.class)));
        assertEquals("expected a rate above 0", fail("Train", note -> {
            throw new IllegalArgumentException("requirement failed: expected a rate above 0");
        }));
        assertEquals("Failed: broken; the interpreter's log has more", fail("Train", note -> {
            throw new IllegalStateException("broken\nand more");
        }));
        assertEquals("Failed: io/another/Jar; the interpreter's log has more", fail("Train", note -> {
            throw new NoClassDefFoundError("io/another/Jar");
        }));
        assertTrue(fail("Look", note -> note.from("Train", String.class)).contains("'Train' has no result: Failed: "));
    }

    @Test
    void closesAResultAndForgetsAllResultsMadeFromIt() {
        AtomicBoolean closed = new AtomicBoolean();
        run("Load", note -> note.keep((AutoCloseable) () -> closed.set(true)));
        run("Train", note -> {
            note.from("Load", AutoCloseable.class);
            note.keep("trained");
        });
        run("Look", note -> note.keep(note.from("Train", String.class) + ", seen"));
        run("Other", note -> note.keep("other"));
        assertEquals("trained, seen", got("Look"));
        assertFalse(closed.get());
        run("Load", note -> note.keep((AutoCloseable) () -> {}));
        assertTrue(closed.get());
        assertEquals("Run the paragraph 'Look' first", fail("ask", note -> note.from("Look", String.class)));
        assertEquals("other", got("Other"));
    }

    @Test
    void anEditedParagraphMustRunBeforeItsResultIsUsed() {
        var before = ZeppelinParagraph.texts(new Client("train(1)"), "anna", "2K");
        assertEquals(Map.of("Train", "train(1)"), before);
        var then = new ZeppelinParagraph("anna", "2K", before);
        Note.paragraph(then, name, "Train", note -> note.keep("trained"));
        Note.paragraph(then, name, "Look", note -> assertEquals("trained", note.from("Train", String.class)));
        // Somebody has edited the paragraph. It has not run since, or the shell could not compile it.
        var now = new ZeppelinParagraph("anna", "2K", Map.of("Train", "train(1"));
        Consumer<Note> look = note -> note.from("Train", String.class);
        assertEquals(
                "The paragraph 'Train' was edited after it had run: run it first, and then this one",
                assertThrows(NoteFailure.class, () -> Note.paragraph(now, name, "Look", look))
                        .getMessage());
        Note.paragraph(new ZeppelinParagraph("anna", "2K", Map.of()), name, "Look", look);
    }

    @Test
    void usersAndCopiesOfANoteAreApart() {
        Note.paragraph(new ZeppelinParagraph("anna", "2K", Map.of()), name, "Train", note -> note.keep("hers"));
        for (var other :
                List.of(new ZeppelinParagraph("anna", "2L", Map.of()), new ZeppelinParagraph("bert", "2K", Map.of()))) {
            assertThrows(
                    NoteFailure.class,
                    () -> Note.paragraph(other, name, "Look", note -> note.from("Train", String.class)));
        }
        assertEquals("anna", new ZeppelinParagraph("anna", "2K", Map.of()).userAsName());
        assertEquals(
                "___anna-" + Integer.toHexString("../anna".hashCode()),
                new ZeppelinParagraph("../anna", "2K", Map.of()).userAsName());
    }

    @Test
    void aHangingZeppelinIsNotAskedAgainBeforeItAnswers() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        Client client = new Client("train(1)");
        assertEquals(Map.of(), ZeppelinParagraph.texts(new HangingClient(hanging), "anna", "2K"));
        assertEquals(Map.of(), ZeppelinParagraph.texts(client, "anna", "2K"));
        hanging.countDown();
        Map<String, String> texts = Map.of();
        for (int tries = 0; texts.isEmpty() && tries < 1000; tries++) {
            Thread.sleep(10);
            texts = ZeppelinParagraph.texts(client, "anna", "2K");
        }
        assertEquals(Map.of("Train", "train(1)"), texts);
    }

    public record HangingClient(CountDownLatch end) {
        public List<Info> getParagraphList(String user, String note) throws InterruptedException {
            end.await();
            return new Client("train(1)").getParagraphList(user, note);
        }
    }

    /** The methods of Zeppelin's client that this project calls. */
    public record Client(String text) {
        public List<Info> getParagraphList(String user, String note) {
            assertEquals("anna of 2K", user + " of " + note);
            return List.of(new Info(text));
        }
    }

    public record Info(String text) {
        public String getParagraphTitle() {
            return "Train";
        }

        public String getParagraphText() {
            return text;
        }
    }

    @Test
    void backgroundWorkCanBeObservedAwaitedAndStopped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Function<Work<String>, String> maker = work -> {
            work.out().println("epoch 1/9");
            begun.countDown();
            while (!work.isStopping()) {
                Thread.onSpinWait();
            }
            throw new TrainingStopped(1);
        };
        CompletableFuture<String> paragraph =
                CompletableFuture.supplyAsync(() -> fail("Train", note -> note.start("look below", maker)));
        begun.await();
        AtomicReference<String> said = new AtomicReference<>();
        Runnable stop = () -> run("How far it is", note -> said.set(note.progress("Train", true)));
        // The choice may be left from an earlier training.
        stop.run();
        assertTrue(said.get().contains("s so far: epoch 1/9\nIt was not stopped"), said.get());
        assertTrue(fail("Train", note -> note.keep("x")).startsWith("'Train' is still at work ("), "one at a time");
        run("How far it is", note -> said.set(note.progress("Train", false)));
        stop.run();
        assertTrue(said.get().endsWith("leaves a checkpoint."), said.get());
        assertTrue(paragraph.get(20, TimeUnit.SECONDS).startsWith("Stopped. "), "the paragraph that waited");
        assertTrue(fail("ask", note -> note.from("Train", String.class)).contains("Stopped. To go on, "), "followers");
        run("How far it is", note -> said.set(note.progress("Train", false)));
        assertTrue(said.get().startsWith("'Train' has ended: Stopped. "), said.get());
        run("Train", note -> note.start("look below", work -> "trained"));
        assertEquals("trained", got("Train"));
    }

    @Test
    void showsTablesAndChartsAsTheSameHtmlInBothInterfaces() {
        Grid grid = new Grid(
                List.of("learning_rate", "line", "error"),
                List.of(
                        List.of(0.01, "mse", 50.0),
                        List.of(1.0, "mse", 20.0),
                        List.of(0.01, "<b>", 40.0),
                        List.of(10.0, "<b>", 10.0)));
        String table = HtmlTable.of(grid);
        assertTrue(table.contains(">learning rate</th>") && table.contains(">&lt;b&gt;</td>"), table);
        assertFalse(table.contains("width:100%"), table);
        String chart = Chart.lines(grid, true);
        assertEquals(2, chart.split("<path ", -1).length - 1, chart);
        // 0.01, 0.1, 1 and 10 are equally far from each other.
        assertTrue(chart.contains("<path d=\"M64.0 12.0L605.3 ") && chart.contains("L876.0 "), chart);
        assertTrue(chart.contains(">learning rate (logarithmic)</text>"), chart);
        assertTrue(chart.contains("<details open>") && chart.contains("role=\"img\""), chart);
        String linear = Chart.lines(grid, false);
        assertTrue(linear.contains("<path d=\"M64.0 12.0L144.5 ") && linear.contains(">learning rate</text>"), linear);
        String bars = Chart.bars(new Grid(List.of("digit", "images"), List.of(List.of(0, 5L), List.of(1, 10L))));
        assertEquals(2, bars.split("<rect ", -1).length - 1, bars);
        assertTrue(bars.contains("<title>1: 10</title>"), bars);
        List<List<Object>> many = IntStream.range(0, 81)
                .mapToObj(i -> List.<Object>of(i / 1000.0 - 1, 1L))
                .toList();
        String crowded = Chart.bars(new Grid(List.of("weight", "moving"), many));
        // There is room for every sixth of the names of six letters.
        assertEquals(14, crowded.split(">-\\d[.\\d]*</text>", -1).length - 1, crowded);
    }

    @Test
    void aLongTableShowsItsFirstRowsAndSaysSo() {
        List<List<Object>> rows =
                IntStream.range(0, 100).mapToObj(i -> List.<Object>of(i)).toList();
        String table = HtmlTable.of(new Grid(List.of("i"), rows));
        assertTrue(table.contains(">39</th>") && !table.contains(">40</th>"), table);
        assertTrue(table.endsWith("<p>The first 40 of 100 rows.</p>"), table);
        String below = HtmlTable.below(new Grid(List.of("i"), rows));
        assertTrue(below.contains(">0</th>") && below.contains(">99</th>"), below);
        assertTrue(below.startsWith("<details><summary>The numbers, 40 of 100 rows</summary>"), below);
    }
}
