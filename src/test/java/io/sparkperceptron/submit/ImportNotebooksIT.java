package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkperceptron.zeppelin.ZeppelinServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that imports notes, with a server that imitates Zeppelin's REST API. */
@Tag("thorough")
class ImportNotebooksIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int NOTES = 6;

    @TempDir
    Path temporary;

    @Test
    void bringsNotesUpToDateKeepsEditedOnesAndLeavesOthersAlone() throws Exception {
        try (ZeppelinServer zeppelin = new ZeppelinServer()) {
            String mine = zeppelin.put("/mine/1-sigmoid-and-losses");
            String earlier = zeppelin.put("/1-sigmoid-and-losses");
            ScriptRun first = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", zeppelin.url());
            assertEquals(0, first.exitCode(), first::errors);
            assertTrue(first.printed().contains("Imported 2-training-curves\n"), first::printed);
            assertTrue(
                    first.printed().contains("Kept 1-sigmoid-and-losses as 1-sigmoid-and-losses-edited"),
                    first::printed);
            Map<String, String> ids = zeppelin.ids();
            assertEquals(NOTES + 2, ids.size());
            assertEquals(mine, ids.get("/mine/1-sigmoid-and-losses"));
            assertEquals(earlier, ids.get("/1-sigmoid-and-losses-edited"));

            ScriptRun second = ScriptRun.of(
                    temporary, Map.of("OUTPUT", "hdfs://host/elsewhere"), "import-notebooks.sh", zeppelin.url());
            assertEquals(0, second.exitCode(), second::errors);
            assertTrue(
                    second.printed()
                            .contains(
                                    "1-sigmoid-and-losses is up to date\nUpdated 2-training-curves in place: 1 paragraph\n"),
                    second::printed);
            assertEquals(ids, zeppelin.ids());
        }
    }

    @Test
    void writesNotesWithThePathsOfThisMachine() throws Exception {
        ScriptRun run = ScriptRun.of(
                temporary, Map.of("OUTPUT", "hdfs://host/a&b|c"), "import-notebooks.sh", "--to", temporary + "/notes");
        assertEquals(0, run.exitCode(), run::errors);
        try (var files = Files.list(temporary.resolve("notes"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                assertFalse(text.contains("SPARK_PERCEPTRON_"), file.toString());
                JsonNode settings =
                        JSON.readTree(text).path("paragraphs").path(1).path("text");
                String jar = settings.asText()
                        .lines()
                        .filter(line -> line.startsWith("spark.jars "))
                        .findFirst()
                        .orElseThrow();
                assertTrue(Files.exists(Path.of(jar.substring("spark.jars ".length()))), jar);
            }
        }
        assertTrue(Files.readString(temporary.resolve("notes/4-weights-and-mistakes_2KPRCPTR4.zpln"))
                .contains("hdfs://host/a&b|c"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        ScriptRun wrong = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", "zeppelin:8080");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.errors().startsWith("error: expected a URL such as http://localhost:8080"), wrong::errors);
        ScriptRun login = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", "ftp://me:secret@host");
        assertEquals(2, login.exitCode());
        assertTrue(login.errors().contains("got '***@host'") && !login.errors().contains("secret"), login::errors);
        ScriptRun nobody = ScriptRun.of(temporary, Map.of(), "import-notebooks.sh", "http://127.0.0.1:1");
        assertEquals(1, nobody.exitCode());
        assertTrue(nobody.errors().contains("error: Zeppelin at http://127.0.0.1:1 did not take GET"), nobody::errors);
    }
}
