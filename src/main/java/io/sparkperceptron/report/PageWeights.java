package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.results.FilmFiles;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Weights for the page: the last weights of the runs with the fewest errors, and frames of the film, evenly chosen. The
 * room of the page limits first the runs, then the frames. A film needs images.
 */
final class PageWeights {

    private final Map<Run, String> last = new HashMap<>();
    private final Map<Run, List<PageRun.Frame>> film = new HashMap<>();

    PageWeights(Outcome outcome, long room) {
        int classes = outcome.classes();
        int features = outcome.features();
        long each = PageBytes.length((long) Float.BYTES * classes * (features + 1));
        List<RunHistory> shown = outcome.runs().stream()
                .filter(run -> !run.diverged())
                .sorted(Comparator.comparingDouble(RunHistory::lastChoosingError))
                .limit(Math.max(0, room / each))
                .toList();
        for (RunHistory run : shown) {
            last.put(run.run(), PageBytes.floats(outcome.model(run).toArray()));
        }
        long frame = shown.size() * PageBytes.length((long) classes * features);
        if (outcome.shape() != null && frame > 0) {
            addFilm(outcome, shown, (int) Math.min(Integer.MAX_VALUE, (room - shown.size() * each) / frame));
        }
    }

    /** A run's last weights, C x (d+1) floats, bias last; null if there is no room for them. */
    String last(RunHistory run) {
        return last.get(run.run());
    }

    /** The frames of a run before its last epoch. */
    List<PageRun.Frame> film(RunHistory run) {
        return film.getOrDefault(run.run(), List.of());
    }

    private void addFilm(Outcome outcome, List<RunHistory> shown, int mostFrames) {
        FilmFiles files = outcome.film();
        for (int epoch : evenly(files.epochs(), mostFrames)) {
            List<PerceptronModel> frame = files.frame(epoch);
            for (RunHistory run : shown) {
                PerceptronModel model = frame.get(outcome.runs().indexOf(run));
                // A step that L-BFGS rejected may have led to infinite weights.
                if (epoch < run.lastEpoch() && Double.isFinite(model.largestWeight())) {
                    film.computeIfAbsent(run.run(), key -> new ArrayList<>()).add(frame(epoch, model));
                }
            }
        }
    }

    private static PageRun.Frame frame(int epoch, PerceptronModel model) {
        double scale = Math.max(model.largestWeight(), Double.MIN_NORMAL);
        double[] weights = IntStream.range(0, model.classes() * model.features())
                .mapToDouble(i -> model.weight(i / model.features(), i % model.features()))
                .toArray();
        return new PageRun.Frame(epoch, scale, PageBytes.signedBytes(weights, scale));
    }

    private static List<Integer> evenly(List<Integer> epochs, int most) {
        return epochs.size() <= most
                ? epochs
                : IntStream.range(0, most)
                        .mapToObj(i -> epochs.get((int) ((long) i * epochs.size() / most)))
                        .toList();
    }
}
