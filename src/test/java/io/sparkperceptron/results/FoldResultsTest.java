package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.report.MadeUpResults;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The results of a training with folds, read back from files. */
class FoldResultsTest {

    private static final int FOLDS = 3;

    @TempDir
    Path folder;

    @Test
    void aSettingsSummaryHasTheMeanAndStandardErrorOfItsFolds() throws IOException {
        Outcome outcome = MadeUpResults.inFolds(folder, 3, 3, new ImageShape(2, 2), FOLDS);
        assertEquals(3, outcome.runs().size());
        assertEquals(3 * (FOLDS + 1), Recording.byRun(outcome.metrics()).size());
        assertEquals("folds", outcome.chooser());
        SummaryTable.write(outcome);
        List<String> lines = Files.readAllLines(folder.resolve(Layout.SUMMARY));
        assertEquals(4, lines.size());
        double margin = 0.01 / Math.sqrt(FOLDS);
        assertEquals("folds", cell(lines, 1, "chosen_by"));
        assertEquals("4", cell(lines, 1, "best_epoch"));
        assertEquals(0.11, number(lines, 1, "best_error"), 1e-12);
        assertEquals(margin, number(lines, 1, "best_error_standard_error"), 1e-12);
        assertEquals(0.11, number(lines, 1, "validation_error"), 1e-12);
        assertEquals(0.22, number(lines, 1, "validation_cost"), 1e-12);
        assertEquals(margin, number(lines, 1, "validation_error_standard_error"), 1e-12);
        assertEquals("4", cell(lines, 1, "chosen_epochs"));
        assertEquals(0.1, number(lines, 1, "chosen_test_error"), 1e-12);
        assertEquals(0.111, number(lines, 2, "best_error"), 1e-12);
        assertEquals("", cell(lines, 2, "chosen_epochs"));
        assertEquals("", cell(lines, 2, "chosen_test_error"));
        assertEquals("0", cell(lines, 3, "best_epoch"));
        assertEquals("", cell(lines, 3, "validation_error"));
    }

    @Test
    void withoutFoldsTheResultsHaveNoneOfTheirValues() throws IOException {
        Outcome outcome = MadeUpResults.inFolds(folder, 3, 3, new ImageShape(2, 2), 0);
        SummaryTable.write(outcome);
        List<String> lines = Files.readAllLines(folder.resolve(Layout.SUMMARY));
        for (String column : List.of(
                "best_error_standard_error", "validation_error_standard_error", "chosen_epochs", "chosen_test_error")) {
            assertEquals("", cell(lines, 1, column));
        }
        assertEquals("test", cell(lines, 1, "chosen_by"));
        assertFalse(outcome.choice().isPresent());
    }

    @Test
    void aSettingThatLacksAFoldIsRefused() throws IOException {
        MadeUpResults.inFolds(folder, 2, 3, new ImageShape(2, 2), FOLDS);
        Path metrics = folder.resolve(Layout.METRICS);
        List<String> whole = Files.readAllLines(metrics);
        Files.write(
                metrics,
                whole.stream()
                        .filter(line -> !line.contains("logistic-1-fold-1"))
                        .toList());
        Folder output = Folder.at(folder.toString(), new Configuration());
        UserException refused = assertThrows(UserException.class, () -> Outcome.read(output));
        assertEquals(
                "Expected metrics of 3 folds of logistic-1 in "
                        + output.child(Layout.METRICS).uri() + ", found 2",
                refused.getMessage());
        Files.write(
                metrics,
                whole.stream()
                        .filter(line -> !line.startsWith("2,logistic-1-fold-1"))
                        .toList());
        assertEquals(
                "In " + output.child(Layout.METRICS).uri()
                        + ": expected the metrics of epoch 2 of logistic-1-fold-1, got those of epoch 3",
                assertThrows(UserException.class, () -> Outcome.read(output)).getMessage());
    }

    /** The format of numpy: a header of a multiple of 64 bytes, and then a byte for each row. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8191, 20_000})
    void foldsAreAVectorOfBytes(int rows) throws IOException {
        Folds folds = new Folds(7, 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFormat.writeBytes(rows, folds::fold, out);
        byte[] bytes = out.toByteArray();
        int header = 10 + bytes[8];
        assertEquals(0, header % 64);
        assertEquals(
                "{'descr': '|u1', 'fortran_order': False, 'shape': (" + rows + ",), }",
                new String(bytes, 10, bytes[8], StandardCharsets.US_ASCII).strip());
        byte[] expected = new byte[rows];
        for (int row = 0; row < rows; row++) {
            expected[row] = (byte) folds.fold(row);
        }
        assertArrayEquals(expected, Arrays.copyOfRange(bytes, header, bytes.length));
    }

    private static double number(List<String> lines, int row, String column) {
        return Double.parseDouble(cell(lines, row, column));
    }

    private static String cell(List<String> lines, int row, String column) {
        int index = List.of(lines.get(0).split(",", -1)).indexOf(column);
        return lines.get(row).split(",", -1)[index];
    }
}
