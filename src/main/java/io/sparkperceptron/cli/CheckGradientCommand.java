package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.GradientCheck;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.session.DataFiles;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.training.Start;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check-gradient",
        description = "Compares the gradient of every loss with central differences of the cost, on all training"
                + " examples, and prints the entry that deviates most.")
final class CheckGradientCommand extends TrainingDataCommand {

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "number of random features to check in all classes, besides the biases (default: 100)")
    private int entries = 100;

    @Option(
            names = "--init",
            paramLabel = "START",
            description = "the weights at which to check: zeros, normal:SIGMA, or model:DIR (default: normal:0.05)")
    private InitialWeights start = new InitialWeights(0.05, null);

    @Option(names = "--seed", paramLabel = "N", description = "seed of weights and features (default: 1)")
    private long seed = 1;

    @Option(
            names = "--l2",
            paramLabel = "L2",
            description = "lambda of the penalty lambda/2 |w|^2 that is added to the cost (default: 0)")
    private double l2;

    @Option(names = "--kernel", paramLabel = "KERNEL", description = "auto, vector or scalar (default: auto)")
    private KernelChoice kernel = KernelChoice.AUTO;

    @Override
    void validate() {
        super.validate();
        if (entries < 0) {
            throw new IllegalArgumentException("expected at least 0 entries (--entries), got " + entries);
        }
        if (!Hyperparameter.L2.admits(l2)) {
            throw new IllegalArgumentException("expected a finite penalty of at least 0 (--l2), got " + l2);
        }
    }

    @Override
    Work prepare(Configuration configuration) {
        kernel.requireUsable();
        DataFiles files = DataFiles.inspect(dataSettings, configuration);
        ModelFiles.Stored stored = start.load(configuration);
        return (spark, cut) -> {
            try (TrainingData loaded = files.load(spark, cut)) {
                return check(loaded, start.start(seed, stored, loaded));
            }
        };
    }

    private int check(TrainingData loaded, Start start) {
        PerceptronModel model = start.model(loaded.classes(), loaded.features());
        List<Integer> features = draw(loaded.features());
        boolean passed = true;
        out().println("loss      entries  worst entry              gradient       difference     deviation");
        for (Loss loss : Loss.values()) {
            GradientCheck.Deviation worst = loaded.checkGradient(model, loss, l2, features, kernel);
            print(
                    "%-8s  %7d  %-23s  %13.6e  %13.6e  %8.1e%n",
                    loss.label(),
                    worst.entries(),
                    name(worst, loaded),
                    worst.analytic(),
                    worst.numeric(),
                    worst.deviation());
            passed &= worst.passed();
        }
        if (!passed) {
            throw new UserException("Expected gradient and central difference within " + GradientCheck.MOST_DEVIATION
                    + " of the gradient's largest entry, found more");
        }
        out().println("The gradient is that of the cost: deviations are relative to its largest entry.");
        return 0;
    }

    private List<Integer> draw(int features) {
        List<Integer> drawn = IntStream.range(0, features).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(drawn, new Random(seed));
        drawn.subList(Math.min(entries, features), features).clear();
        drawn.add(features);
        return drawn;
    }

    private static String name(GradientCheck.Deviation worst, TrainingData data) {
        ImageShape shape = data.shape();
        String feature = worst.feature() == data.features()
                ? "bias"
                : shape == null
                        ? "feature " + (worst.feature() + 1)
                        : "pixel " + worst.feature() / shape.width() + "," + worst.feature() % shape.width();
        return "class " + data.labels().text(worst.label()) + ", " + feature;
    }
}
