package io.sparkperceptron.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

abstract class PrintingCommand {

    @Spec
    CommandSpec spec;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void print(String format, Object... values) {
        out().printf(Locale.ROOT, format, values);
    }
}
