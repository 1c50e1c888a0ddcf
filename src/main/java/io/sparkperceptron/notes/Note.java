package io.sparkperceptron.notes;

import io.sparkperceptron.UserException;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.training.TrainingStopped;
import java.io.PrintStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Console;

/**
 * The results that paragraphs of a note keep for later paragraphs, by the title of the paragraph. Zeppelin runs all
 * notes of a user in one shell. Therefore the paragraphs define no names in it, and keep their results here: each user
 * has results of their own in each copy of a note. They stay until the process ends.
 *
 * <p>A paragraph that runs again loses its earlier result, and so do all paragraphs that have used it. Results that can
 * be closed are closed then. A paragraph that needs a result which is not there fails, and says what to run first.
 */
public final class Note {

    private static final Logger LOG = LoggerFactory.getLogger(Note.class);
    /** By user, copy of a note and its name: its paragraphs by title, in the order in which they ran. */
    private static final Map<String, Map<String, Paragraph>> NOTES = new ConcurrentHashMap<>();

    private static final class Paragraph {
        private final String text;
        private final Set<String> used = new LinkedHashSet<>();
        private Object result;
        private Work<?> work;
        private NoteFailure failure;

        /** @param text as Zeppelin had it at the start of the run; null if unknown */
        Paragraph(String text) {
            this.text = text;
        }
    }

    private final Map<String, Paragraph> paragraphs;
    private final ZeppelinParagraph here;
    private final Paragraph running;

    private Note(Map<String, Paragraph> paragraphs, ZeppelinParagraph here, Paragraph running) {
        this.paragraphs = paragraphs;
        this.here = here;
        this.running = running;
    }

    /**
     * Runs a paragraph. If it fails, the exception has no stack and no cause, because Zeppelin would show them. The
     * interpreter's log has them.
     *
     * @param note the name of the note, as in its file
     */
    public static void paragraph(String note, String title, Consumer<Note> body) {
        paragraph(ZeppelinParagraph.here(), note, title, body);
    }

    static void paragraph(ZeppelinParagraph here, String note, String title, Consumer<Note> body) {
        Map<String, Paragraph> paragraphs = NOTES.computeIfAbsent(
                here.user() + "\n" + here.noteId() + "\n" + note,
                key -> Collections.synchronizedMap(new LinkedHashMap<>()));
        Paragraph running = new Paragraph(here.texts().get(title));
        try {
            forget(paragraphs, title);
            paragraphs.put(title, running);
            body.accept(new Note(paragraphs, here, running));
        } catch (NoteFailure e) {
            running.failure = e;
            throw e;
        } catch (Throwable e) {
            // Scala also throws checked exceptions. An error, such as a class that is missing, leaves no result either.
            LOG.warn("The paragraph '{}' has failed", title, e);
            running.failure = new NoteFailure(sentence(e), title);
            throw running.failure;
        }
    }

    /** Drops the result of a paragraph and all that was made from it. */
    private static void forget(Map<String, Paragraph> paragraphs, String title) {
        Set<String> gone = new LinkedHashSet<>(Set.of(title));
        // A paragraph uses results of paragraphs that have run before.
        paragraphs.forEach((later, paragraph) -> {
            if (paragraph.used.stream().anyMatch(gone::contains)) {
                gone.add(later);
            }
        });
        for (String one : gone) {
            Paragraph paragraph = paragraphs.get(one);
            if (paragraph != null && paragraph.work != null && !paragraph.work.isDone()) {
                throw new NoteFailure(
                        "'" + one + "' is still at work (" + paragraph.work.state()
                                + "): wait for its end, or stop it, and run this again",
                        null);
            }
        }
        gone.forEach(one -> close(paragraphs.remove(one)));
    }

    private static void close(Paragraph paragraph) {
        if (paragraph != null && paragraph.result instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
        }
    }

    /** Keeps the result of the paragraph that runs. */
    public <T> T keep(T result) {
        running.result = result;
        return result;
    }

    /**
     * Returns the result of another paragraph of this note. Waits for it if the paragraph has started work that goes
     * on. Throws an exception that names the paragraph if there is no result.
     */
    public <T> T from(String title, Class<T> type) {
        running.used.add(title);
        Paragraph found = found(title);
        settle(title, found);
        if (found.failure != null) {
            throw found.failure.toFollower();
        }
        String text = here.texts().get(title);
        if (found.text != null && text != null && !found.text.equals(text)) {
            throw new NoteFailure(
                    "The paragraph '" + title + "' was edited after it had run: run it first, and then this one", null);
        }
        return type.cast(found.result);
    }

    /** The same for a paragraph that has left something in Spark, such as a table. */
    public void after(String title) {
        from(title, Object.class);
    }

    /**
     * Starts work in a thread of its own, and waits {@value Work#SECONDS} seconds for its end. The result is that of
     * the paragraph that runs. If the work takes longer, it goes on after the paragraph has ended.
     *
     * @param look where to look meanwhile; a sentence
     */
    public <T> void start(String look, Function<Work<T>, T> maker) {
        Work<T> work = new Work<>(maker);
        running.work = work;
        work.begin();
        PrintStream out = Console.out();
        if (work.await(Work.SECONDS * 1000L, out::println)) {
            running.result = work.result();
            return;
        }
        out.println("It goes on when this paragraph has ended. " + work.state());
        out.println(look);
    }

    private Paragraph found(String title) {
        Paragraph found = paragraphs.get(title);
        if (found == null) {
            throw new NoteFailure("Run the paragraph '" + title + "' first", null);
        }
        return found;
    }

    /** Waits for the end of a paragraph's work, if there is some, and stores its result or failure. */
    private static void settle(String title, Paragraph paragraph) {
        if (paragraph.work == null || paragraph.failure != null) {
            return;
        }
        try {
            paragraph.work.await(Long.MAX_VALUE, line -> {});
            paragraph.result = paragraph.work.result();
        } catch (NoteFailure e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("The work of '{}' has failed", title, e);
            paragraph.failure = new NoteFailure(sentence(e), title);
        }
    }

    /**
     * Returns a sentence about the progress of a paragraph's work.
     *
     * @param stop whether to stop it, with a checkpoint if it is a training
     */
    public String progress(String title, boolean stop) {
        Paragraph found = found(title);
        if (found.work != null && !found.work.isDone()) {
            return found.work.look(stop);
        }
        settle(title, found);
        return "'" + title + "' has ended: "
                + (found.failure == null ? "run the paragraphs below." : found.failure.getMessage());
    }

    /**
     * The folder for one kind of results. The default folder is different for each user.
     *
     * @param typed what the user has typed; blank for the default
     * @param base where the folders of all users are
     */
    public String folder(Object typed, String base, String kind) {
        String folder = typed.toString().strip();
        return folder.isEmpty() ? base + "/" + here.userAsName() + "/" + kind : folder;
    }

    /** Shows rows as a table. */
    public void table(Dataset<Row> frame) {
        html(HtmlTable.of(Grid.of(frame)));
    }

    /** Draws lines by the first column; the others are lines. If the second is text, it names the line of its row. */
    public void lines(Dataset<Row> frame) {
        html(Chart.lines(Grid.of(frame), false));
    }

    /** The same over a logarithmic axis. */
    public void linesByLogarithm(Dataset<Row> frame) {
        html(Chart.lines(Grid.of(frame), true));
    }

    /** Draws a bar for each row and each column after the first. */
    public void bars(Dataset<Row> frame) {
        html(Chart.bars(Grid.of(frame)));
    }

    /** Shows lines of text in a fixed font. */
    public void text(String lines) {
        html("<pre style=\"line-height:1;font-size:11px;margin:0\">" + HtmlTable.escaped(lines) + "</pre>");
    }

    public void html(String html) {
        Console.out().println("%html " + html);
    }

    private static String sentence(Throwable e) {
        if (e instanceof TrainingStopped || (e instanceof UserException told && SparkFailures.isCancelled(told))) {
            return "Stopped. To go on, run this paragraph again; where there is a choice of earlier results,"
                    + " 'go on with' continues from the last checkpoint";
        }
        if (e instanceof UserException) {
            return e.getMessage();
        }
        String reason = UserException.reason(e);
        return e instanceof IllegalArgumentException
                ? reason.replaceFirst("^requirement failed: ", "")
                : "Failed: " + reason + "; the interpreter's log has more";
    }
}
