package io.sparkperceptron.cli;

import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.session.DataFiles;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Setting;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

@Command(
        name = "stability",
        description = "Prints the largest eigenvalue of X'X/n (X: the scaled training examples and a column of ones),"
                + " and the learning rates below which no step can raise the training cost.")
final class StabilityCommand extends TrainingDataCommand {

    @Mixin
    private final CommandSpec hyperparameters =
            ListOptions.of(one -> one.equals(Hyperparameter.LEARNING_RATE) ? null : "as for train");

    @Option(
            names = "--class-weight",
            paramLabel = "WEIGHTS",
            description = "as for train: X then has the weighted examples (default: 1 for all)")
    private ClassWeighting classWeight = ClassWeighting.NONE;

    @Override
    void validate() {
        super.validate();
        dataSettings = dataSettings.withClassWeighting(classWeight);
    }

    @Override
    Work prepare(Configuration configuration) {
        DataFiles files = DataFiles.inspect(dataSettings, configuration);
        return (spark, cut) -> {
            try (TrainingData loaded = files.load(spark, cut)) {
                print(loaded.stability());
            }
            return 0;
        };
    }

    private void print(StabilityBound bound) {
        print("largest eigenvalue of X'X/n  %.9g%n%n", bound.largestEigenvalue());
        out().println("loss           l2  momentum  curvature at most (L)  guaranteed rate (2 (1 + momentum)/L)");
        List<Setting> settings =
                Setting.grid(List.of(Loss.values()), List.of(Optimizer.DESCENT), ListOptions.values(hyperparameters));
        for (Setting setting : settings) {
            print(
                    "%-8s  %7s  %8s  %21s  %36s%n",
                    setting.loss().label(),
                    Setting.text(setting.l2()),
                    Setting.text(setting.value(Hyperparameter.MOMENTUM)),
                    rounded(bound.smoothness(setting), RoundingMode.CEILING),
                    rounded(bound.rate(setting), RoundingMode.FLOOR));
        }
        out().println();
        out().println("Below that rate no step raises the training cost. A larger rate may work, too: the cost is less"
                + " curved");
        out().println("where units saturate. A step overshoots where rate x curvature is above 2 (1 + momentum).");
        if (settings.stream().anyMatch(setting -> setting.value(Hyperparameter.MOMENTUM) > 0)) {
            out().println(
                            "With momentum, the rate guarantees that a quadratic cost converges; single steps may raise it.");
        }
        if (!classWeight.isNone()) {
            out().println("X has every example times the square root of its class's weight.");
        }
        if (settings.stream().anyMatch(setting -> setting.l2() > 0)) {
            out().println("With a penalty, all this holds for cost plus penalty, and L is their curvature.");
        }
    }

    /** Rounds to six digits towards the given side, because a bound rounded to the other side does not hold. */
    static String rounded(double number, RoundingMode side) {
        return Double.isFinite(number)
                ? String.format(Locale.ROOT, "%.6g", new BigDecimal(number).round(new MathContext(6, side)))
                : String.format(Locale.ROOT, "%.6g", number);
    }
}
