package io.sparkperceptron.training;

import io.sparkperceptron.model.Loss;
import java.util.regex.Pattern;

/**
 * One setting, trained from the plan's start.
 *
 * @param name the run's own in its training, and in names of files: such as {@code logistic-0.5} or {@code
 *     mse-10-l2-0.001-momentum-0.9}; it says what was varied, see {@link Grid}
 */
public record Run(Setting setting, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.+-]{0,199}");

    public Run {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a run's name such as logistic-0.5, got '" + name + "'");
        }
    }

    /** Without penalty and momentum, named after the rest. */
    public Run(Loss loss, double learningRate) {
        this(new Setting(loss, learningRate, 0, 0), loss.label() + "-" + Setting.text(learningRate));
    }

    public Loss loss() {
        return setting.loss();
    }

    public double learningRate() {
        return setting.learningRate();
    }

    /** The learning rate as a person writes it. */
    public String rateText() {
        return Setting.text(learningRate());
    }

    public double l2() {
        return setting.l2();
    }

    public double momentum() {
        return setting.momentum();
    }
}
