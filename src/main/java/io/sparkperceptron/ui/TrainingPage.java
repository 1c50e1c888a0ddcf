package io.sparkperceptron.ui;

import io.sparkperceptron.notes.ProgressLines;
import io.sparkperceptron.report.Colours;
import io.sparkperceptron.report.PageTemplate;
import io.sparkperceptron.ui.TrainingEvent.Epoch;
import io.sparkperceptron.ui.TrainingEvent.Placed;
import io.sparkperceptron.ui.TrainingEvent.Started;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.util.kvstore.KVStore;

/** The content of the tab: one training, and links to the others. */
final class TrainingPage {

    /** Mean times are those of the last epochs, at most this many. */
    private static final int RECENT = 20;

    /** Makes the browser load the page again, every five seconds. */
    private static final String REFRESH = "<meta http-equiv=\"refresh\" content=\"5\"/>";

    private static final List<String> PARTS = List.of("kernel", "rest of the job", "driver");

    private final Training training;
    private final Started started;
    private final List<Epoch> epochs;
    private final boolean live;
    private final List<RunStyle> styles;
    /** Null before the first epoch. */
    private final Epoch last;

    private final boolean isValidated;
    private final boolean isTested;
    /** Mean seconds of an epoch's parts, and of all. */
    private final double[] parts = new double[PARTS.size()];

    private final double total;

    private TrainingPage(Training training, List<Epoch> epochs, boolean live) {
        this.training = training;
        this.started = training.started();
        this.epochs = epochs;
        this.live = live;
        this.styles = RunStyle.of(started);
        this.last = epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
        this.isValidated = last != null && last.validationError().length > 0;
        this.isTested = last != null && last.testError().length > 0;
        List<Epoch> recent = epochs.subList(Math.max(0, epochs.size() - RECENT), epochs.size());
        for (Epoch epoch : recent) {
            for (int part = 0; part < parts.length; part++) {
                parts[part] += epoch.seconds()[part] / recent.size();
            }
        }
        this.total = Arrays.stream(parts).sum();
    }

    /**
     * The content as HTML.
     *
     * @param number of the training; null for the newest
     * @param json the address of the same as JSON
     * @param live whether this application still runs
     */
    static String html(KVStore store, String number, String json, boolean live) {
        List<Training> trainings = Training.all(store);
        if (trainings.isEmpty()) {
            return REFRESH + "<p>No training has begun.</p>";
        }
        Training chosen = trainings.stream()
                .filter(training -> ("" + training.key()).equals(number))
                .findFirst()
                .orElse(trainings.get(trainings.size() - 1));
        TrainingPage page = new TrainingPage(chosen, chosen.epochs(store), live);
        return page.html() + others(trainings, chosen) + "<p><a href=\"" + PageTemplate.escaped(json)
                + "\">All trainings as JSON</a>, <a href=\"" + PageTemplate.escaped(json) + "?training=" + chosen.key()
                + "\">all epochs of this one</a></p>";
    }

    private String html() {
        String top = (goesOn() ? REFRESH : "") + "<h4>Training " + training.key() + ": "
                + PageTemplate.escaped(names(started)) + "</h4>";
        if (epochs.isEmpty()) {
            return top + "<p>No epoch has been measured yet.</p>";
        }
        List<CurveChart.Mark> marks = training.placed().stream()
                .filter(Placed::redistributed)
                .map(placed -> new CurveChart.Mark(
                        placed.epoch(),
                        "Before epoch " + placed.epoch() + " the blocks were redistributed to "
                                + placed.partitions().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum() + " partitions"))
                .toList();
        String errors = isValidated ? "Validation" : isTested ? "Test" : "Training";
        return top
                + Html.list("list-unstyled", facts())
                + bar()
                + "<div style=\"display:flex;flex-wrap:wrap;gap:1em;margin:1em 0\">"
                + CurveChart.svg(errors + " error in %", lines(Epoch::choosingError, 100), marks)
                + CurveChart.svg("Training cost", lines(Epoch::trainCost, 1), marks)
                + "</div>"
                + Html.list("", events(marks))
                + runs()
                + executors();
    }

    private boolean goesOn() {
        return live && training.ended() == null;
    }

    private Stream<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add(String.format(Locale.ROOT, "Epoch: %,d of %,d, %s", last.epoch(), started.epochs(), state()));
        if (started.firstEpoch() > 0) {
            facts.add("Resumed: at epoch " + started.firstEpoch() + ", where these curves begin");
        }
        if (goesOn()) {
            facts.add("Time left: about " + ProgressLines.time(total * (started.epochs() - last.epoch())));
        }
        facts.add(String.format(
                Locale.ROOT,
                "Rows a second: %,.0f",
                Arrays.stream(started.rows()).sum() / total));
        facts.add("Started: " + UIUtils.formatDate(started.time()) + " on " + started.master());
        return facts.stream();
    }

    private String state() {
        if (goesOn()) {
            return "going on";
        }
        if (training.ended() == null) {
            return "and the log ends here";
        }
        String after = " after " + ProgressLines.time((training.ended().time() - started.time()) / 1e3);
        boolean whole = last.epoch() == started.epochs()
                || training.left().size() == started.runs().size();
        return (whole ? "finished" : "ended early") + after;
    }

    private String bar() {
        String segments = IntStream.range(0, parts.length)
                .mapToObj(part -> String.format(
                        Locale.ROOT,
                        "<div style=\"width:%.1f%%;background:%s\"></div>",
                        100 * parts[part] / total,
                        Colours.hexadecimal(part, parts.length)))
                .collect(Collectors.joining());
        String legend = IntStream.range(0, parts.length)
                .mapToObj(part -> "<span style=\"white-space:nowrap\"><span style=\"color:"
                        + Colours.hexadecimal(part, parts.length) + "\">&#9632;</span> " + PARTS.get(part) + " "
                        + Html.span(parts[part]) + "</span>")
                .collect(Collectors.joining(", "));
        return "<div role=\"img\" aria-label=\"The parts of an epoch's time\""
                + " style=\"display:flex;height:1em;max-width:660px\">" + segments + "</div><p>An epoch takes "
                + Html.span(total) + ": " + legend + ". "
                + (epochs.size() == 1
                        ? "These are of one epoch.</p>"
                        : "These are the means of the last " + Math.min(RECENT, epochs.size()) + " epochs.</p>");
    }

    /** The curves of all runs, without epoch 0, which has no place on a logarithmic axis. */
    private List<CurveChart.Line> lines(Function<Epoch, float[]> quantity, double factor) {
        List<Epoch> drawn = epochs.stream().filter(epoch -> epoch.epoch() > 0).toList();
        int[] numbers = drawn.stream().mapToInt(Epoch::epoch).toArray();
        return IntStream.range(0, styles.size())
                .mapToObj(run -> new CurveChart.Line(
                        started.runs().get(run),
                        styles.get(run),
                        numbers,
                        drawn.stream()
                                .mapToDouble(epoch -> quantity.apply(epoch).length == 0
                                        ? Double.NaN
                                        : factor * quantity.apply(epoch)[run])
                                .toArray(),
                        hasDiverged(run)))
                .toList();
    }

    private boolean hasDiverged(int run) {
        return training.left().stream()
                .anyMatch(left -> left.run() == run && left.ending().equals("diverged"));
    }

    private Stream<String> events(List<CurveChart.Mark> marks) {
        return Stream.concat(
                training.left().stream()
                        .filter(left -> hasDiverged(left.run()))
                        .map(left -> started.runs().get(left.run()) + " diverged at epoch " + left.epoch()
                                + (left.epoch() < started.firstEpoch() ? "" : ", a cross where its curve ends")),
                marks.stream().map(mark -> mark.text() + ", a dotted line"));
    }

    private String runs() {
        List<String> head = Stream.of(
                        "",
                        "Run",
                        "Epoch",
                        "Training cost",
                        "Training error",
                        isValidated ? "Validation error" : null,
                        isTested ? "Test error" : null,
                        training.judged() == null ? null : training.ended() == null ? "Verdict so far" : "Verdict")
                .filter(name -> name != null)
                .toList();
        List<List<String>> rows =
                IntStream.range(0, styles.size()).mapToObj(this::row).toList();
        String note = training.judged() == null
                ? ""
                : "<p>Verdicts are those of the curves up to epoch "
                        + training.judged().epoch() + ". Saturated perceptrons are not looked for here.</p>";
        return "<h4>Runs</h4>" + Html.table(head, rows) + note;
    }

    private List<String> row(int run) {
        Epoch end = epochs.stream()
                .filter(epoch -> !Float.isNaN(epoch.trainError()[run]))
                .reduce((earlier, later) -> later)
                .orElse(last);
        String until = training.left().stream()
                .filter(left -> left.run() == run)
                .map(left -> left.epoch() + ", " + PageTemplate.escaped(left.ending()))
                .findFirst()
                .orElse("" + end.epoch());
        return Stream.of(
                        "<svg width=\"28\" height=\"10\"><path d=\"M0 5h28\" "
                                + styles.get(run).stroke() + "/></svg>",
                        PageTemplate.escaped(started.runs().get(run)),
                        until,
                        Html.number(end.trainCost()[run]),
                        Html.percent(end.trainError()[run]),
                        isValidated ? Html.percent(end.validationError()[run]) : null,
                        isTested ? Html.percent(end.testError()[run]) : null,
                        training.judged() == null
                                ? null
                                : PageTemplate.escaped(
                                                training.judged().verdicts().get(run)) + " since epoch "
                                        + training.judged().since().get(run))
                .filter(cell -> cell != null)
                .toList();
    }

    private String executors() {
        if (training.placed().isEmpty()) {
            return "";
        }
        Placed placed = training.placed().get(training.placed().size() - 1);
        List<List<String>> rows = IntStream.range(0, placed.executors().size())
                .mapToObj(i -> {
                    String name = placed.executors().get(i).replaceFirst("^executor_", "");
                    int id = name.lastIndexOf('_');
                    return List.of(
                            PageTemplate.escaped(name.substring(id + 1)),
                            PageTemplate.escaped(id < 0 ? "" : name.substring(0, id)),
                            "" + placed.partitions().get(i));
                })
                .toList();
        return "<h4>Where the blocks lie</h4>" + Html.table(List.of("Executor", "Host", "Partitions"), rows)
                + "<p>As of epoch " + placed.epoch() + ".</p>";
    }

    private static String others(List<Training> trainings, Training chosen) {
        if (trainings.size() == 1) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        for (Training training : trainings) {
            int key = training.key();
            String names = PageTemplate.escaped(names(training.started()));
            String link = key == chosen.key() ? names : "<a href=\"?training=" + key + "\">" + names + "</a>";
            String started = UIUtils.formatDate(training.started().time());
            String ended = training.ended() == null
                    ? ""
                    : UIUtils.formatDate(training.ended().time());
            rows.add(0, List.of("" + key, link, started, ended));
        }
        return "<h4>Trainings of this application</h4>"
                + Html.table(List.of("Training", "Runs", "Started", "Ended"), rows);
    }

    private static String names(Started started) {
        List<String> runs = started.runs();
        return switch (runs.size()) {
            case 0 -> "models without a fold";
            case 1 -> runs.get(0);
            default -> runs.size() + " runs, " + runs.get(0) + " to " + runs.get(runs.size() - 1);
        };
    }
}
