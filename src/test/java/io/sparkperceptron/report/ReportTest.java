package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that people look at, made from a folder alone. */
class ReportTest {

    @TempDir
    Path temporary;

    @Test
    void drawsAllPicturesFromTheFolderTwiceTheSame() throws IOException {
        Outcome outcome = MadeUpResults.in(temporary, 3, 3, new ImageShape(4, 3));
        Report.write(outcome);
        String first = outcome.runs().get(0).run().name();
        String diverged = outcome.runs().get(outcome.runs().size() - 1).run().name();
        List<String> files = List.of(
                "images/" + first + "/digit-0.png",
                "images/" + first + "/weights.png",
                "images/" + first + "/weight-histogram.png",
                "images/" + first + "/weight-histogram.csv",
                "images/" + first + "/confusion.png",
                "images/" + first + "/confusion.csv",
                "images/" + first + "/misclassified.png",
                "curves/error.png",
                "curves/error.svg",
                "curves/cost.png",
                "curves/cost.svg",
                "summary.csv",
                "report.html");
        assertFalse(Files.exists(temporary.resolve("images/" + diverged)));
        Map<String, byte[]> before = new HashMap<>();
        for (String file : files) {
            before.put(file, Files.readAllBytes(temporary.resolve(file)));
            Files.delete(temporary.resolve(file));
        }
        Report.write(Outcome.read(outcome.folder()));
        for (String file : files) {
            assertArrayEquals(before.get(file), Files.readAllBytes(temporary.resolve(file)), file);
        }
    }

    @Test
    void theGuaranteedRateOfARunWithoutARateIsAnEmptyCell() throws IOException {
        Report.write(MadeUpResults.ofLbfgs(temporary, true, 3, new ImageShape(4, 3)));
        List<String> lines = Files.readAllLines(temporary.resolve("summary.csv"));
        int column = List.of(lines.get(0).split(",")).indexOf("guaranteed_rate");
        assertEquals("0.4", lines.get(1).split(",", -1)[column]);
        assertEquals("logistic-lbfgs", lines.get(2).split(",", -1)[0]);
        assertEquals("", lines.get(2).split(",", -1)[column]);
    }

    @Test
    void drawsOnlyTheBestRuns() {
        Outcome outcome = MadeUpResults.in(temporary, 5, 3, new ImageShape(4, 3));
        List<String> byError = outcome.runs().stream()
                .filter(run -> !run.diverged())
                .sorted(Comparator.comparingDouble(run -> run.best().error()))
                .map(run -> run.run().name())
                .toList();
        Report.write(outcome, 2);
        for (int i = 0; i < byError.size(); i++) {
            assertEquals(i < 2, Files.exists(temporary.resolve("images/" + byError.get(i) + "/weights.png")));
        }
    }

    @Test
    void runsAllPartsInParallel() {
        AtomicInteger done = new AtomicInteger();
        Report.runInParallel(Collections.nCopies(20, done::incrementAndGet));
        assertEquals(20, done.get());
    }

    @Test
    void throwsTheFirstFailureAfterAllPartsHaveEnded() {
        UserException first = new UserException("first");
        AtomicInteger done = new AtomicInteger();
        List<Runnable> parts = List.of(
                done::incrementAndGet,
                () -> {
                    throw first;
                },
                () -> {
                    throw new UserException("second");
                },
                done::incrementAndGet);
        assertSame(first, assertThrows(UserException.class, () -> Report.runInParallel(parts)));
        assertEquals(2, done.get());
    }
}
