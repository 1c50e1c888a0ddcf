package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CourseCommandsTest extends CommandTest {

    private static final Pattern RIGHT = Pattern.compile("(\\w+): expected (\\S+)(?: or \\S+)*, found no answer");

    private int check(Path tasks, Path answers) {
        return run("check", "--data", data.toString(), "--tasks", tasks.toString(), "--answers", answers.toString());
    }

    /** The digests come from a cross-validation, which trains without each fold, too. */
    @Test
    void aTaskIsAssignedTrainedAndChecked() throws IOException {
        Path tasks = temporary.resolve("tasks.csv");
        String[] assign = {"assign", "--class", "1", "--seed", "5", "--epochs", "20", "--output", tasks.toString()};
        assertEquals(0, run(assign), () -> errors);
        assertTrue(printed.endsWith("; tell each student a number from 1 to 1, and seed 5 and 20 epochs\n"), printed);
        String[] task = Files.readAllLines(tasks).get(1).split(",", -1);
        assertEquals(List.of("1", "5"), List.of(task[0], task[1]));
        assertEquals(1, run(assign));
        assertSentence("Expected a new file for the tasks, but file:" + tasks + " exists");
        assertEquals(0, run(with(assign, "--overwrite")), () -> errors);

        assertEquals(
                0,
                train(
                        "--epochs",
                        "20",
                        "--folds",
                        "10",
                        "--fold-seed",
                        "5",
                        "--loss",
                        task[2],
                        "--learning-rate",
                        task[3],
                        "--l2",
                        task[4]),
                () -> errors);
        String digests = Files.readAllLines(output.resolve("metrics.csv")).stream()
                .filter(row -> row.matches("[12]0,[^,]*-fold-" + task[5] + ",.*"))
                .map(row -> "digest_" + row.split(",", -1)[0] + row.substring(row.lastIndexOf(',')) + "\n")
                .collect(Collectors.joining());
        Path answers = Files.createDirectory(temporary.resolve("answers"));
        Files.writeString(answers.resolve("anna.csv"), "name,value\ntask,1\nseed,5\n" + digests);
        Files.writeString(answers.resolve("ben.csv"), "name,value\ntask,1\nepoch,20\n");
        Files.writeString(answers.resolve("notes.txt"), "is no hand-in");
        Files.createDirectory(answers.resolve("folder.csv"));
        Files.writeString(answers.resolve("long.csv"), "x".repeat(2 << 20));
        assertEquals(1, check(tasks, answers));
        assertSentence("Expected a right hand-in of every task, and no other, found 4 faults");
        assertTrue(printed.contains("          folder.csv  ") && printed.contains("          long.csv    "), printed);
        assertTrue(
                printed.contains(
                        "ben.csv     In ben.csv: Expected a row of hand-ins in line 3: expected a name such as"),
                printed);
        assertFalse(printed.contains("notes.txt"), printed);
        List<MatchResult> right = RIGHT.matcher(printed).results().toList();
        assertEquals(3, right.size(), printed);
        assertTrue(printed.endsWith("\n0 of 1 tasks have a right hand-in\n"), printed);

        for (String wrong : List.of("ben.csv", "folder.csv", "long.csv")) {
            Files.delete(answers.resolve(wrong));
        }
        String known = right.stream()
                .map(one -> one.group(1) + "," + one.group(2) + "\n")
                .collect(Collectors.joining());
        Files.writeString(answers.resolve("anna.csv"), "name,value\ntask,1\nseed,5\n" + digests + known);
        assertEquals(0, check(tasks, answers), () -> printed + errors);
        assertEquals("  task 1  anna.csv  right\n1 of 1 tasks have a right hand-in\n", printed);
    }

    @Test
    void explainsWhatCannotBeAssignedOrChecked() throws IOException {
        assertEquals(2, run("assign"));
        assertSentence("--class");
        assertEquals(2, run("assign", "--class", "401"));
        assertSentence("expected a class of 1 to 400, got 401");
        assertEquals(2, run("assign", "--class", "2", "--epochs", "9"));
        assertSentence("expected at least 10 epochs, got 9");
        Path tasks = temporary.resolve("tasks.csv");
        Path answers = temporary.resolve("answers");
        assertEquals(1, check(tasks, answers));
        assertSentence("No file file:" + tasks);
        assertEquals(1, check(Path.of("/"), answers));
        assertSentence("Expected a file for the tasks, found the folder file:/");
        assertEquals(0, run("assign", "--class", "2", "--output", tasks.toString()), () -> errors);
        assertEquals(1, check(tasks, answers));
        assertSentence("Expected a folder with hand-ins, *.csv, found no file:" + answers);
        Files.createDirectory(answers);
        Files.writeString(tasks, Files.readString(tasks).replace("\n2,", "\ntwo,"));
        assertEquals(1, check(tasks, answers));
        assertSentence("In file:" + tasks + ": Expected a row of tasks in line 3: ");
        assertEquals(2, run("check", "--answers", answers.toString(), "--validation", "5"));
        assertSentence("expected no --validation");
    }
}
