package io.sparkperceptron.cli;

import io.sparkperceptron.session.DataSettings;
import picocli.CommandLine.Mixin;

/** A command that loads the data of a training. */
abstract class TrainingDataCommand extends SparkCommand {

    @Mixin
    private TrainingDataOptions data;

    /** The data that the options name, from {@link #validate} on. */
    DataSettings dataSettings;

    @Override
    void validate() {
        dataSettings = data.settings();
    }

    @Override
    boolean usesSql() {
        return data.areTables();
    }
}
