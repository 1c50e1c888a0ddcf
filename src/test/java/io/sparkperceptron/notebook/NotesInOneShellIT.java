package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.zeppelin.notebook.Note;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a note after other notes, after failures and for other users, in one of Spark's Scala shells. */
@Tag("thorough")
class NotesInOneShellIT {

    private static final long PAUSE_NANOS = 10_000_000;
    private static final String SWEEP = "Train all runs in one pass";
    private static final Pattern CHOSEN_EPOCHS = Pattern.compile("<td[^>]*>[123]</td><td[^>]*>[0-9.]+</td></tr>");

    @TempDir
    static Path temporary;

    private static RunningNotes notes;
    private static NoteRepl repl;

    @BeforeAll
    static void start() throws IOException {
        SparkTest.stopSpark();
        notes = new RunningNotes(temporary, MnistSubset.write(temporary.resolve("data"), 600, 200));
        repl = notes.repl();
    }

    @AfterAll
    static void stop() throws IOException {
        notes.close();
    }

    /** Small numbers in the forms, for speed. */
    @BeforeEach
    void fillIn() {
        NoteRepl.z.clear();
        Map.of("epochs", "3", "rates", "0.5, 1", "images", "300", "folds", "2").forEach(repl::give);
    }

    /** Waits for the end. On a slow machine, the training goes on when its paragraph has ended. */
    private static void train(Note note) {
        notes.run(note, "Train", "The last epoch");
    }

    /** Cells leave no names in the shell ({@code NotebookCellsTest}), so no other order can show more. */
    @Test
    void everyNoteRunsAfterEveryOther() throws IOException {
        notes.logIn("walker");
        notes.run(notes.note(3));
        for (int number : List.of(1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)) {
            Map<String, String> printed = notes.run(notes.note(number));
            assertTrue(printed.size() > 10, printed::toString);
        }
    }

    @Test
    void aFieldThatCannotBeReadIsNamed() throws IOException {
        Note note = notes.note(2);
        notes.logIn("typist");
        notes.run(note, "Load MNIST");
        for (String typed : List.of("abc", "", "0,5", "0.5", "-3", "0", "NaN")) {
            repl.give("epochs", typed);
            assertEquals(
                    "Field 'epochs': expected a whole number of at least 1, got '" + typed + "'",
                    notes.fail(note, "Train"));
        }
        repl.give("epochs", " 2e0 ");
        train(note);
        repl.give("rate", "0,5");
        assertEquals("Field 'rate': expected a number such as 0.5, got '0,5'", notes.fail(note, "Train"));
        repl.give("rate", "-1");
        assertTrue(notes.fail(note, "Train").contains("learning rate"), "the sentence of the training");
        repl.give("row", "600");
        assertEquals(
                "Field 'row': expected a whole number from 0 to 599, got '600'", notes.fail(note, "A labelled vector"));
        Note sweep = notes.note(3);
        notes.run(sweep, "Load MNIST", "Watch the tasks");
        repl.give("rates", "fast");
        assertEquals(
                "Field 'rates': expected numbers with commas between them, such as 0.1, 0.5, got 'fast'",
                notes.fail(sweep, SWEEP));
    }

    @Test
    void afterAFailureNothingOldIsShown() throws IOException {
        Note note = notes.note(2);
        notes.logIn("faller");
        assertEquals("Run the paragraph 'Load MNIST' first", notes.fail(note, "Train"));
        assertEquals("Run the paragraph 'Load MNIST' first", notes.fail(note, "The last epoch"));
        notes.run(note, "Load MNIST");
        train(note);
        repl.give("epochs", "0");
        String wrong = notes.fail(note, "Train");
        for (String title : List.of("The last epoch", "Cost by epoch", "The page")) {
            assertEquals("The paragraph 'Train' has no result: " + wrong, notes.fail(note, title));
        }
        repl.give("epochs", "3");
        train(note);
        repl.give("MNIST folder", "/nowhere");
        assertTrue(notes.fail(note, "Load MNIST").contains("/nowhere"), "names the folder");
        assertEquals("Run the paragraph 'Train' first", notes.fail(note, "The last epoch"));
        assertTrue(notes.fail(note, "Train").startsWith("The paragraph 'Load MNIST' has no result: "), "says why");
    }

    @Test
    void noteFourSaysThatNoteThreeComesFirst() throws IOException {
        Note note = notes.note(4);
        notes.logIn("early");
        String said = notes.fail(note, "Open the results");
        assertEquals(
                "There are no results in " + notes.results("early", "sweep")
                        + ": run note 3-learning-rate-sweep to its end first, or name another folder",
                said);
        boolean below = false;
        for (var paragraph : note.getParagraphs()) {
            if (below && paragraph.getText().startsWith("%spark\n")) {
                assertEquals(
                        "The paragraph 'Open the results' has no result: " + said,
                        notes.fail(note, paragraph.getTitle()));
            }
            below |= "Open the results".equals(paragraph.getTitle());
        }
    }

    @Test
    void eachUserHasResultsAndAFolderOfTheirOwn() throws IOException {
        Note note = notes.note(2);
        notes.logIn("one");
        notes.run(note, "Load MNIST");
        train(note);
        notes.logIn("../Zoë@uni");
        assertEquals("Run the paragraph 'Train' first", notes.fail(note, "The last epoch"));
        notes.run(note, "Load MNIST");
        train(note);
        notes.logIn("one");
        notes.run(note, "The last epoch");
        assertTrue(Files.exists(notes.results("one", "curves").resolve("report.html")));
        String other = "___Zo__uni-" + Integer.toHexString("../Zoë@uni".hashCode());
        assertTrue(Files.exists(notes.results(other, "curves").resolve("report.html")));
    }

    @Test
    void aTrainingGoesOnWithItsCheckpoint() throws IOException {
        Note note = notes.note(2);
        notes.logIn("resumer");
        notes.run(note, "Load MNIST");
        train(note);
        assertEquals(
                "'Train' has ended: run the paragraphs below.",
                notes.run(note, "How far it is").strip());
        repl.give("earlier results", "resume");
        String resumed = notes.run(note, "Train");
        assertTrue(
                resumed.contains("\nepoch 3/3  ")
                        && resumed.contains("\nNow it finds ")
                        && !resumed.contains("epoch 1/3"),
                resumed);
    }

    /** Zeppelin's stop cancels the jobs of the paragraph that runs. The training's jobs belong to one that waits. */
    @Test
    void whoStopsTheParagraphThatWaitsStopsTheTraining() throws IOException {
        Note note = notes.note(2);
        notes.logIn("stopper");
        notes.run(note, "Load MNIST");
        repl.give("epochs", "1000000");
        String begun = notes.run(note, "Train");
        assertTrue(begun.contains("It goes on when this paragraph has ended. "), begun);
        assertTrue(begun.lines().count() <= 17, begun);
        assertTrue(notes.run(note, "How far it is").contains(" s so far: epoch "), "says the epoch");
        SparkContext spark = NoteRepl.spark.sparkContext();
        spark.setLocalProperty("spark.jobGroup.id", "waiting");
        Thread stop = new Thread(() -> {
            // A stop between two epochs cancels nothing.
            while (!Thread.currentThread().isInterrupted()) {
                spark.cancelJobGroup("waiting");
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        stop.start();
        try {
            String said = notes.fail(note, "The last epoch");
            assertTrue(said.startsWith("The paragraph 'Train' has no result: Stopped. To go on, "), said);
        } finally {
            stop.interrupt();
            spark.setLocalProperty("spark.jobGroup.id", null);
        }
        assertTrue(Files.exists(notes.results("stopper", "curves").resolve("checkpoints")), "no checkpoint");
    }

    @Test
    void aNoteWithFoldsShowsThem() throws IOException {
        Note note = notes.note(3);
        notes.logIn("folder");
        repl.give("folds of the training rows (0: none)", "2");
        String folds = notes.run(note, "Load MNIST", "Watch the tasks", SWEEP, "What the folds say");
        assertEquals(1 + 4, folds.split("<tr>", -1).length - 1, folds);
        assertTrue(CHOSEN_EPOCHS.matcher(folds).find(), folds);
        String curves = notes.run(note, "Test error by epoch, per cent");
        assertEquals(2, curves.split("<path ", -1).length - 1, "runs that leave out a fold are not drawn");
    }
}
