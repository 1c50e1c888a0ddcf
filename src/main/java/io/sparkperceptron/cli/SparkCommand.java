package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.ExecutorWatch;
import io.sparkperceptron.spark.Partitions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A command that uses Spark. It checks options, then files and folders, and only then starts Spark. */
abstract class SparkCommand extends PrintingCommand implements Callable<Integer> {

    /** The work that needs Spark, after all checks that do not. Closed after Spark. */
    interface Work extends AutoCloseable {

        /** Returns the exit code. */
        int on(JavaSparkContext spark, Partitions cut) throws IOException;

        @Override
        default void close() {}
    }

    @Option(
            names = "--partitions",
            order = 1,
            paramLabel = "N",
            converter = AtLeast.One.class,
            description =
                    "Spark partitions, at most one for each 1,000 rows (default: as many as the executors run tasks at"
                            + " once, on a cluster fewer for little work; for generate, one for each part)")
    Integer partitions;

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
    public final Integer call() throws InterruptedException, IOException {
        try {
            validate();
        } catch (IllegalArgumentException e) {
            throw e instanceof UserException ? e : new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        SparkSettings settings = settings();
        try (Work work = prepare(settings.hadoop());
                JavaSparkContext spark = settings.start();
                ExecutorWatch watch = new ExecutorWatch(spark.sc(), StopRequest::isMade)) {
            watch.start();
            return work.on(spark, partitions == null ? Partitions.ofExecutors(spark.sc()) : Partitions.of(partitions));
        }
    }
}
