package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standalone masters that cannot be reached. */
@Tag("thorough")
class MasterIT {

    @TempDir
    Path temporary;

    private Path data;
    private Path output;

    @BeforeEach
    void writeData() {
        data = TestImages.writeFolder(temporary.resolve("data"), 600, 300, 9, 9);
        output = temporary.resolve("output");
    }

    @Test
    void oneThatIsNotThereIsToldAtOnce() throws Exception {
        assertTold("spark://127.0.0.1:1");
    }

    /** Spark itself tries for a minute. */
    @Test
    void oneThatDoesNotAnswerIsTold() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertTold("spark://127.0.0.1:" + silent.getLocalPort());
        }
    }

    private void assertTold(String master) throws Exception {
        ScriptRun run = ScriptRun.of(
                temporary,
                Map.of("MASTER", master),
                "train.sh",
                "--data",
                data.toString(),
                "--output",
                output.toString());
        assertEquals(1, run.exitCode(), run::errors);
        assertTrue(run.errors().contains("error: Expected a Spark master at " + master), run::errors);
        assertFalse(Files.exists(output));
    }
}
