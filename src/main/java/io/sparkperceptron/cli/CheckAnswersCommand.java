package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.course.Assignment;
import io.sparkperceptron.course.Mark;
import io.sparkperceptron.session.DataFiles;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.storage.Folder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = "Trains all tasks of a class in one pass, and checks each hand-in. Prints whether it is right, or"
                + " the first epoch that differs, or whose task it solves.")
final class CheckAnswersCommand extends TrainingDataCommand {

    /** More than the file of a thousand tasks has. */
    private static final int MOST_BYTES = 1 << 20;

    @Option(
            names = "--tasks",
            paramLabel = "FILE",
            description = "what \"assign\" has written, at any Hadoop URI (default: tasks.csv)")
    private String tasks = "tasks.csv";

    @Option(
            names = "--answers",
            paramLabel = "FOLDER",
            required = true,
            description = "the hand-ins, *.csv, at any Hadoop URI")
    private String answers;

    @Override
    void validate() {
        super.validate();
        if (dataSettings.validationRows() > 0) {
            throw new IllegalArgumentException("expected no --validation, because tasks say which rows are held out");
        }
    }

    @Override
    Work prepare(Configuration configuration) {
        NamedFile file = NamedFile.at(tasks, "tasks", configuration);
        Assignment assignment = Assignment.parse(text(file.folder(), file.name()), file.toString());
        List<Mark> unread = new ArrayList<>();
        Map<String, String> handedIn = handedIn(Folder.at(answers, configuration), unread);
        DataFiles files = DataFiles.inspect(assignment.divided(dataSettings), configuration);
        return (spark, cut) -> {
            try (TrainingData loaded = files.load(spark, cut)) {
                int epochs = assignment.tasks().get(0).epochs();
                List<Mark> marks =
                        new ArrayList<>(Mark.all(assignment.solve(loaded, new EpochProgress(epochs)), handedIn));
                marks.addAll(unread);
                return print(marks, assignment);
            }
        };
    }

    private static String text(Folder folder, String name) {
        return new String(folder.read(name, MOST_BYTES), StandardCharsets.UTF_8);
    }

    /** The texts of the hand-ins by their names. Modified: unread gets a mark for each file that cannot be read. */
    private static Map<String, String> handedIn(Folder folder, List<Mark> unread) {
        if (!folder.exists()) {
            throw new UserException("Expected a folder with hand-ins, *.csv, found no " + folder);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        folder.names().stream().filter(name -> name.endsWith(".csv")).forEach(name -> {
            try {
                texts.put(name, text(folder, name));
            } catch (UserException e) {
                unread.add(new Mark(null, name, e.getMessage()));
            }
        });
        return texts;
    }

    private int print(List<Mark> marks, Assignment assignment) {
        int width = marks.stream().mapToInt(mark -> mark.file().length()).reduce(1, Math::max);
        for (Mark mark : marks) {
            print(
                    "%8s  %-" + width + "s  %s%n",
                    mark.task() == null ? "" : "task " + mark.task(),
                    mark.file(),
                    mark.isRight() ? "right" : mark.fault());
        }
        long right = marks.stream().filter(Mark::isRight).count();
        out().println(right + " of " + assignment.tasks().size() + " tasks have a right hand-in");
        if (right < marks.size()) {
            throw new UserException("Expected a right hand-in of every task, and no other, found "
                    + (marks.size() - right) + " faults");
        }
        return 0;
    }
}
