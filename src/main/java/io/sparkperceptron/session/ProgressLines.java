package io.sparkperceptron.session;

import io.sparkperceptron.analysis.EpochLeader;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.TrainingListener;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A line now and then on how the run with the least error does. */
final class ProgressLines implements TrainingListener {

    private final PrintStream out;
    private final int epochs;
    private final int step;

    /**
     * Lines for one training.
     *
     * @param lines about how many
     */
    ProgressLines(PrintStream out, int lines, int epochs) {
        this.out = out;
        this.epochs = epochs;
        this.step = Math.max(1, epochs / Math.max(1, lines));
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        if (epoch % step == 0 || epoch == epochs) {
            EpochMetrics best = EpochLeader.of(metrics).metrics();
            out.printf(
                    Locale.ROOT,
                    "epoch %d/%d  %s  train error %.2f %%  test error %.2f %%  test cost %.4f  %.3f s%n",
                    epoch,
                    epochs,
                    best.run().name(),
                    100 * best.train().error(),
                    100 * best.test().error(),
                    best.test().cost(),
                    best.time().total());
        }
    }
}
