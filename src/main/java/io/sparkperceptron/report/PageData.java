package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.Judge;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.analysis.StabilityBound;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.results.TrainingRecord;
import io.sparkperceptron.storage.JsonFile;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the page's content from the results of a training. Curves, examples, weights and film are thinned out to limit
 * the size of the page. Other files hold all of them.
 */
record PageData(Outcome outcome) {

    /** The approximate number of characters of all data. */
    private static final long MOST_CHARACTERS = 3_750_000;

    /** Weights and film get the room that the other data leave. */
    PageContent content() {
        PageEpochs epochs = new PageEpochs(outcome.runs());
        PageThresholds thresholds = PageThresholds.of(outcome.runs());
        PageExamples examples = PageExamples.of(outcome);
        PageContent withoutWeights = content(epochs, thresholds, examples, new PageWeights(outcome, 0));
        long room = MOST_CHARACTERS - JsonFile.compact(withoutWeights).length();
        return content(epochs, thresholds, examples, new PageWeights(outcome, room));
    }

    private PageContent content(
            PageEpochs epochs, PageThresholds thresholds, PageExamples examples, PageWeights weights) {
        Findings findings = outcome.findings();
        Judge judge = outcome.judge();
        TrainingRecord.Options options = outcome.record().options();
        return new PageContent(
                title(outcome.runs()),
                PageFacts.of(outcome.record()),
                outcome.classes(),
                outcome.labels().listed(),
                outcome.features(),
                outcome.featureNames(),
                outcome.scaling().label(),
                outcome.shape(),
                outcome.shape() == null ? null : PixelGrid.shown(outcome.shape()),
                factor(outcome.scaling()),
                factors(),
                outcome.epochsAsked(),
                new PageContent.Rows(findings.trainingRows(), findings.validationRows(), findings.testRows()),
                outcome.chooser().equals("test") ? "test" : "validation",
                thresholds.fractions(),
                outcome.folds(),
                outcome.choice().map(PageData::choice).orElse(null),
                findings.isWeighted(),
                options.startSigma() == 0 && options.startModel() == null,
                stability(findings.largestEigenvalue()),
                epochs.numbers(),
                epochs.seconds(),
                findings.curvatureRows(),
                findings.lineRows(),
                findings.neverActive(),
                findings.emptyClasses(),
                new PageRuns(outcome, judge, epochs, thresholds, weights, examples.count()).all(),
                outcome.runs().indexOf(judge.best().orElse(outcome.runs().get(0))),
                PageComparison.of(outcome),
                examples.content(),
                examples.classMeans(),
                examples.sample(),
                findings.doubtful(),
                examples.doubtful());
    }

    static String title(List<RunHistory> runs) {
        String first = runs.get(0).run().name();
        return runs.size() == 1
                ? first
                : runs.size() + " runs, " + first + " to "
                        + runs.get(runs.size() - 1).run().name();
    }

    private static PageContent.Choice choice(FoldChoice choice) {
        return new PageContent.Choice(
                choice.run().run().name(),
                Math.min(choice.epoch(), choice.run().lastEpoch()),
                choice.test().error());
    }

    private static PageContent.Stability stability(double eigenvalue) {
        StabilityBound bound = new StabilityBound(eigenvalue);
        return new PageContent.Stability(
                eigenvalue,
                Arrays.stream(Loss.values())
                        .map(loss -> new PageContent.PageLoss(
                                loss.label(), bound.smoothness(loss), bound.rate(loss), loss.saturates()))
                        .toList());
    }

    private String factors() {
        boolean drawn = outcome.shape() != null && outcome.scaling() == FeatureScaling.STANDARD;
        return outcome.runs().stream()
                .filter(run -> drawn && !run.diverged())
                .findFirst()
                .map(run -> PageBytes.floats(outcome.factors(run).toArray()))
                .orElse(null);
    }

    private static Double factor(FeatureScaling scaling) {
        return switch (scaling) {
            case NONE, STANDARD -> 1.0;
            case PIXEL -> 1.0 / 255;
            case UNIT_NORM -> null;
        };
    }
}
