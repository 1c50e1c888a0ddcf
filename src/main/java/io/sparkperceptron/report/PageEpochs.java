package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.MetricsTable;
import io.sparkperceptron.training.EpochMetrics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The epochs at which curves have points: evenly spaced, as many as fit, and each run's last epoch. */
final class PageEpochs {

    /** All curves together take about this many characters. */
    private static final long MOST_CHARACTERS = 1_000_000;

    private static final int MOST_POINTS = 1000;
    private static final int FEWEST_POINTS = 20;
    /** Columns of metrics that a run has once, not for each set, and that the page draws. */
    private static final List<String> QUANTITIES = List.of("gradient_norm", "penalty");
    /** A run has these curves: cost and error of three sets, and the quantities. */
    private static final int CURVES = 6 + QUANTITIES.size();

    private final List<RunHistory> runs;
    private final List<Integer> epochs;

    PageEpochs(List<RunHistory> runs) {
        this.runs = runs;
        long room = MOST_CHARACTERS / PageBytes.length((long) CURVES * Float.BYTES) / runs.size();
        int points = (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, room));
        int last = longest().lastEpoch();
        int step = last / points + 1;
        this.epochs = IntStream.rangeClosed(0, last)
                .filter(epoch -> epoch % step == 0 || runs.stream().anyMatch(run -> run.lastEpoch() == epoch))
                .boxed()
                .toList();
    }

    String numbers() {
        return PageBytes.integers(epochs);
    }

    /** The wall time from the start to the end of each epoch, in seconds; the runs of a pass share it. */
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
        List<SetMetrics> points = points(run).stream().map(set).toList();
        return new PageRun.Curve(
                PageBytes.floats(points, SetMetrics::cost), PageBytes.floats(points, SetMetrics::error));
    }

    /** The curves of a run that do not belong to a set, by name. */
    Map<String, String> quantities(RunHistory run) {
        Map<String, String> curves = new LinkedHashMap<>();
        MetricsTable.TABLE.columns().stream()
                .filter(column -> QUANTITIES.contains(column.name()))
                .forEach(column -> curves.put(column.name().replace('_', ' '), PageBytes.floats(points(run), epoch ->
                        (double) column.value().apply(epoch))));
        return curves;
    }

    /** The standard error of the mean error over a run's folds. */
    String band(RunHistory run) {
        return PageBytes.floats(points(run), epoch -> run.folds().standardError(epoch.epoch()));
    }

    private List<EpochMetrics> points(RunHistory run) {
        return epochs.stream()
                .filter(epoch -> epoch <= run.lastEpoch())
                .map(run.epochs()::get)
                .toList();
    }

    private RunHistory longest() {
        return runs.stream().max(Comparator.comparingInt(RunHistory::lastEpoch)).orElseThrow();
    }
}
