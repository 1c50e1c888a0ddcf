package io.sparkperceptron.cluster;

import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingState;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Names each epoch's job in Spark's UI after its runs and epoch; {@code epochs} is the last epoch's number. */
public record JobDescriptions(JavaSparkContext spark, int epochs) implements TrainingListener {

    @Override
    public void epochStarted(TrainingState state) {
        List<Run> runs = state.runs();
        String names = runs.size() == 1
                ? runs.get(0).name()
                : runs.size() + " runs, " + runs.get(0).name() + " to "
                        + runs.get(runs.size() - 1).name();
        spark.setJobDescription("epoch " + state.epoch() + " of " + epochs + ": " + names);
    }

    @Override
    public void trainingEnded() {
        spark.setJobDescription(null);
    }
}
