package io.sparkperceptron.cli;

import io.sparkperceptron.report.Report;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.Folder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = "Makes report.html, summary.csv and all pictures of a finished training again, from the files in"
                + " its folder.")
final class ReportCommand extends PrintingCommand implements Runnable {

    @Parameters(paramLabel = "OUTPUT", description = "the folder of the training, at any Hadoop URI")
    private String output;

    @Option(names = "--all-pictures", description = "draw pictures of all runs, even of more than " + Report.MOST_DRAWN)
    private boolean allPictures;

    @Override
    public void run() {
        Folder folder = Folder.at(output, SparkSettings.of("report").hadoop());
        Outcome outcome = Outcome.read(folder);
        Report.write(outcome, allPictures ? Integer.MAX_VALUE : Report.MOST_DRAWN);
        ResultTable.print(outcome, out());
        out().println("The report is " + folder.child(Layout.PAGE));
    }
}
