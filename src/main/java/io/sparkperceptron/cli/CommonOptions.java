package io.sparkperceptron.cli;

import picocli.CommandLine.Option;

/** Options of every command. {@link Main} looks for {@code --verbose} itself, picocli for the last two. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Spark partitions (default: one for each core that Spark knows of at the start; to generate, one for each part)")
    private Integer partitions;

    @Option(names = "--verbose", description = "show stack traces of errors")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

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
