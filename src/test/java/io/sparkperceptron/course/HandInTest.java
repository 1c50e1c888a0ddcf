package io.sparkperceptron.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandInTest {

    private static final HandIn GOOD = new HandIn(
            12,
            7,
            Map.of(10, "a51be9dd1c8dcac3", 20, "00000000000000ff"),
            Map.of(Question.FIRST_EPOCH, "never", Question.VERDICT, "", Question.DIGIT, "5"));

    private static final String TEXT = """
            name,value
            task,12
            first_epoch,never
            verdict,steady
            digit,
            digest_10,a51be9dd1c8dcac3
            digest_20,00000000000000ff
            seed,7
            """;

    @Test
    void isReadBackAfterMailAndSpreadsheet() {
        assertEquals(GOOD, HandIn.parse(GOOD.text(), "a.csv"));
        assertEquals(GOOD, HandIn.parse("\uFEFF" + GOOD.text().replace("\n", "\r\n") + "\r\n", "a.csv"));
        assertEquals(
                GOOD, HandIn.parse(GOOD.text().replace(",", " , ").replace("name , value", "name,value"), "a.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task,12 | task,twelve | line 2: expected the number of a task, got 'twelve'",
                "task,12 | task,0 | line 2: expected the number of a task, got '0'",
                "task,12 | verdict,steady | line 4: expected one line with verdict, got another",
                "task,12 | digest_30,a51be9dd1c8dcac3 | Expected a line with task and its number, and one with seed, found no task",
                "never | soon | line 3: expected a whole number or never for first_epoch, got 'soon'",
                "never | -1 | line 3: expected a whole number or never for first_epoch, got '-1'",
                "steady | fine | line 4: expected steady, oscillating, saturated or diverged for verdict, got 'fine'",
                "digit, | digit,5,8 | line 5: expected 2 columns, got 3",
                "a51be9dd1c8dcac3 | A51BE9 | line 6: expected a digest of 16 digits from 0 to f, got 'A51BE9'",
                "digest_20 | digest_x | line 7: expected an epoch after digest_, got 'x'",
                "digest_20 | weights | line 7: expected a name such as task or digest_10, got 'weights'",
                "seed,7 | seed,-7 | line 8: expected the seed of a class, got '-7'",
                "seed,7 | digest_20000000000,a51be9dd1c8dcac3 | line 8: expected an epoch after digest_, got '20000000000'",
                "name,value | nom,valeur | Expected hand-ins that begin with name,value",
            })
    void aDamagedFileIsNamedWithItsLine(String from, String to, String sentence) {
        UserException refused =
                assertThrows(UserException.class, () -> HandIn.parse(TEXT.replaceFirst(from, to), "a.csv"));
        DamagedInput.assertSentence(refused.getMessage());
        assertEquals("In a.csv: ", refused.getMessage().substring(0, 10));
        assertEquals(true, refused.getMessage().contains(sentence), refused.getMessage());
    }

    @Test
    void anyDamageEndsInASentence(TestReporter reporter) {
        DamagedInput.forEach(
                2000,
                reporter,
                random -> HandIn.parse(
                        new String(
                                DamagedInput.damage(TEXT.getBytes(StandardCharsets.UTF_8), random),
                                StandardCharsets.UTF_8),
                        "a.csv"));
    }
}
