package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The record of a training under generated damage. */
@Timeout(300)
class DamagedRecordTest {

    @TempDir
    Path temporary;

    @Test
    void records(TestReporter reporter) throws IOException {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        byte[] json =
                ("{\"started\" : \"2026-11-24\", \"options\" : {\"runs\" : [\"mse-1\", \"mse-2\"], \"tolerance\" : 0.0,"
                                + "\"startSigma\" : 0.1, \"seed\" : 7, \"scaling\" : \"pixel\"}, \"data\" : {\"features\" : 784,"
                                + "\"classes\" : 10, \"training\" : {\"rows\" : 60000, \"fingerprint\" : \"abc\"},"
                                + "\"test\" : {\"rows\" : 10000, \"fingerprint\" : \"def\"}}}")
                        .getBytes(StandardCharsets.UTF_8);
        Files.write(temporary.resolve(RunRecord.NAME), json);
        Map<String, String> whole = RunRecord.identity(folder);
        assertEquals("mse-1, mse-2", whole.values().iterator().next());
        DamagedInput.forEach(500, reporter, random -> {
            Files.write(temporary.resolve(RunRecord.NAME), DamagedInput.damage(json, random));
            Map<String, String> found = RunRecord.identity(folder);
            assertEquals(whole.keySet(), found.keySet());
        });
    }
}
