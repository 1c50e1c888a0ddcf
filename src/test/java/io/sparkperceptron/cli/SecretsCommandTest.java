package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Data and results at URIs with a login: no output, log or file may contain the login. */
class SecretsCommandTest extends CommandTest {

    private static final String LOGIN = "login://me:hunter2@host";
    private static final String SETTING = "spark.hadoop.fs.login.impl";

    /** The local file system, under a scheme whose URIs have a login. */
    public static final class LoginFileSystem extends RawLocalFileSystem {

        @Override
        public String getScheme() {
            return "login";
        }

        @Override
        public URI getUri() {
            return URI.create(LOGIN);
        }
    }

    private final StringWriter logged = new StringWriter();
    private final AbstractAppender appender = new AbstractAppender("test", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            logged.append(event.getMessage().getFormattedMessage()).append('\n');
        }
    };

    @BeforeEach
    void logIn() {
        System.setProperty(SETTING, LoginFileSystem.class.getName());
        appender.start();
        ((Logger) LogManager.getLogger("io.sparkperceptron")).addAppender(appender);
    }

    @AfterEach
    void logOut() {
        System.clearProperty(SETTING);
        ((Logger) LogManager.getLogger("io.sparkperceptron")).removeAppender(appender);
    }

    @Test
    @Tag("thorough")
    void noOutputContainsALogin() throws IOException {
        String from = LOGIN + data;
        String to = LOGIN + output;
        String[] train = {"train", "--data", from, "--output", to, "--epochs", "2", "--parquet"};
        assertEquals(0, run(train), () -> errors);
        assertTold("Results are in login://***@host" + output);
        assertTrue(logged.toString().contains("Reading login://***@host" + data), logged.toString());
        String record = Files.readString(output.resolve("run.json"));
        assertTrue(record.contains("\"login://***@host" + output + "\""), record);
        assertTrue(record.contains("\"source\" : \"login://***@host" + data), record);
        assertEquals(0, run(with(train, "--overwrite")), () -> errors);
        assertEquals(0, run(with(train, "--resume")), () -> errors);
        assertEquals(0, run("report", to), () -> errors);
        assertTold("The report is login://***@host" + output);
        assertEquals(0, run("evaluate", "--model", to, "--data", from), () -> errors);
        assertTold("on login://***@host" + data);
        String predictions = LOGIN + temporary.resolve("predictions.csv");
        assertEquals(0, run("predict", "--model", to, "--data", from, "--output", predictions), () -> errors);
        assertTold("Predictions are in login://***@host");
        assertEquals(0, run("export", "--model", to, "--to", LOGIN + temporary.resolve("model.onnx")), () -> errors);
        assertTold("The model is login://***@host");

        assertEquals(1, run(train));
        assertSentence("but login://***@host" + output + " exists");
        Files.writeString(output.resolve("run.json"), "{");
        assertEquals(1, run("--verbose", "report", to));
        assertTrue(errors.contains("\tat ") && errors.contains("login://***@host"), errors);
        assertTold("");
        for (String wrong : List.of(
                "s3a://KEY:hunter2@bucket/a",
                "http://me:hunter2@127.0.0.1:1",
                "ftp://me:hunter2@[",
                "nosuch://a:hunter2@b")) {
            for (String[] command : List.of(
                    new String[] {"train", "--data", wrong, "--output", to},
                    new String[] {"train", "--data", from, "--output", wrong},
                    new String[] {"train", "--train-libsvm", wrong, "--test-libsvm", wrong},
                    new String[] {"report", wrong},
                    new String[] {"report", to, wrong},
                    new String[] {"import-notes", "--notes", data.toString(), wrong})) {
                assertTrue(run(command) != 0, errors);
                assertTold("");
            }
        }
        try (var files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("hunter2"), file.toString());
            }
        }
    }

    @Test
    void importingNotesNeedsNotes() {
        assertEquals(1, run("import-notes", "--notes", data.toString(), "http://127.0.0.1:1"));
        assertSentence("Expected notes, *.zpln, in the folder " + data + ", found none");
    }

    @Test
    void aFolderKeepsItsLoginForPrograms() {
        Configuration configuration = new Configuration();
        configuration.set("fs.login.impl", LoginFileSystem.class.getName());
        Folder folder = Folder.at(LOGIN + data, configuration);
        assertEquals(LOGIN + data, folder.uri());
        assertEquals("login://***@host" + data, folder.toString());
        assertTrue(folder.exists());
    }

    private void assertTold(String sentence) {
        assertTrue(printed.contains(sentence), printed);
        for (String told : List.of(printed, errors, logged.toString())) {
            assertFalse(told.contains("hunter2"), told);
        }
    }
}
