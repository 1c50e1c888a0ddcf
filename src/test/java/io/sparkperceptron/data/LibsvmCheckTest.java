package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.ClassLabels;
import java.util.List;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 1:NaN|expected index:value with a finite value|1:NaN",
                "1 1:Infinity|expected index:value with a finite value|1:Infinity",
                "1 1:|expected index:value with a finite value|1:",
                "1 4:1|expected indices up to 3|4:1",
                "1 0:1|expected index:value with an index from 1 on|0:1",
                "1 -1:1|expected index:value with an index from 1 on|-1:1",
                "1 2:1 2:1|expected indices in ascending order|2 after 2",
                "1 2:1 1:1|expected indices in ascending order|1 after 2",
                "1 2|expected index:value|2",
                "1 x:1|expected index:value|x:1",
                "1 1.0:1|expected index:value with an index from 1 on|1.0:1",
                "1 3000000000:1|expected indices up to 3|3000000000:1",
                "1 1:2:3|expected index:value|1:2:3",
                "1 qid: 1:1|expected qid:query with a whole number as query|qid:",
                "1 qid:-1 1:1|expected qid:query with a whole number as query|qid:-1",
                "1 1:1 qid:1|expected index:value with an index from 1 on|qid:1",
                "1 qid:1 qid:2 1:1|expected index:value with an index from 1 on|qid:2",
                "1 1:# comment|expected index:value with a finite value|1:",
                "2 1:1|expected a label from 0 to 1|2",
                "-1 1:1|expected a label from 0 to 1|-1",
                "0.5 1:1|expected a label from 0 to 1|0.5",
                "yes 1:1|expected a label from 0 to 1|yes"
            })
    void saysWhatIsWrongWithALine(String line, String expected, String found) {
        LibsvmCheck check = new LibsvmCheck(3, ClassLabels.upTo(2));
        String problem = check.checkLine(line).sentence();
        assertTrue(problem.startsWith(expected), problem);
        assertTrue(problem.endsWith(", found " + found) || problem.endsWith(", found '" + found + "'"), problem);
        assertFalse(check.good());
        assertEquals(0, check.labels().rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5 1:1", "NaN 1:1", " : "})
    void refusesFractionsAsLabelsOfUnknownClasses(String line) {
        String problem = new LibsvmCheck(0, null).checkLine(line).sentence();
        assertTrue(problem.startsWith("expected a whole number as label, found '"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2147483647", "2147483647", "3000000000", "1e400"})
    void saysThatALabelIsTooLarge(String label) {
        assertEquals(
                "expected labels below 2147483647 in size, found '" + label + "'",
                new LibsvmCheck(0, null).checkLine(label + " 1:1").sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "4177197833204390623", "41771978332043906234177197833204390623"})
    void saysThatAnIndexIsTooLarge(String index) {
        assertEquals(
                "expected indices up to 2147483647, found '" + index
                        + ":1'; renumber the features, or hash them to fewer",
                new LibsvmCheck(0, null).checkLine("1 7:1 " + index + ":1").sentence());
        assertNull(new LibsvmCheck(0, null).checkLine("1 2147483647:1"));
    }

    /** LIBSVM itself and scikit-learn split a line the same way. */
    @ParameterizedTest
    @ValueSource(strings = {"1\t1:2\t3:4", "1\t1:2 3:4", "\t1 qid:3\t 1:2 \t3:4\t# comment", "1\f1:2\u000B3:4"})
    void splitsALineAtTabsAndOtherBlanks(String line) {
        LibsvmCheck check = new LibsvmCheck(3, null);
        assertNull(check.checkLine(line));
        assertEquals(
                new LabeledPoint(1, Vectors.sparse(3, new int[] {0, 2}, new double[] {2, 4})),
                LibsvmLine.of(line).point(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1:1 3:-0.5",
                " 1.0   1:1e-3  3:2 ",
                "1",
                "\t1 3:0",
                "1 qid:3 1:1",
                "1 qid:99999999999999",
                "1 1:1 # 2:x",
                "1 1:1#",
                "1#"
            })
    void acceptsGoodLines(String line) {
        LibsvmCheck check = new LibsvmCheck(3, ClassLabels.upTo(2));
        assertNull(check.checkLine(line));
        assertTrue(check.good());
        assertEquals(1, check.labels().rows());
        assertEquals(ClassLabels.upTo(2), check.labels().classes("here"));
    }

    @Test
    void namesTheLabelsOfTheTrainingSet() {
        LibsvmCheck check = new LibsvmCheck(0, ClassLabels.of(2, List.of(-1, 1)));
        assertNull(check.checkLine("+1 1:1"));
        assertNull(check.checkLine("-1.0 1:1"));
        LibsvmCheck.Problem problem = check.checkLine("0 1:1");
        assertEquals("expected one of the training set's labels, -1, 1, found '0'", problem.sentence());
        assertNull(problem.remedy());
    }

    @Test
    void emptyLinesAndCommentsAreNoRows() {
        LibsvmCheck check = new LibsvmCheck(0, null);
        assertNull(check.checkLine(""));
        assertNull(check.checkLine("  # 1 1:1"));
        assertEquals(0, check.labels().rows());
    }

    @Test
    void shortensQuotesOfLongLines() {
        String problem = new LibsvmCheck(0, null).checkLine("x".repeat(1000)).sentence();
        assertTrue(problem.endsWith("'" + "x".repeat(40) + "...'"), problem);
    }

    @Test
    void remembersRowsLabelsAndLargestIndex() {
        LibsvmCheck check = new LibsvmCheck(0, null);
        for (String line : List.of("3 1:1", "0 7:1", "0")) {
            assertNull(check.checkLine(line));
        }
        assertEquals(3, check.labels().rows());
        assertEquals(ClassLabels.of(2, List.of(0, 3)), check.labels().classes("here"));
        assertEquals(7, check.largestIndex());
        assertTrue(check.good());
        check.checkLine("no");
        assertFalse(check.good());
    }
}
