package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.Floor;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.report.MadeUpResults;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {

    @TempDir
    Path folder;

    @Test
    void foldsHaveAColumnAndALastLine() {
        List<String> lines = print(MadeUpResults.inFolds(folder, 3, 3, new ImageShape(2, 2), 3));
        assertEquals(5, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains("  test error  validation error  verdict"), lines.get(0));
        assertTrue(lines.get(1).contains("     10.00 %   11.00 +-  0.58 %  steady"), lines.get(1));
        assertTrue(lines.get(3).contains("     90.00 %                 -  diverged"), lines.get(3));
        assertEquals(
                "By 3 folds: logistic-1 after 4 epochs, within a standard error of its least mean error, 11.00 +- 0.58 % at"
                        + " epoch 4; so trained on all rows, its test error is 10.00 % (95 % interval: 6.57 to 14.94 %)",
                lines.get(4));
    }

    @Test
    void withoutFoldsThereIsNoColumnForThem() {
        List<String> lines = print(MadeUpResults.inFolds(folder, 3, 3, new ImageShape(2, 2), 0));
        assertEquals(4, lines.size());
        assertFalse(lines.get(0).contains("validation"), lines.get(0));
    }

    @Test
    void aSingleRunHasItsDigest() {
        RunHistory plain = run(0, 0xFFL, Ending.EPOCHS);
        assertEquals(
                Optional.of("Digest of the weights of one: 00000000000000ff, the same wherever all bits are the same"),
                ResultTable.digest(List.of(plain)));
        assertEquals(
                Optional.of(
                        "Digest of the weights and velocity of one: fffffffffffffffe, the same wherever all bits are the"
                                + " same"),
                ResultTable.digest(List.of(run(0.5, -2L, Ending.CONVERGED))));
        assertEquals(Optional.empty(), ResultTable.digest(List.of(plain, plain)));
        assertEquals(Optional.empty(), ResultTable.digest(List.of(run(0, null, Ending.EPOCHS))));
        assertEquals(Optional.empty(), ResultTable.digest(List.of(run(0, 0xFFL, Ending.DIVERGED))));
    }

    @Test
    void aFloorIsProvenOrFound() {
        RunHistory search = search(0.01);
        assertEquals(
                "Floor of the logistic loss with l2 0.01, cost plus penalty: 1.000000 by search at epoch 0, at most"
                        + " 5.0e+01 above the minimum for its biases",
                ResultTable.sentence(Floor.of(List.of(search)).get(Floor.key(search))));
        RunHistory plain = search(0);
        assertEquals(
                "Floor of the logistic loss: 1.000000 by search at epoch 0, the least cost that was found",
                ResultTable.sentence(Floor.of(List.of(plain)).get(Floor.key(plain))));
    }

    private static RunHistory search(double l2) {
        Run run = new Run(Setting.lbfgs(Loss.LOGISTIC, l2), "search");
        return new RunHistory(List.of(new MadeUpMetrics(0, run).metrics()), Ending.EPOCHS, 0);
    }

    private static RunHistory run(double momentum, Long digest, Ending ending) {
        Run run = new Run(new Setting(Loss.LOGISTIC, 0.5, 0, momentum), "one");
        return new RunHistory(List.of(new MadeUpMetrics(0, run).digest(digest).metrics()), ending, 0);
    }

    private static List<String> print(Outcome outcome) {
        StringWriter text = new StringWriter();
        ResultTable.print(outcome, new PrintWriter(text, true));
        return text.toString().lines().toList();
    }
}
