package io.sparkperceptron.training;

import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One setting, trained from the plan's start.
 *
 * @param heldOutFold the fold used for validation and not for training, or {@link Objective#NONE}
 * @param name unique in its training and part of file names, such as {@code logistic-0.5} {@code mse-10-l2-0.001} or
 *     {@code mse-lbfgs}; see {@link #all}
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

    /** A run on all training rows. */
    public Run(Setting setting, String name) {
        this(setting, Objective.NONE, name);
    }

    /** A run on all training rows without penalty and momentum. */
    public Run(Loss loss, double learningRate) {
        this(new Setting(loss, learningRate), loss.label() + "-" + Setting.text(learningRate));
    }

    /** A run for each setting on all training rows, then for each without fold 0, without fold 1, and so on. */
    public static List<Run> all(List<Setting> settings, int folds) {
        List<Hyperparameter> varied = Hyperparameter.ALL.stream()
                .skip(1)
                .filter(one -> settings.stream()
                                .filter(setting -> setting.optimizer().uses(one))
                                .map(setting -> setting.value(one))
                                .distinct()
                                .count()
                        > 1)
                .toList();
        List<Run> runs = new ArrayList<>();
        settings.forEach(setting -> runs.add(new Run(setting, name(setting, varied))));
        for (int fold = 0; fold < folds; fold++) {
            for (Setting setting : settings) {
                runs.add(new Run(setting, fold, name(setting, varied) + "-fold-" + fold));
            }
        }
        return runs;
    }

    /** The loss, the learning rate or the optimizer without one, and each other hyperparameter whose values differ. */
    private static String name(Setting setting, List<Hyperparameter> varied) {
        Optimizer optimizer = setting.optimizer();
        StringBuilder name = new StringBuilder(setting.loss().label() + "-"
                + (optimizer == Optimizer.DESCENT ? Setting.text(setting.learningRate()) : optimizer.label()));
        varied.stream()
                .filter(optimizer::uses)
                .forEach(one -> name.append("-" + one.dashed() + "-" + Setting.text(setting.value(one))));
        return name.toString();
    }

    public boolean isOnAllRows() {
        return heldOutFold == Objective.NONE;
    }

    public Objective objective() {
        return new Objective(loss(), heldOutFold);
    }

    public Loss loss() {
        return setting.loss();
    }

    public boolean isByLbfgs() {
        return setting.isByLbfgs();
    }

    /** NaN if the run's optimizer has no learning rate. */
    public double learningRate() {
        return setting.learningRate();
    }
}
