package io.sparkperceptron.cli;

import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = "Makes report.html, summary.csv and all pictures of a finished training again, from the files in"
                + " its folder.")
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "OUTPUT", description = "the folder of the training, at any Hadoop URI")
    private String output;

    @Option(names = "--all-pictures", description = "of every run, also of more than " + Report.MOST_DRAWN)
    private boolean allPictures;

    @Override
    public Integer call() {
        Configuration configuration = SparkSettings.of("report").hadoop();
        Folder folder = Folder.at(output, configuration);
        Outcome outcome = Outcome.read(folder);
        Report.write(outcome, allPictures ? Integer.MAX_VALUE : Report.MOST_DRAWN);
        ResultTable.print(outcome, spec.commandLine().getOut());
        spec.commandLine().getOut().println("The report is " + folder.child(Layout.PAGE));
        return 0;
    }
}
