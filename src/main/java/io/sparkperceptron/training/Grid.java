package io.sparkperceptron.training;

import io.sparkperceptron.model.Loss;
import java.util.ArrayList;
import java.util.List;

/** Every loss with every learning rate, every l2 penalty and every momentum, in this order. */
public record Grid(List<Loss> losses, List<Double> learningRates, List<Double> l2s, List<Double> momenta) {

    public Grid {
        losses = List.copyOf(losses);
        learningRates = List.copyOf(learningRates);
        l2s = List.copyOf(l2s);
        momenta = List.copyOf(momenta);
    }

    /**
     * A run for each point.
     *
     * @throws IllegalArgumentException if one cannot be
     */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Loss loss : losses) {
            for (double rate : learningRates) {
                for (double l2 : l2s) {
                    for (double momentum : momenta) {
                        Setting setting = new Setting(loss, rate, l2, momentum);
                        runs.add(new Run(setting, name(setting)));
                    }
                }
            }
        }
        return runs;
    }

    /** Loss and rate always; of the others what is not the same for all. */
    private String name(Setting setting) {
        String name = setting.loss().label() + "-" + Setting.text(setting.learningRate());
        name += l2s.size() > 1 ? "-l2-" + Setting.text(setting.l2()) : "";
        return name + (momenta.size() > 1 ? "-momentum-" + Setting.text(setting.momentum()) : "");
    }
}
