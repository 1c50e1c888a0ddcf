package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ModelFiles;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "evaluate",
        description = "Prints a model's error, each class's figures and the confusion matrix on a labelled set.")
final class EvaluateCommand extends SparkCommand {

    @Mixin
    private ModelOptions options;

    @Override
    void validate() {
        options.validate(true);
    }

    @Override
    Work prepare(Configuration configuration) {
        ModelFiles.Stored stored = options.load(configuration);
        ModelOptions.Source source = options.inspect(stored.description(), true, configuration);
        return (spark, cut) -> {
            Examples examples = source.read(spark, cut.number());
            Evaluation evaluation = ClusterEvaluation.evaluate(
                            ModelOptions.blocks(examples, stored.description(), cut.number()),
                            List.of(stored.ofUnscaled()),
                            0)
                    .of(0);
            out().printf(
                            Locale.ROOT,
                            "%s, epoch %d, on %s%n",
                            stored.description().run(),
                            stored.description().epoch(),
                            examples.source());
            print(evaluation, stored.description().classLabels(), out());
            return 0;
        };
    }

    private static void print(Evaluation evaluation, ClassLabels labels, PrintWriter out) {
        ConfusionMatrix confusion = evaluation.confusion();
        out.printf(
                Locale.ROOT,
                "error %.2f %% (%d of %d)%n%n",
                100 * confusion.error(),
                confusion.errors(),
                confusion.total());
        int nameWidth = IntStream.range(0, labels.count())
                .map(number -> labels.text(number).length())
                .reduce("class".length(), Math::max);
        String name = "%" + nameWidth + "s";
        out.printf(Locale.ROOT, name + "  examples  precision   recall  binary error%n", "class");
        for (int label = 0; label < confusion.classes(); label++) {
            out.printf(
                    Locale.ROOT,
                    name + "  %8d  %9s  %7s  %12s%n",
                    labels.text(label),
                    confusion.labelled(label),
                    percent(confusion.precision(label)),
                    percent(confusion.recall(label)),
                    percent(evaluation.binaryError(label)));
        }
        out.println();
        out.println("label (down) put in class (across)");
        int width = Math.max(nameWidth, Long.toString(confusion.total()).length()) + 1;
        out.printf(Locale.ROOT, name, "");
        for (int prediction = 0; prediction < confusion.classes(); prediction++) {
            out.printf(Locale.ROOT, "%" + width + "s", labels.text(prediction));
        }
        out.println();
        for (int label = 0; label < confusion.classes(); label++) {
            out.printf(Locale.ROOT, name, labels.text(label));
            for (int prediction = 0; prediction < confusion.classes(); prediction++) {
                out.printf(Locale.ROOT, "%" + width + "d", confusion.count(label, prediction));
            }
            out.println();
        }
    }

    /** A fraction as per cent; a dash for NaN. */
    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
