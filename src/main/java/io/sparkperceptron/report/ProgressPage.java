package io.sparkperceptron.report;

import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.Layout;
import io.sparkperceptron.results.WritePace;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code report.html} while training, and after a training that stopped or failed. It shows the progress and the curves
 * of the runs. The page reloads every {@value #PAUSE_SECONDS} seconds, and says how old it is. It is written as often,
 * or less often if an epoch or writing is slow. {@link Report} replaces it.
 */
public final class ProgressPage implements TrainingListener {

    private static final int PAUSE_SECONDS = 30;
    private static final long PAUSE_NANOS = PAUSE_SECONDS * 1_000_000_000L;
    /**
     * The first write takes seconds, because it loads fonts and classes. With a longer pause after it, the page would
     * be minutes old.
     */
    private static final int PAUSE_PER_WRITE = 10;

    private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"" + PAUSE_SECONDS + "\">";
    /** A chart has no room for more. */
    private static final int MOST_RUNS = 40;

    private final Folder output;
    private final TrainingPlan plan;
    private final Recording recording;
    private final Clock clock;
    private final WritePace pace;
    private int measured = -1;
    /** The number of runs of the last epoch that have not ended. */
    private int running;

    /** The page of a new or resumed training. {@code recording} must be a listener before this. */
    public ProgressPage(Folder output, TrainingPlan plan, Recording recording) {
        this(output, plan, recording, Clock.systemUTC(), new WritePace(PAUSE_NANOS, PAUSE_NANOS, PAUSE_PER_WRITE));
    }

    ProgressPage(Folder output, TrainingPlan plan, Recording recording, Clock clock, WritePace pace) {
        this.output = output;
        this.plan = plan;
        this.recording = recording;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> runs) {
        measured = epoch;
        running = runs.size();
        if (pace.isDue() && Charts.canBeDrawn()) {
            pace.write(() -> write(true));
        }
    }

    @Override
    public void runLeft(EpochMetrics last, Ending ending) {
        running--;
    }

    @Override
    public void trainingEnded() {
        boolean whole = measured == plan.epochs() || running == 0;
        if (measured >= 0 && !whole && Charts.canBeDrawn()) {
            write(false);
        }
    }

    private void write(boolean goesOn) {
        List<RunHistory> runs = runs();
        List<RunHistory> shown = runs.stream()
                .sorted(Comparator.comparingDouble(RunHistory::lastChoosingError))
                .limit(MOST_RUNS)
                .toList();
        boolean validated =
                runs.stream().anyMatch(run -> run.last().validation().isMeasured());
        String style = PageTemplate.own("page.css");
        String script = PageScripts.join("progress.js", PageTemplate::own);
        String rows = shown.stream().map(run -> row(run, validated)).collect(Collectors.joining("\n"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Curves curves = new Curves(runs.stream().filter(shown::contains).toList());
        output.write(
                Layout.PAGE,
                PageTemplate.fill(
                        "progress.html",
                        Map.ofEntries(
                                Map.entry("OPTIMIZERS", optimizers(runs)),
                                Map.entry("TITLE", PageTemplate.escaped(PageData.title(runs))),
                                Map.entry("REFRESH", goesOn ? REFRESH : ""),
                                Map.entry("STYLE", style),
                                Map.entry("STYLE_HASHES", PageTemplate.hash(style)),
                                Map.entry("SCRIPT", script),
                                Map.entry("SCRIPT_HASHES", PageTemplate.hash(script)),
                                Map.entry("STATE", state(goesOn, now)),
                                Map.entry("WRITTEN", now.toString()),
                                Map.entry("NOTE", note(goesOn)),
                                Map.entry("VALIDATION", validated ? "<th scope=\"col\">validation error</th>" : ""),
                                Map.entry("ROWS", rows),
                                Map.entry("MORE", more(runs.size() - shown.size())),
                                Map.entry("ERROR", PageBytes.png(Curves.png(curves.errors()))),
                                Map.entry("COST", PageBytes.png(Curves.png(curves.costs()))))));
    }

    private static String optimizers(List<RunHistory> runs) {
        return runs.stream()
                .map(run -> run.run().setting().optimizer())
                .distinct()
                .sorted()
                .map(optimizer -> optimizer == Optimizer.LBFGS ? "L-BFGS" : "gradient descent")
                .collect(Collectors.joining(" and "));
    }

    private static String more(int others) {
        return others == 0
                ? ""
                : "Only the " + MOST_RUNS + " runs with the smallest errors are shown; " + others
                        + (others == 1 ? " other is not." : " others are not.");
    }

    /** The runs on all rows. The page does not show why a run ended, so any ending will do. */
    private List<RunHistory> runs() {
        return recording.metrics().values().stream()
                .filter(epochs -> epochs.get(0).run().isOnAllRows())
                .map(epochs -> new RunHistory(epochs, Ending.EPOCHS, 0))
                .toList();
    }

    private String state(boolean goesOn, Instant now) {
        return String.format(
                Locale.ROOT,
                goesOn ? "Epoch %,d of %,d, as of %s." : "Ended early, after epoch %,d of %,d, at %s.",
                measured,
                plan.epochs(),
                now.toString().replace("T", " ").replace("Z", " UTC"));
    }

    private static String note(boolean goesOn) {
        return goesOn
                ? "This page reloads every " + PAUSE_SECONDS + " seconds, until the full report replaces it."
                : "The training can be resumed from its last checkpoint. The full report is written at its end.";
    }

    private static String row(RunHistory run, boolean validated) {
        EpochMetrics last = run.last();
        return "<tr><th scope=\"row\">" + PageTemplate.escaped(run.run().name()) + "</th>"
                + cell(Integer.toString(run.lastEpoch()))
                + cells(last.train())
                + cells(last.test())
                + (validated ? cell(percent(last.validation().error())) : "")
                + "</tr>";
    }

    private static String cells(SetMetrics metrics) {
        String cost = Double.isFinite(metrics.cost()) ? String.format(Locale.ROOT, "%.6f", metrics.cost()) : "infinite";
        return cell(cost) + cell(percent(metrics.error()));
    }

    private static String percent(double fraction) {
        return Double.isFinite(fraction) ? String.format(Locale.ROOT, "%.2f %%", 100 * fraction) : "-";
    }

    private static String cell(String text) {
        return "<td>" + text + "</td>";
    }
}
