package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.EpochMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The epochs that curves have points at: evenly spaced, as many as there is room for, and each run's last. */
final class PageEpochs {

    /** The characters that all curves take, about. */
    private static final long MOST_CHARACTERS = 1_000_000;

    private static final int MOST_POINTS = 1000;
    private static final int FEWEST_POINTS = 20;
    /** Of a run: cost and error of three sets. */
    private static final int CURVES = 6;

    private final List<RunHistory> runs;
    private final List<Integer> epochs = new ArrayList<>();

    PageEpochs(List<RunHistory> runs) {
        this.runs = runs;
        long room = MOST_CHARACTERS / PageBytes.length((long) CURVES * Float.BYTES) / runs.size();
        int points = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, room));
        int last = longest().lastEpoch();
        int step = last / points + 1;
        for (int epoch = 0; epoch <= last; epoch++) {
            int at = epoch;
            if (epoch % step == 0 || runs.stream().anyMatch(run -> run.lastEpoch() == at)) {
                epochs.add(epoch);
            }
        }
    }

    String numbers() {
        return PageBytes.integers(epochs);
    }

    /** The wall time to their ends; the runs of a pass share it. */
    String seconds() {
        double[] seconds = new double[epochs.size()];
        double sum = 0;
        int next = 0;
        for (EpochMetrics epoch : longest().epochs()) {
            sum += epoch.time().total();
            if (epochs.get(next) == epoch.epoch()) {
                seconds[next++] = sum;
            }
        }
        return PageBytes.floats(seconds);
    }

    /** Cost and error of a run on one set. */
    PageRun.Curve curve(RunHistory run, Function<EpochMetrics, SetMetrics> set) {
        List<SetMetrics> points = epochs.stream()
                .filter(epoch -> epoch <= run.lastEpoch())
                .map(epoch -> set.apply(run.epochs().get(epoch)))
                .toList();
        return new PageRun.Curve(
                PageBytes.floats(points, SetMetrics::cost), PageBytes.floats(points, SetMetrics::error));
    }

    /** The standard error of the mean error over a run's folds. */
    String band(RunHistory run) {
        return PageBytes.floats(epochs.stream()
                .filter(epoch -> epoch <= run.lastEpoch())
                .mapToDouble(epoch -> run.folds().standardError(epoch))
                .toArray());
    }

    private RunHistory longest() {
        return runs.stream().max(Comparator.comparingInt(RunHistory::lastEpoch)).orElseThrow();
    }
}
