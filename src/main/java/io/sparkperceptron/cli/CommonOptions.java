package io.sparkperceptron.cli;

import picocli.CommandLine.Option;

/** Options of every command that uses Spark. */
final class CommonOptions extends HelpOptions {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Spark partitions (default: one for each core that Spark knows of at the start; to generate, one for each part)")
    private Integer partitions;

    /**
     * The number of partitions asked for, or one a core.
     *
     * @throws IllegalArgumentException if the number is below one
     */
    int partitions(int cores) {
        if (partitions != null && partitions < 1) {
            throw new IllegalArgumentException("expected at least 1 partition (--partitions), got " + partitions);
        }
        return partitions == null ? cores : partitions;
    }
}
