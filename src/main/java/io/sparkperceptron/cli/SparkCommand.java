package io.sparkperceptron.cli;

import io.sparkperceptron.cluster.ExecutorWatch;
import io.sparkperceptron.spark.Partitions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that uses Spark: options are checked, then files and folders, and only then is Spark started. */
abstract class SparkCommand implements Callable<Integer> {

    /** What is left to do when all that can be known without Spark is known to be good. Closed after Spark is. */
    interface Work extends AutoCloseable {

        /** Does it and returns the exit code. */
        int on(JavaSparkContext spark, Partitions cut);

        @Override
        default void close() {}
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--partitions",
            order = 1,
            paramLabel = "N",
            converter = AtLeast.One.class,
            description =
                    "Spark partitions, never more than there are thousands of rows (default: as many as the executors run"
                            + " tasks at once, on a cluster fewer for little work; to generate, one for each part)")
    private Integer partitions;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if they cannot be
     */
    abstract void validate();

    /**
     * Looks at files and folders.
     *
     * @throws io.sparkperceptron.UserException if something is not as it should be
     */
    abstract Work prepare(Configuration configuration) throws InterruptedException;

    /** How the command wants Spark. */
    SparkSettings settings() {
        SparkSettings settings = SparkSettings.of(spec.name());
        return usesSql() ? settings.withSql() : settings;
    }

    /** Whether it reads or writes tables. */
    boolean usesSql() {
        return false;
    }

    @Override
    public final Integer call() throws InterruptedException {
        try {
            validate();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        SparkSettings settings = settings();
        try (Work work = prepare(settings.hadoop());
                JavaSparkContext spark = settings.start();
                ExecutorWatch watch = new ExecutorWatch(spark.sc(), StopRequest::isMade)) {
            watch.start();
            return work.on(spark, partitions == null ? Partitions.ofExecutors(spark.sc()) : Partitions.of(partitions));
        }
    }

    /** The number of partitions that was asked for, or another. */
    final int partitionsOr(int number) {
        return partitions == null ? number : partitions;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The words of the command line. */
    final List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs();
    }
}
