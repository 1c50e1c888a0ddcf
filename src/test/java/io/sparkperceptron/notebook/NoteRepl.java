package io.sparkperceptron.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.repl.SparkILoop;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.Option;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.Results;

/** Spark's own Scala shell on a Spark of its own, with what Zeppelin puts into it. */
public final class NoteRepl implements AutoCloseable {

    /** How the shell's lines come by these. */
    public static SparkSession spark;

    public static ZeppelinContext z;

    private final StringWriter echo = new StringWriter();
    private final SparkILoop loop;

    /** Starts both; the shell's classes go to a folder. */
    static NoteRepl start(Path classes) {
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("notes")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.repl.class.outputDir", classes.toString())
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.kryo.registrator", "io.sparkperceptron.cluster.KryoRegistration")
                .config("spark.sql.shuffle.partitions", "4")
                .getOrCreate();
        z = new ZeppelinContext();
        return new NoteRepl(classes);
    }

    private NoteRepl(Path classes) {
        loop = new SparkILoop(Option.empty(), new PrintWriter(echo));
        Settings settings = new Settings();
        settings.classpath().value_$eq(System.getProperty("java.class.path"));
        String tested = System.getProperty("surefire.test.class.path");
        if (tested != null) {
            settings.classpath().value_$eq(tested);
        }
        settings.processArgumentString("-Yrepl-class-based -Yrepl-outdir " + classes);
        loop.settings_$eq(settings);
        loop.createInterpreter();
        loop.intp().initializeSynchronous();
        run("@transient val spark = io.sparkperceptron.notebook.NoteRepl.spark");
        run("@transient val sc = spark.sparkContext");
        run("@transient val z = io.sparkperceptron.notebook.NoteRepl.z");
        run("import spark.implicits._");
        run("import spark.sql");
        run("import org.apache.spark.sql.functions._");
    }

    /** Runs a cell, which must be whole and succeed, and returns what it prints. */
    String run(String code) {
        echo.getBuffer().setLength(0);
        return printed(() -> {
            Results.Result result = loop.intp().interpret(code);
            assertEquals(Results.Success$.MODULE$, result, () -> code + "\n" + echo);
        });
    }

    /** Types or chooses something in a form. */
    void give(String box, Object value) {
        z.give(box, value);
    }

    /** What the shell said of the last cell, which Zeppelin shows, too: names and values, or an error. */
    String echo() {
        return echo.toString();
    }

    /** Runs a cell, which must fail, and returns what it prints and what the shell says. */
    String fail(String code) {
        echo.getBuffer().setLength(0);
        return printed(() -> assertEquals(Results.Error$.MODULE$, loop.intp().interpret(code), code)) + echo();
    }

    private static String printed(Runnable action) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Console.withOut(out, () -> {
            action.run();
            return null;
        });
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        loop.closeInterpreter();
        spark.stop();
    }
}
