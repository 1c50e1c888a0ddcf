package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
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

/** A command that uses Spark. It checks options, then files and folders, and only then starts Spark. */
abstract class SparkCommand implements Callable<Integer> {

    /** The work that needs Spark, after all checks that do not. Closed after Spark. */
    interface Work extends AutoCloseable {

        /** Returns the exit code. */
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
                    "Spark partitions, never more than there are thousands of rows (default: as many as the executors"
                            + " run tasks at once, on a cluster fewer for little work; to generate, one for each part)")
    private Integer partitions;

    /** @throws IllegalArgumentException if an option is invalid, or options contradict each other */
    abstract void validate();

    /** @throws io.sparkperceptron.UserException if a file or folder cannot be used */
    abstract Work prepare(Configuration configuration) throws InterruptedException;

    SparkSettings settings() {
        SparkSettings settings = SparkSettings.of(spec.name());
        return usesSql() ? settings.withSql() : settings;
    }

    /** Whether the command reads or writes tables. */
    boolean usesSql() {
        return false;
    }

    @Override
    public final Integer call() throws InterruptedException {
        try {
            validate();
        } catch (UserException e) {
            throw e;
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

    /** The number of partitions that was given, or this one. */
    final int partitionsOr(int number) {
        return partitions == null ? number : partitions;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final List<String> arguments() {
        return spec.commandLine().getParseResult().originalArgs();
    }
}
