package io.sparkperceptron.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.session.DataSettings;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.session.Results;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.session.TrainingSettings;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class of thirty students. Each trains alone, on other blocks than the check, which trains all in one pass. */
class AssignmentTest extends SparkTest {

    private static final int CLASS = 30;
    private static final int EPOCHS = 40;
    private static final int ROWS = 1500;
    private static final int HEADER = 16;
    private static final int PIXELS = 10 * 5;

    @TempDir
    static Path temporary;

    private static final Assignment ASSIGNMENT = Assignment.draw(CLASS, 7, EPOCHS);
    private static SparkSession session;
    private static Path images;
    private static List<Solution> solutions;

    /** The results of a student who trains alone, by task. */
    private static final Map<Integer, HandIn> HONEST = new TreeMap<>();

    @BeforeAll
    static void trainInOnePassAndAlone() throws IOException {
        session = SparkSession.builder().sparkContext(spark().sc()).getOrCreate();
        images = images("images");
        try (TrainingData all =
                TrainingData.load(session, ASSIGNMENT.divided(DataSettings.images(images.toString(), 0)))) {
            solutions = ASSIGNMENT.solve(all);
        }
        for (int fold = 0; fold < Task.FOLDS; fold++) {
            int own = fold;
            List<Task> tasks = ASSIGNMENT.tasks().stream()
                    .filter(task -> task.fold() == own)
                    .toList();
            if (!tasks.isEmpty()) {
                try (TrainingData data = load(tasks.get(0), images)) {
                    tasks.forEach(task -> HONEST.put(
                            task.number(), handIn(task, digests(data, task.run().setting(), Start.ZEROS, EPOCHS, 0))));
                }
            }
        }
    }

    private static Path images(String name) {
        return TestImages.writeFolder(temporary.resolve(name), ROWS, 400, 10, 5);
    }

    private static TrainingData load(Task task, Path images) {
        return TrainingData.load(session, task.images(images.toString()));
    }

    private static Map<Integer, String> digests(
            TrainingData data, Setting setting, Start start, int epochs, int already) {
        Map<Integer, String> digests = new TreeMap<>();
        for (EpochMetrics epoch : train(data, setting, start, epochs)
                .metrics()
                .values()
                .iterator()
                .next()) {
            if (epoch.epoch() > 0 && epoch.epoch() % Task.PERIOD == 0) {
                digests.put(already + epoch.epoch(), MetricsTable.digest(epoch));
            }
        }
        return digests;
    }

    private static Fit train(TrainingData data, Setting setting, Start start, int epochs) {
        TrainingPlan plan = new TrainingPlan(List.of(new Run(setting, "alone")), epochs, start, StopRules.NONE);
        return Fit.train(data, new TrainingSettings(plan, KernelChoice.SCALAR, null, List.of()), List.of());
    }

    private static HandIn handIn(Task task, Map<Integer, String> digests) {
        Map<Question, String> answers = solution(task.number()).answers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, right -> right.getValue().iterator().next()));
        return new HandIn(task.number(), task.seed(), digests, answers);
    }

    private static Task task(int number) {
        return ASSIGNMENT.tasks().get(number - 1);
    }

    private static Solution solution(int number) {
        return solutions.get(number - 1);
    }

    private static Map<String, String> texts(Map<Integer, HandIn> handIns) {
        Map<String, String> texts = new TreeMap<>();
        handIns.forEach((number, handIn) -> texts.put("student-" + number + ".csv", handIn.text()));
        return texts;
    }

    @Test
    void trainingATaskAloneGivesTheBitsOfTheSharedPass() {
        for (Solution solution : solutions) {
            assertEquals(solution.digests(), HONEST.get(solution.task()).digests(), task(solution.task())::toString);
            assertEquals(List.of(10, 20, 30, 40), List.copyOf(solution.digests().keySet()));
        }
        assertEquals(
                4 * CLASS,
                solutions.stream()
                        .flatMap(solution -> solution.digests().values().stream())
                        .distinct()
                        .count());
        List<Mark> marks = Mark.all(solutions, texts(HONEST));
        assertEquals(CLASS, marks.size());
        assertTrue(marks.stream().allMatch(Mark::isRight), marks::toString);
    }

    @Test
    void sixWaysToCheatAreFoundWithTheEpoch() throws IOException {
        Map<Integer, HandIn> handIns = new TreeMap<>(HONEST);
        handIns.put(3, otherRate(task(3)));
        handIns.put(8, onePixelChanged(task(8)));
        handIns.put(11, handIn(task(11), HONEST.get(5).digests()));
        handIns.put(17, lastEpochsMadeUp(task(17)));
        handIns.put(20, roundedOnTheWay(task(20)));
        handIns.put(26, handIn(task(26), HONEST.get(27).digests()));
        handIns.put(27, handIn(task(27), HONEST.get(26).digests()));
        Map<Integer, String> faults = Mark.all(solutions, texts(handIns)).stream()
                .filter(mark -> !mark.isRight())
                .collect(Collectors.toMap(Mark::task, Mark::fault, (one, other) -> one + other, TreeMap::new));
        assertEquals(
                new TreeMap<>(Map.of(
                        3, "differs first at epoch 10",
                        8, "differs first at epoch 10",
                        11, "at epoch 10 has the digest of task 5",
                        17, "differs first at epoch 30",
                        20, "differs first at epoch 20",
                        26, "at epoch 10 has the digest of task 27",
                        27, "at epoch 10 has the digest of task 26")),
                faults);
    }

    private static HandIn otherRate(Task task) {
        try (TrainingData data = load(task, images)) {
            Setting other = new Setting(task.loss(), Math.nextUp(task.learningRate()), task.l2());
            return handIn(task, digests(data, other, Start.ZEROS, EPOCHS, 0));
        }
    }

    /** Changes one pixel by one step of 256, in the last row that the task trains on. */
    private static HandIn onePixelChanged(Task task) throws IOException {
        Path changed = images("changed");
        Path file = changed.resolve("train-images-idx3-ubyte");
        byte[] bytes = Files.readAllBytes(file);
        int row = ROWS - 1;
        while (new Folds(Task.FOLDS, task.seed()).fold(row) == task.fold()) {
            row--;
        }
        bytes[HEADER + row * PIXELS] ^= 1;
        Files.write(file, bytes);
        try (TrainingData data = load(task, changed)) {
            return handIn(task, digests(data, task.run().setting(), Start.ZEROS, EPOCHS, 0));
        }
    }

    private static HandIn lastEpochsMadeUp(Task task) {
        Map<Integer, String> digests = new TreeMap<>(HONEST.get(task.number()).digests());
        digests.put(30, "0123456789abcdef");
        digests.put(40, "fedcba9876543210");
        return handIn(task, digests);
    }

    /** Continues from epoch 10 with weights rounded to 24 bits. */
    private static HandIn roundedOnTheWay(Task task) {
        try (TrainingData data = load(task, images)) {
            Setting setting = task.run().setting();
            PerceptronModel half =
                    train(data, setting, Start.ZEROS, 10).runs().get(0).model();
            double[] rounded = half.toArray();
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) rounded[i];
            }
            Start start = Start.at(new PerceptronModel(half.classes(), half.features(), rounded));
            Map<Integer, String> digests = digests(data, setting, start, 30, 10);
            digests.put(10, HONEST.get(task.number()).digests().get(10));
            return handIn(task, digests);
        }
    }

    @Test
    void theResultsOfAStudentHoldTheAnswers() {
        Assignment extremes = new Assignment(List.of(
                new Task(1, 7, Loss.LOGISTIC, 0.1, 0, 4, 20, 0.1),
                new Task(2, 7, Loss.LOGISTIC, 10, 0.15, 4, 20, 0),
                new Task(3, 7, Loss.MSE, 200, 1e-3, 4, 20, 0.5)));
        List<Solution> right;
        try (TrainingData all =
                TrainingData.load(session, extremes.divided(DataSettings.images(images.toString(), 0)))) {
            right = extremes.solve(all);
        }
        assertEquals(
                List.of(Set.of("steady"), Set.of("oscillating"), Set.of("saturated")),
                right.stream().map(one -> one.answers().get(Question.VERDICT)).toList());
        for (Task task : extremes.tasks()) {
            Results results;
            try (TrainingData data = load(task, images)) {
                results = task.sweep(data).train(temporary.resolve("out").toString());
            }
            String verdict = results.summary().select("verdict").first().getString(0);
            HandIn handIn = HandIn.of(
                    task,
                    results,
                    firstEpoch(results, task.target()),
                    verdict.replace("partly ", ""),
                    mostConfused(results));
            assertEquals("", right.get(task.number() - 1).fault(handIn, right));
            for (String[] answers : new String[][] {{"never", "steady"}, {"never", "steady", "3 for 8", ""}}) {
                assertThrows(IllegalArgumentException.class, () -> HandIn.of(task, results, answers));
            }
        }
    }

    private static String firstEpoch(Results results, double target) {
        List<Row> reached = results.metrics()
                .where("test_error <= " + target)
                .orderBy("epoch")
                .select("epoch")
                .collectAsList();
        return reached.isEmpty() ? " never " : Integer.toString(reached.get(0).getInt(0));
    }

    private static String mostConfused(Results results) {
        return results.confusion(results.runs().get(0))
                .where("label <> prediction")
                .groupBy("label")
                .sum("count")
                .orderBy(functions.desc("sum(count)"))
                .first()
                .get(0)
                .toString();
    }

    @Test
    void aWrongAnswerIsNamedWithTheRightOne() {
        Solution solution = new Solution(
                1,
                7,
                Map.of(10, "00000000000000aa"),
                Map.of(
                        Question.FIRST_EPOCH, Set.of("7"),
                        Question.VERDICT, Set.of("steady"),
                        Question.DIGIT, Set.of("8", "5")));
        HandIn wrong = new HandIn(
                1,
                7,
                Map.of(10, "00000000000000aa"),
                Map.of(Question.FIRST_EPOCH, "8", Question.VERDICT, "steady", Question.DIGIT, ""));
        assertEquals(
                "first_epoch: expected 7, found 8; digit: expected 5 or 8, found no answer",
                solution.fault(wrong, List.of(solution)));
        HandIn right = new HandIn(
                1,
                7,
                wrong.digests(),
                Map.of(Question.FIRST_EPOCH, "7", Question.VERDICT, "steady", Question.DIGIT, "8"));
        assertEquals("", solution.fault(right, List.of(solution)));
        assertEquals(
                "has no digest of epoch 10",
                solution.fault(new HandIn(1, 7, Map.of(20, "00000000000000aa"), right.answers()), List.of(solution)));
        assertEquals(
                "has seed 8, which is not the seed of the class",
                solution.fault(new HandIn(1, 8, right.digests(), right.answers()), List.of(solution)));
        Map<String, String> texts = new TreeMap<>();
        texts.put("a.csv", right.text());
        texts.put("b.csv", right.text());
        texts.put("c.csv", new HandIn(2, 7, right.digests(), right.answers()).text());
        texts.put("d.csv", "name,value\ntask,one\n");
        assertEquals(
                List.of(
                        new Mark(1, "a.csv", ""),
                        new Mark(1, "b.csv", "the task has another hand-in, a.csv"),
                        new Mark(2, "c.csv", "there is no such task"),
                        new Mark(
                                null,
                                "d.csv",
                                "In d.csv: Expected a row of hand-ins in line 2: expected the number of a task, got 'one'")),
                Mark.all(List.of(solution), texts));
        HandIn incomplete = new HandIn(1, 7, Map.of(20, "00000000000000aa"), right.answers());
        assertEquals(
                List.of(new Mark(1, "a.csv", "has no digest of epoch 10"), new Mark(1, "b.csv", "")),
                Mark.all(List.of(solution), new TreeMap<>(Map.of("a.csv", incomplete.text(), "b.csv", right.text()))));
        assertEquals(List.of(new Mark(1, "", "there is no hand-in")), Mark.all(List.of(solution), Map.of()));
    }

    @Test
    void aTaskDoesNotDependOnTheSizeOfTheClass() {
        assertEquals(
                ASSIGNMENT.tasks().subList(0, 12),
                Assignment.draw(12, 7, EPOCHS).tasks());
        assertEquals(task(9), Assignment.task(9, 7, EPOCHS));
        assertNotEquals(
                Assignment.draw(5, 8, EPOCHS).tasks().stream().map(Task::run).toList(),
                ASSIGNMENT.tasks().subList(0, 5).stream().map(Task::run).toList());
        assertEquals(
                Assignment.MOST,
                Assignment.draw(Assignment.MOST, -1, 10).tasks().size());
        List<Object> drawn = new ArrayList<>();
        ASSIGNMENT.tasks().forEach(task -> drawn.addAll(List.of(task.loss(), "fold " + task.fold())));
        assertEquals(2 + Task.FOLDS, drawn.stream().distinct().count());
        assertThrows(IllegalArgumentException.class, () -> Assignment.draw(Assignment.MOST + 1, 1, 10));
    }

    @Test
    void aFileOfTasksIsReadBackOrRefusedWithItsLine() {
        String text = ASSIGNMENT.text();
        assertEquals(ASSIGNMENT, Assignment.parse(text, "tasks.csv"));
        assertEquals(ASSIGNMENT, Assignment.parse("\uFEFF" + text.replace("\n", "\r\n"), "tasks.csv"));
        for (String[] change : new String[][] {
            {"\n3,7,", "\n3,7,linear", "line 4"},
            {"\n3,7,", "\n3,8,", "the same seed and epochs, got others in task 3"},
            {"\n3,7,", "\n2,7,", "got task 2 twice"},
            {"\n1,7,", "\n0,7,", "line 2: expected a task from 1 on, got 0"},
            {"task,seed", "task,seeds", "Expected tasks that begin with task,seed,loss"},
        }) {
            String message = assertThrows(
                            UserException.class,
                            () -> Assignment.parse(text.replaceFirst(change[0], change[1]), "tasks.csv"))
                    .getMessage();
            assertTrue(message.startsWith("In tasks.csv: ") && message.contains(change[2]), message);
        }
    }
}
