package io.sparkperceptron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckSummaryTest {

    @Test
    void saysWhatPassedOnlyTheSecondTimeAndWhatWasLeftOut(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("TEST-io.sparkperceptron.AnyIT.xml"),
                "<testsuite><testcase classname='io.sparkperceptron.AnyIT' name='holds'/>"
                        + "<testcase classname='io.sparkperceptron.AnyIT' name='waits'><flakyError message='m'/></testcase></testsuite>");
        CheckSummary summary = new CheckSummary();
        assertEquals(2, summary.read(folder));
        List<String> lines = summary.lines("3.5", List.of("no node", "no node"), true, false);
        assertEquals("FLAKY, passed only the second time: AnyIT.waits", lines.get(1));
        assertEquals("LEFT OUT: no node", lines.get(2));
        assertTrue(lines.get(3).contains("-P thorough adds"), lines.get(3));
    }

    @Test
    void saysNothingOfFlakyTestsWhereThereAreNone(@TempDir Path folder) throws Exception {
        CheckSummary summary = new CheckSummary();
        assertEquals(0, summary.read(folder.resolve("missing")));
        List<String> lines = summary.lines("3.5", List.of(), false, false);
        assertEquals(3, lines.size());
        assertEquals(List.of("LEFT OUT: nothing", "THOROUGH: what takes long was tested"), lines.subList(1, 3));
    }
}
