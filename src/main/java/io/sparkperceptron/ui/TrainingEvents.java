package io.sparkperceptron.ui;

import io.sparkperceptron.analysis.FoldMeans;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.Verdict;
import io.sparkperceptron.block.Split;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.results.WritePace;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.Recording;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingListener;
import io.sparkperceptron.training.TrainingPlan;
import io.sparkperceptron.training.TrainingState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Tells Spark's listeners of a training. Numbers have few digits, so that an epoch of 20 runs takes less than 1 KB. */
final class TrainingEvents implements TrainingListener {

    private static final MathContext DIGITS = new MathContext(5);
    private static final long PAUSE_NANOS = 5_000_000_000L;
    /** Judging takes longer the more epochs there are. */
    private static final int PAUSE_PER_VERDICT = 500;

    private static final long LOOK_NANOS = 1_000_000_000L;

    private final int training;
    private final String master;
    private final CachedBlocks blocks;
    private final TrainingPlan plan;
    private final Recording recording;
    private final Consumer<TrainingEvent> listeners;
    private final List<Run> runs;
    private final Map<Run, Ending> endings = new HashMap<>();
    private final FoldMeans foldMeans = new FoldMeans();
    private final WritePace pace = new WritePace(PAUSE_NANOS, PAUSE_NANOS, PAUSE_PER_VERDICT);
    private Map<String, Integer> holders = Map.of();
    private int placing;
    private long lookedAt;
    private int measured = -1;
    private boolean started;

    /** The events of training number {@code training} on Spark's {@code master}. */
    TrainingEvents(
            int training,
            String master,
            CachedBlocks blocks,
            TrainingPlan plan,
            Recording recording,
            Consumer<TrainingEvent> listeners) {
        this.training = training;
        this.master = master;
        this.blocks = blocks;
        this.plan = plan;
        this.recording = recording;
        this.listeners = listeners;
        this.runs = plan.runs().stream().filter(Run::isOnAllRows).toList();
        this.placing = blocks.placing();
        this.lookedAt = System.nanoTime() - LOOK_NANOS;
    }

    @Override
    public void epochStarted(TrainingState state) {
        if (started) {
            return;
        }
        started = true;
        listeners.accept(new TrainingEvent.Started(
                training,
                System.currentTimeMillis(),
                master,
                runs.stream().map(Run::name).toList(),
                runs.stream().map(run -> run.loss().label()).toList(),
                runs.stream().mapToDouble(Run::learningRate).toArray(),
                state.epoch(),
                plan.epochs(),
                Stream.of(Split.TRAIN, Split.VALIDATION, Split.TEST)
                        .mapToLong(blocks::rows)
                        .toArray()));
        // A resumed training no longer trains the runs that ended before.
        state.ended().forEach(run -> runLeft(run.last(), run.ending()));
        foldMeans.add(state.ended().stream().map(TrainedRun::last).toList());
    }

    @Override
    public void epochFinished(int epoch, List<EpochMetrics> metrics) {
        measured = epoch;
        EpochTime time = metrics.get(0).time();
        Map<Run, EpochMetrics> byRun = new HashMap<>();
        metrics.forEach(run -> byRun.put(run.run(), run));
        foldMeans.add(metrics);
        Map<Setting, Double> folds = foldMeans.errors();
        ToDoubleFunction<EpochMetrics> validationError =
                run -> folds.getOrDefault(run.run().setting(), run.validation().error());
        listeners.accept(new TrainingEvent.Epoch(
                training,
                epoch,
                new float[] {few(time.kernel()), few(time.job()), few(time.driver())},
                numbers(Split.TRAIN, byRun, run -> run.train().cost()),
                numbers(Split.TRAIN, byRun, run -> run.train().error()),
                numbers(Split.VALIDATION, byRun, validationError),
                numbers(Split.TEST, byRun, run -> run.test().error())));
        look();
        if (pace.isDue()) {
            pace.write(this::judge);
        }
    }

    @Override
    public void runLeft(EpochMetrics last, Ending ending) {
        if (last.run().isOnAllRows()) {
            endings.put(last.run(), ending);
            listeners.accept(new TrainingEvent.Left(training, runs.indexOf(last.run()), last.epoch(), ending.label()));
        }
    }

    @Override
    public void trainingEnded() {
        if (measured >= 0) {
            judge();
        }
        listeners.accept(new TrainingEvent.Ended(training, System.currentTimeMillis()));
    }

    private void look() {
        boolean redistributed = blocks.placing() != placing;
        long now = System.nanoTime();
        if (!redistributed && now - lookedAt < LOOK_NANOS) {
            return;
        }
        lookedAt = now;
        placing = blocks.placing();
        Map<String, Integer> found = blocks.holders();
        if (redistributed || !found.equals(holders)) {
            holders = found;
            listeners.accept(new TrainingEvent.Placed(
                    training, measured, redistributed, List.copyOf(found.keySet()), List.copyOf(found.values())));
        }
    }

    /** Nobody has examined the weights yet, so no run is known to be saturated. */
    private void judge() {
        Map<Run, List<EpochMetrics>> metrics = recording.metrics();
        List<RunHistory> histories = runs.stream()
                .map(run -> RunHistory.of(run, endings.getOrDefault(run, Ending.EPOCHS), 0, metrics))
                .toList();
        Judge judge = new Judge(histories, blocks.rows(Split.TRAIN), blocks.isWeighted());
        List<Verdict> verdicts = histories.stream().map(judge::verdict).toList();
        listeners.accept(new TrainingEvent.Judged(
                training,
                measured,
                verdicts.stream().map(verdict -> verdict.kind().label()).toList(),
                verdicts.stream().map(Verdict::epoch).toList()));
    }

    /** A number of each run, NaN for a run that has ended; none of a set without rows. */
    private float[] numbers(Split set, Map<Run, EpochMetrics> metrics, ToDoubleFunction<EpochMetrics> number) {
        boolean measured = blocks.rows(set) > 0 || (set == Split.VALIDATION && plan.hasFolds());
        float[] numbers = new float[measured ? runs.size() : 0];
        for (int i = 0; i < numbers.length; i++) {
            EpochMetrics run = metrics.get(runs.get(i));
            numbers[i] = run == null ? Float.NaN : few(number.applyAsDouble(run));
        }
        return numbers;
    }

    private static float few(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).round(DIGITS).floatValue()
                : (float) number;
    }
}
