package io.sparkperceptron.course;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a hand-in of a task must say.
 *
 * @param seed of the class
 * @param digests by epoch, ascending
 * @param answers the right answers to each {@link Question}; none where any answer is right
 */
public record Solution(int task, long seed, Map<Integer, String> digests, Map<Question, Set<String>> answers) {

    static Solution of(Task task, List<EpochMetrics> epochs, Ending ending, Evaluation tested, ClassLabels labels) {
        Map<Integer, String> digests = new LinkedHashMap<>();
        for (EpochMetrics epoch : epochs) {
            if (Task.isHandedIn(epoch.epoch(), epochs.size() - 1)) {
                digests.put(epoch.epoch(), MetricsTable.digest(epoch));
            }
        }
        String reached = epochs.stream()
                .filter(epoch -> epoch.test().error() <= task.target())
                .findFirst()
                .map(epoch -> Integer.toString(epoch.epoch()))
                .orElse(Question.NEVER);
        // Judged alone, as the student has trained it: no other run can be faster.
        RunHistory history = new RunHistory(epochs, ending, tested.stuckUnits());
        Verdict verdict = new Judge(List.of(history), 0, false).verdict(history);
        Set<String> confused = history.diverged() ? Set.of() : mostConfused(tested.confusion(), labels);
        return new Solution(
                task.number(),
                task.seed(),
                digests,
                Map.of(
                        Question.FIRST_EPOCH, Set.of(reached),
                        Question.VERDICT, Set.of(Question.verdict(verdict.kind())),
                        Question.DIGIT, confused));
    }

    /** The labels with the most misclassified test examples. */
    private static Set<String> mostConfused(ConfusionMatrix confusion, ClassLabels labels) {
        long[] errors = IntStream.range(0, confusion.classes())
                .mapToLong(label -> confusion.labelled(label) - confusion.count(label, label))
                .toArray();
        long most = Arrays.stream(errors).max().orElse(0);
        return IntStream.range(0, errors.length)
                .filter(label -> errors[label] == most)
                .mapToObj(labels::text)
                .collect(Collectors.toSet());
    }

    /**
     * Says what is wrong with a hand-in of this task; empty if nothing is. Answers count only if all digests are right.
     *
     * @param all the solutions of all tasks, to name the task whose digest the hand-in has
     */
    String fault(HandIn handIn, List<Solution> all) {
        if (handIn.seed() != seed) {
            return "has seed " + handIn.seed() + ", which is not the seed of the class";
        }
        for (Map.Entry<Integer, String> digest : digests.entrySet()) {
            int epoch = digest.getKey();
            String found = handIn.digests().get(epoch);
            if (found == null) {
                return "has no digest of epoch " + epoch;
            }
            if (!found.equals(digest.getValue())) {
                return all.stream()
                        .filter(other -> found.equals(other.digests().get(epoch)))
                        .findFirst()
                        .map(other -> "at epoch " + epoch + " has the digest of task " + other.task())
                        .orElse("differs first at epoch " + epoch);
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Question question : Question.values()) {
            String given = handIn.answers().getOrDefault(question, "");
            Set<String> right = answers.get(question);
            if (!right.isEmpty() && !right.contains(given)) {
                wrong.add(question.label() + ": expected "
                        + right.stream().sorted().collect(Collectors.joining(" or ")) + ", found "
                        + (given.isEmpty() ? "no answer" : given));
            }
        }
        return String.join("; ", wrong);
    }
}
