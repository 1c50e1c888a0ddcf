package io.sparkperceptron.training;

import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Loss;
import java.util.regex.Pattern;

/**
 * One setting, trained from the plan's start.
 *
 * @param heldOutFold the fold of the training rows that it is validated with and not trained on, or {@link Objective#NONE}
 * @param name the run's own in its training, and in names of files: such as {@code logistic-0.5} or {@code
 *     mse-10-l2-0.001-momentum-0.9}; it says what was varied, see {@link Grid}
 */
public record Run(Setting setting, int heldOutFold, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.+-]{0,199}");

    public Run {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a run's name such as logistic-0.5, got '" + name + "'");
        }
        if (heldOutFold < Objective.NONE) {
            throw new IllegalArgumentException(
                    "expected a fold from 0 on, or " + Objective.NONE + " for none, got " + heldOutFold);
        }
    }

    /** On all training rows. */
    public Run(Setting setting, String name) {
        this(setting, Objective.NONE, name);
    }

    /** Likewise without penalty and momentum, named after the rest. */
    public Run(Loss loss, double learningRate) {
        this(new Setting(loss, learningRate, 0, 0), loss.label() + "-" + Setting.text(learningRate));
    }

    /** Whether it is trained on all training rows. */
    public boolean isOnAllRows() {
        return heldOutFold == Objective.NONE;
    }

    /** What a pass measures for it. */
    public Objective objective() {
        return new Objective(loss(), heldOutFold);
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
