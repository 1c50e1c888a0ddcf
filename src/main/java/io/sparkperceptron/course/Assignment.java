package io.sparkperceptron.course;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Comparison;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.session.DataSettings;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.session.TrainingSettings;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.lang3.Validate;

/** The tasks of a class of students. No two are equal, and all have the same seed and epochs. */
public record Assignment(List<Task> tasks) {

    /** The most students: half of the 800 different tasks, so that the draw finds unused ones quickly. */
    public static final int MOST = 400;

    public static final int EPOCHS = 100;

    /** Spreads seeds, because Random begins with similar numbers for similar seeds. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    public Assignment {
        tasks = List.copyOf(tasks);
        Validate.isTrue(!tasks.isEmpty(), "expected at least one task, found none");
        Task first = tasks.get(0);
        Set<Object> seen = new HashSet<>();
        for (Task task : tasks) {
            Validate.isTrue(
                    seen.add(task.number()) && seen.add(trained(task)),
                    "expected tasks that differ in number and in loss, learning rate, l2 or fold, got task %s twice",
                    task.number());
            Validate.isTrue(
                    task.seed() == first.seed() && task.epochs() == first.epochs(),
                    "expected tasks with the same seed and epochs, got others in task %s",
                    task.number());
        }
    }

    private static List<Object> trained(Task task) {
        return List.of(task.run().setting(), task.fold());
    }

    /** Draws tasks. The task of a number does not depend on the size of the class. */
    public static Assignment draw(int size, int seed, int epochs) {
        Validate.isTrue(size >= 1 && size <= MOST, "expected a class of 1 to " + MOST + ", got %s", size);
        Random random = new Random(seed * SPREAD);
        Set<Object> seen = new HashSet<>();
        List<Task> tasks = new ArrayList<>();
        while (tasks.size() < size) {
            Task task = Task.draw(tasks.size() + 1, seed, epochs, random);
            if (seen.add(trained(task))) {
                tasks.add(task);
            }
        }
        return new Assignment(tasks);
    }

    /** The task of a number, the same as {@link #draw} gives it. */
    public static Task task(int number, int seed, int epochs) {
        return draw(number, seed, epochs).tasks().get(number - 1);
    }

    /** Parses the {@link #text} of a file. Throws UserException if it is damaged. */
    public static Assignment parse(String text, String file) {
        try {
            return new Assignment(Task.TABLE.parse(HandIn.plain(text), "tasks", Task::of));
        } catch (IllegalArgumentException e) {
            throw new UserException("In " + file + ": " + UserException.reason(e), e);
        }
    }

    /** A line of CSV for each task, after a line with the names of the columns. */
    public String text() {
        return Task.TABLE.text(tasks);
    }

    /** The same data, with the folds of these tasks. */
    public DataSettings divided(DataSettings data) {
        return data.withFolds(Task.FOLDS, tasks.get(0).seed());
    }

    /** Trains all tasks on {@link #divided} data, in one pass for each epoch. Solutions have the order of the tasks. */
    public List<Solution> solve(TrainingData data, TrainingListener... listeners) {
        TrainingPlan plan = new TrainingPlan(
                tasks.stream().map(Task::run).toList(), tasks.get(0).epochs(), Start.ZEROS, StopRules.NONE);
        Fit fit = Fit.train(data, new TrainingSettings(plan, KernelChoice.AUTO, null, List.of()), List.of(listeners));
        List<TrainedRun> runs = fit.runs();
        Comparison tested = data.evaluate(runs.stream().map(TrainedRun::kept).toList());
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> Solution.of(
                        tasks.get(i),
                        fit.metrics().get(runs.get(i).run()),
                        runs.get(i).ending(),
                        tested.of(i),
                        data.labels()))
                .toList();
    }
}
