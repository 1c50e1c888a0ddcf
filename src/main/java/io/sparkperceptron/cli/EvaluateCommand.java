package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Evaluation;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ModelDescription;
import io.sparkperceptron.model.ModelFiles;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "evaluate",
        description = "Prints a model's error, the metrics of each class and the confusion matrix on a labelled set.")
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
        ModelDescription description = stored.description();
        ModelOptions.Source source = options.inspect(description, true, configuration);
        return (spark, cut) -> {
            Examples examples = source.read(spark, cut.number());
            JavaRDD<ExampleBlock> blocks = ModelOptions.blocks(examples, description, cut.number());
            Evaluation evaluation = ClusterEvaluation.evaluate(blocks, List.of(stored.ofUnscaled()), 0)
                    .of(0);
            print("%s, epoch %d, on %s%n", description.run(), description.epoch(), examples.source());
            print(evaluation, description.classLabels());
            return 0;
        };
    }

    private void print(Evaluation evaluation, ClassLabels labels) {
        ConfusionMatrix confusion = evaluation.confusion();
        print("error %.2f %% (%d of %d)%n%n", 100 * confusion.error(), confusion.errors(), confusion.total());
        int nameWidth = IntStream.range(0, labels.count())
                .map(number -> labels.text(number).length())
                .reduce("class".length(), Math::max);
        String name = "%" + nameWidth + "s";
        print(name + "  examples  precision   recall  binary error%n", "class");
        for (int label = 0; label < confusion.classes(); label++) {
            print(
                    name + "  %8d  %9s  %7s  %12s%n",
                    labels.text(label),
                    confusion.labelled(label),
                    percent(confusion.precision(label)),
                    percent(confusion.recall(label)),
                    percent(evaluation.binaryError(label)));
        }
        out().println();
        out().println("label (down), predicted class (across)");
        int width = Math.max(nameWidth, Long.toString(confusion.total()).length()) + 1;
        print(name, "");
        for (int prediction = 0; prediction < confusion.classes(); prediction++) {
            print("%" + width + "s", labels.text(prediction));
        }
        out().println();
        for (int label = 0; label < confusion.classes(); label++) {
            print(name, labels.text(label));
            for (int prediction = 0; prediction < confusion.classes(); prediction++) {
                print("%" + width + "d", confusion.count(label, prediction));
            }
            out().println();
        }
    }

    /** A fraction as per cent; a dash for NaN. */
    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
