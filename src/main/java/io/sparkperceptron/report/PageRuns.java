package io.sparkperceptron.report;

import io.sparkperceptron.analysis.ConfusionMatrix;
import io.sparkperceptron.analysis.Cycle;
import io.sparkperceptron.analysis.DescentLine;
import io.sparkperceptron.analysis.Doubling;
import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.Floor;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.RunSummary;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.analysis.WeightHistogram;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.training.BestError;
import io.sparkperceptron.training.EpochMetrics;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a {@link PageRun} of each run. The page has {@code examples} example images. */
record PageRuns(
        Outcome outcome, Judge judge, PageEpochs epochs, PageThresholds thresholds, PageWeights weights, int examples) {

    private static final int MOST_CLASSES_SHOWN = 100;
    private static final int MOST_LAST_ERRORS = 100;
    /** A cell of the confusion matrices has at most this many places, over all runs. */
    private static final int MOST_PLACES_IN_A_CELL = 1000;

    /** All runs, in the plan's order. */
    List<PageRun> all() {
        return outcome.summaries().stream().map(this::run).toList();
    }

    private PageRun run(RunSummary summary) {
        RunHistory run = summary.history();
        BestError best = run.best();
        Findings.Measured measured = outcome.measured(run);
        return new PageRun(
                run.run().name(),
                run.run().loss().label(),
                finite(run.run().learningRate()),
                run.run().setting().l2(),
                finite(run.run().setting().value(Hyperparameter.MOMENTUM)),
                finite(new StabilityBound(outcome.findings().largestEigenvalue())
                        .rate(run.run().setting())),
                run.ending(),
                run.lastEpoch(),
                bySet(run, set -> epochs.curve(run, set)),
                epochs.quantities(run),
                run.folds().count() == 0 ? null : epochs.band(run),
                bySet(run, set -> atEnd(set.apply(run.last()))),
                lastFifth(run),
                new PageRun.Best(finite(best.error()), best.epoch()),
                judge.margin(run),
                summary.doubling().map(PageRuns::doubling).orElse(null),
                summary.floor().map(floor -> goal(floor, run)).orElse(null),
                thresholds.reached(run),
                summary.verdict(),
                Cycle.of(run).orElse(null),
                summary.interval(),
                measured == null ? null : measured(measured),
                weights.last(run),
                weights.film(run));
    }

    private static PageRun.Doubling doubling(Doubling doubling) {
        return new PageRun.Doubling(
                doubling.from(),
                finite(doubling.before()),
                finite(doubling.after()),
                doubling.next().orElse(null));
    }

    private static PageRun.Goal goal(Floor floor, RunHistory run) {
        return new PageRun.Goal(
                floor.least().objective(),
                floor.least().run().name(),
                finite(floor.above(run)),
                Stream.of(0.1, 0.05, 0.01)
                        .map(fraction -> floor.firstWithin(fraction, run).orElse(null))
                        .toList());
    }

    private <T> Map<String, T> bySet(RunHistory run, Function<Function<EpochMetrics, SetMetrics>, T> value) {
        boolean hasValidation = !outcome.chooser().equals("test");
        Map<String, T> sets = new LinkedHashMap<>();
        sets.put("train", value.apply(EpochMetrics::train));
        sets.put("validation", hasValidation ? value.apply(epoch -> run.validation(epoch.epoch())) : null);
        sets.put("test", value.apply(EpochMetrics::test));
        return sets;
    }

    private PageRun.Measured measured(Findings.Measured measured) {
        boolean fewClasses = outcome.classes() <= MOST_CLASSES_SHOWN;
        return new PageRun.Measured(
                new PageRun.Answers(measured.unclaimed(), measured.contested(), measured.ties()),
                fewClasses ? measured.yes() : null,
                measured.stuckUnits(),
                measured.curvature(),
                fewClasses ? measured.confusion() : null,
                fewClasses ? recalls(measured.confusion()) : null,
                histogram(measured.histogram()),
                fewClasses && examples > 0 ? shownOnly(measured.cells()) : Map.of(),
                measured.lines().stream().map(PageRuns::line).toList());
    }

    private static PageRun.Line line(DescentLine line) {
        return new PageRun.Line(
                line.epoch(),
                line.unit(),
                line.saturated(),
                line.before(),
                line.after(),
                line.longest(),
                PageBytes.floats(line.costs(), Float::doubleValue),
                PageBytes.floats(line.slopes(), Float::doubleValue),
                PageBytes.floats(line.deviations(), Float::doubleValue));
    }

    private List<Double> recalls(List<Long> counts) {
        ConfusionMatrix confusion = ConfusionMatrix.of(outcome.classes(), counts);
        return IntStream.range(0, outcome.classes())
                .mapToObj(label -> finite(confusion.recall(label)))
                .toList();
    }

    private Map<String, List<Integer>> shownOnly(Map<String, List<Integer>> cells) {
        long most = Math.max(1, MOST_PLACES_IN_A_CELL / outcome.runs().size());
        Map<String, List<Integer>> shown = new LinkedHashMap<>();
        cells.forEach((cell, places) -> shown.put(
                cell,
                places.stream().filter(place -> place < examples).limit(most).toList()));
        return shown;
    }

    private static PageRun.Histogram histogram(WeightHistogram histogram) {
        long middle = histogram.moving().get(histogram.moving().size() / 2);
        return new PageRun.Histogram(
                histogram.binWidth(),
                histogram.moving(),
                histogram.still(),
                middle == 0 ? null : (Double) (histogram.rarelyActiveInMiddle() / (double) middle));
    }

    private static PageRun.Spread lastFifth(RunHistory run) {
        int from = run.lastEpoch() - run.lastEpoch() / 5;
        double[] errors = run.epochs().subList(from, run.epochs().size()).stream()
                .mapToDouble(epoch -> epoch.test().error())
                .toArray();
        DoubleSummaryStatistics spread = Arrays.stream(errors).summaryStatistics();
        double[] last = Arrays.copyOfRange(errors, Math.max(0, errors.length - MOST_LAST_ERRORS), errors.length);
        return new PageRun.Spread(from, finite(spread.getMin()), finite(spread.getMax()), PageBytes.floats(last));
    }

    private static PageRun.AtEnd atEnd(SetMetrics last) {
        return new PageRun.AtEnd(finite(last.cost()), finite(last.error()));
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
