package io.sparkperceptron.cli;

import io.sparkperceptron.course.Assignment;
import io.sparkperceptron.course.Task;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "assign",
        description = "Draws a task for each student of a class, and writes them as CSV. A student trains it with note"
                + " 6, and \"check\" checks what is handed in.")
final class AssignCommand extends PrintingCommand implements Runnable {

    @Option(
            names = "--class",
            paramLabel = "N",
            required = true,
            converter = AtLeast.One.class,
            description = "the number of students, at most " + Assignment.MOST)
    private int size;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = AtLeast.Zero.class,
            description = "the seed of the draw and of the rows left out (default: 1)")
    private int seed = 1;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "epochs of a training, at least " + Task.PERIOD + " (default: " + Assignment.EPOCHS + ")")
    private int epochs = Assignment.EPOCHS;

    @Option(names = "--output", paramLabel = "FILE", description = "file, at any Hadoop URI (default: tasks.csv)")
    private String output = "tasks.csv";

    @Option(names = "--overwrite", description = "replace that file")
    private boolean overwrite;

    @Override
    public void run() {
        Assignment drawn;
        try {
            drawn = Assignment.draw(size, seed, epochs);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Configuration configuration = SparkSettings.of("assign").hadoop();
        NamedFile file = NamedFile.toWrite(output, "tasks", "--output", overwrite, configuration);
        file.folder().write(file.name(), drawn.text());
        out().println("The tasks are in " + file + "; tell each student a number from 1 to " + size + ", and seed "
                + seed + (epochs == Assignment.EPOCHS ? "" : " and " + epochs + " epochs"));
    }
}
