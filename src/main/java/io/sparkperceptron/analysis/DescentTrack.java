package io.sparkperceptron.analysis;

import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines down of runs that were trained together, from epoch to epoch; where there are very many runs, of some of them, evenly chosen. */
public final class DescentTrack {

    private final DescentLines lines;
    private final List<TrainedRun> runs;
    private final Map<TrainedRun, List<DescentLine>> found = new LinkedHashMap<>();

    /**
     * Nothing looked at yet.
     *
     * @param runs that have not diverged
     * @param most runs to follow
     */
    public DescentTrack(DescentLines lines, List<TrainedRun> runs, int most) {
        this.lines = lines;
        this.runs = List.copyOf(runs);
        int followed = Math.min(most, runs.size());
        for (int i = 0; i < followed; i++) {
            found.put(runs.get((int) ((long) i * runs.size() / followed)), new ArrayList<>());
        }
    }

    /**
     * Looks at the weights after {@code epoch} updates. Of a run that ended before, the first look after that is its last. Modified: this.
     *
     * @param models one for each of the runs
     */
    public void add(int epoch, List<PerceptronModel> models) {
        found.forEach((run, ofRun) -> {
            int at = Math.min(epoch, run.last().epoch());
            if (ofRun.isEmpty() || ofRun.get(ofRun.size() - 1).epoch() < at) {
                ofRun.addAll(
                        lines.of(at, models.get(runs.indexOf(run)), run.run().setting()));
            }
        });
    }

    /** The lines of one of the runs, ascending in epochs, and there in classes; none of a run that is not followed. */
    public List<DescentLine> of(TrainedRun run) {
        return List.copyOf(found.getOrDefault(run, List.of()));
    }
}
