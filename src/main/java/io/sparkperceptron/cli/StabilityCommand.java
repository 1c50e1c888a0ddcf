package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.session.DataFiles;
import io.sparkperceptron.session.DataSettings;
import io.sparkperceptron.session.TrainingData;
import java.io.PrintWriter;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stability}: up to which learning rate gradient descent is sure never to raise the cost. */
@Command(
        name = "stability",
        description =
                "Prints the largest eigenvalue of X'X/n (X: the scaled training examples and a column of ones), and"
                        + " the learning rates below which no step can raise the training cost.")
final class StabilityCommand extends SparkCommand {

    @Mixin
    private TrainingDataOptions data;

    private DataSettings settings;

    @Override
    void validate() {
        settings = data.settings();
    }

    @Override
    Work prepare(Configuration configuration) {
        DataFiles files = DataFiles.inspect(settings, configuration);
        return (spark, partitions) -> {
            try (TrainingData loaded = files.load(spark, partitions)) {
                print(loaded.stability(), out());
            }
            return 0;
        };
    }

    private static void print(StabilityBound bound, PrintWriter out) {
        out.printf(Locale.ROOT, "largest eigenvalue of X'X/n  %.9g%n%n", bound.largestEigenvalue());
        out.println("loss      curvature at most (L)  guaranteed rate (2/L)");
        for (Loss loss : Loss.values()) {
            out.printf(Locale.ROOT, "%-8s  %21.6g  %21.6g%n", loss.label(), bound.smoothness(loss), bound.rate(loss));
        }
        out.println();
        out.println(
                "Below that rate no step raises the training cost. A larger one may do as well, for where units saturate");
        out.println("the cost is less curved: a step overshoots where rate x curvature is above 2.");
    }
}
