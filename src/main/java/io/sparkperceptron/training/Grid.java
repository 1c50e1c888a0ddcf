package io.sparkperceptron.training;

import io.sparkperceptron.model.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * Every loss with every learning rate, every l2 penalty and every momentum, in this order: all of them on all training rows, and then all
 * of them without the first fold, without the second, and so on.
 *
 * @param folds their number; 0 for none
 */
public record Grid(List<Loss> losses, List<Double> learningRates, List<Double> l2s, List<Double> momenta, int folds) {

    public Grid {
        losses = List.copyOf(losses);
        learningRates = List.copyOf(learningRates);
        l2s = List.copyOf(l2s);
        momenta = List.copyOf(momenta);
    }

    /** Without folds. */
    public Grid(List<Loss> losses, List<Double> learningRates, List<Double> l2s, List<Double> momenta) {
        this(losses, learningRates, l2s, momenta, 0);
    }

    /**
     * A run for each point.
     *
     * @throws IllegalArgumentException if one cannot be
     */
    public List<Run> runs() {
        return runs(settings(), folds);
    }

    /** Likewise of any settings. */
    public static List<Run> runs(List<Setting> settings, int folds) {
        boolean l2 = settings.stream().map(Setting::l2).distinct().count() > 1;
        boolean momentum = settings.stream().map(Setting::momentum).distinct().count() > 1;
        List<Run> runs = new ArrayList<>();
        settings.forEach(setting -> runs.add(new Run(setting, name(setting, l2, momentum))));
        for (int fold = 0; fold < folds; fold++) {
            for (Setting setting : settings) {
                runs.add(new Run(setting, fold, name(setting, l2, momentum) + "-fold-" + fold));
            }
        }
        return runs;
    }

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (Loss loss : losses) {
            for (double rate : learningRates) {
                for (double l2 : l2s) {
                    for (double momentum : momenta) {
                        settings.add(new Setting(loss, rate, l2, momentum));
                    }
                }
            }
        }
        return settings;
    }

    /** Loss and rate always; of the others what is not the same for all. */
    private static String name(Setting setting, boolean l2, boolean momentum) {
        String name = setting.loss().label() + "-" + Setting.text(setting.learningRate());
        name += l2 ? "-l2-" + Setting.text(setting.l2()) : "";
        return name + (momentum ? "-momentum-" + Setting.text(setting.momentum()) : "");
    }
}
