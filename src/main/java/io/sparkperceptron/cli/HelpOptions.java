package io.sparkperceptron.cli;

import picocli.CommandLine.Option;

/** Options of every command. {@link Main} looks for {@code --verbose} itself, picocli for the last two. */
@SuppressWarnings("UnusedVariable")
class HelpOptions {

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
}
