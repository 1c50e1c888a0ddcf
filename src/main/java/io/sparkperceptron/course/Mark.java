package io.sparkperceptron.course;

import io.sparkperceptron.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of checking one hand-in.
 *
 * @param task null if the file is damaged
 * @param file the name of the file; empty if there is none for the task
 * @param fault what is wrong; empty if nothing is
 */
public record Mark(Integer task, String file, String fault) {

    /**
     * Checks all hand-ins. Returns marks in the order of the tasks, then the marks of files without a task.
     *
     * @param texts the files' texts by their names
     */
    public static List<Mark> all(List<Solution> solutions, Map<String, String> texts) {
        Map<Integer, List<Mark>> byTask = new HashMap<>();
        List<Mark> others = new ArrayList<>();
        Map<Integer, Solution> known = new HashMap<>();
        solutions.forEach(solution -> known.put(solution.task(), solution));
        texts.forEach((file, text) -> {
            try {
                HandIn handIn = HandIn.parse(text, file);
                Solution solution = known.get(handIn.task());
                if (solution == null) {
                    others.add(new Mark(handIn.task(), file, "there is no such task"));
                    return;
                }
                List<Mark> marks = byTask.computeIfAbsent(handIn.task(), task -> new ArrayList<>());
                String fault = solution.fault(handIn, solutions);
                if (fault.isEmpty()) {
                    fault = marks.stream()
                            .filter(Mark::isRight)
                            .findFirst()
                            .map(right -> "the task has another hand-in, " + right.file())
                            .orElse("");
                }
                marks.add(new Mark(handIn.task(), file, fault));
            } catch (UserException e) {
                others.add(new Mark(null, file, e.getMessage()));
            }
        });
        List<Mark> all = new ArrayList<>();
        for (Solution solution : solutions) {
            all.addAll(byTask.getOrDefault(
                    solution.task(), List.of(new Mark(solution.task(), "", "there is no hand-in"))));
        }
        all.addAll(others);
        return all;
    }

    public boolean isRight() {
        return fault.isEmpty();
    }
}
