package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.TrainedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;

/**
 * Trains the settings of a cross-validation without each fold. All folds share a pass, unless stages of a pipeline
 * learn from rows: then each fold has its own stages, and its own pass over all settings.
 */
final class CrossFit {

    /** The fitted stages before the perceptrons, and the rows that they have made. */
    private record Prepared(PipelineModel before, Dataset<Row> rows) {
        static Prepared of(Stages setting, Dataset<?> learnedFrom, Dataset<?> rows) {
            PipelineModel before = setting.fitBefore(learnedFrom);
            return new Prepared(before, before.transform(rows));
        }
    }

    private final PerceptronCrossValidator validator;
    private final Dataset<?> dataset;
    private final List<Stages> settings;
    private final int folds;
    /** The trainings of each setting's perceptrons: one, or one on all rows and one without each fold. */
    private final Map<PerceptronClassifier, List<Fit>> fits = new LinkedHashMap<>();
    /** The training data of settings whose folds share a pass. */
    private final Map<PerceptronClassifier, HeldOutModels.Trained> shared = new LinkedHashMap<>();
    /** By fold and setting. */
    private final Model<?>[][] subModels;

    CrossFit(PerceptronCrossValidator validator, Dataset<?> dataset, List<Stages> settings) {
        this.validator = validator;
        this.dataset = dataset;
        this.settings = settings;
        this.folds = validator.getNumFolds();
        this.subModels = new Model<?>[folds][settings.size()];
    }

    /** The models without each fold; null if they are not collected. */
    Model<?>[][] subModels() {
        return validator.getCollectSubModels() ? subModels : null;
    }

    /** The metrics of all trainings. */
    List<EpochMetrics> metrics() {
        return fits.values().stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(fit -> fit.metrics().values().stream().flatMap(List::stream))
                .toList();
    }

    /** Groups of settings with the same stages before the perceptrons, and the same rows in the same order. */
    private Collection<List<Stages>> groups() {
        return settings.stream()
                .collect(Collectors.groupingBy(
                        setting -> Arrays.asList(
                                setting.others(),
                                setting.perceptrons().columns().order(),
                                setting.perceptrons().marks()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /** Trains each setting on all rows and without each fold. Returns their errors after every epoch. */
    List<RunHistory> histories() {
        for (List<Stages> group : groups()) {
            Stages one = group.get(0);
            if (one.othersLearn()) {
                trainOwnStages(group);
                continue;
            }
            Prepared made = Prepared.of(one, dataset, dataset);
            Prepared prepared = new Prepared(made.before(), FoldRows.settled(made.rows(), one.perceptrons()));
            Dataset<Row> rows = FoldRows.withoutGiven(prepared.rows(), validator);
            Folds drawn = FoldRows.folds(prepared.rows(), validator, one.perceptrons());
            train(group, prepared.rows(), drawn, run -> true);
            for (Stages setting : group) {
                PerceptronClassifier perceptrons = setting.perceptrons();
                shared.put(perceptrons, new HeldOutModels.Trained(rows, perceptrons, drawn));
            }
            for (int fold = 0; validator.getCollectSubModels() && fold < folds; fold++) {
                for (Stages setting : group) {
                    keep(setting, fold, prepared, model(setting, fold), prepared.rows());
                }
            }
        }
        return settings.stream().map(this::history).toList();
    }

    /** The models of the chosen setting without each fold; null if they have stages of their own. */
    HeldOutModels heldOut(Stages chosen) {
        HeldOutModels.Trained trained = shared.get(chosen.perceptrons());
        return trained == null
                ? null
                : HeldOutModels.of(
                        fits.get(chosen.perceptrons()).get(0).heldOut().orElseThrow(), trained);
    }

    private void trainOwnStages(List<Stages> group) {
        Stages one = group.get(0);
        try (FoldRows rows = FoldRows.of(dataset, validator, one.perceptrons())) {
            Prepared all = Prepared.of(one, rows.without(Objective.NONE), rows.all());
            train(group, all.rows(), rows.read(all.rows(), one.perceptrons()), Run::isOnAllRows);
            for (int f = 0; f < folds; f++) {
                int fold = f;
                Dataset<Row> others = rows.without(fold);
                Prepared prepared = Prepared.of(one, others, rows.all());
                Folds read = rows.read(prepared.rows(), one.perceptrons());
                train(group, prepared.rows(), read, run -> run.heldOutFold() == fold);
                if (validator.getCollectSubModels()) {
                    Dataset<Row> learnedFrom = prepared.before().transform(others);
                    group.forEach(setting -> keep(setting, fold, prepared, model(setting, fold), learnedFrom));
                }
            }
        }
    }

    /** Trains some runs of each setting on the same rows. */
    private void train(List<Stages> group, Dataset<Row> rows, Folds drawn, Predicate<Run> some) {
        List<PerceptronClassifier> classifiers =
                group.stream().map(Stages::perceptrons).toList();
        FitData.requireColumns(rows, classifiers);
        for (List<PerceptronClassifier> together : GridFit.groups(classifiers)) {
            Fit fit = GridFit.fit(rows, together, drawn, some);
            together.forEach(classifier ->
                    fits.computeIfAbsent(classifier, key -> new ArrayList<>()).add(fit));
        }
    }

    private RunHistory history(Stages setting) {
        List<Fit> trained = fits.get(setting.perceptrons());
        Map<Run, List<EpochMetrics>> metrics = new LinkedHashMap<>();
        trained.forEach(fit -> metrics.putAll(fit.metrics()));
        Setting own = GridFit.setting(setting.perceptrons());
        TrainedRun whole = trained.stream()
                .flatMap(fit -> fit.runs().stream())
                .filter(run -> run.run().isOnAllRows() && run.run().setting().equals(own))
                .findFirst()
                .orElseThrow();
        return RunHistory.of(whole.run(), whole.ending(), 0, metrics);
    }

    private PerceptronClassificationModel model(Stages setting, int fold) {
        List<Fit> trained = fits.get(setting.perceptrons());
        return GridFit.model(setting.perceptrons(), trained.get(trained.size() - 1), fold);
    }

    /**
     * Trains each setting without each fold. Returns each setting's mean over the folds of the evaluator's metric, on
     * the rows of the fold.
     */
    double[] judged() {
        double[] sums = new double[settings.size()];
        for (List<Stages> group : groups()) {
            Stages one = group.get(0);
            try (FoldRows rows = FoldRows.of(dataset, validator, one.perceptrons())) {
                Prepared all = one.othersLearn() ? null : Prepared.of(one, rows.all(), rows.all());
                boolean together =
                        all != null && rows.isKept(all.rows()) && group.stream().allMatch(CrossFit::sharesFolds);
                if (together) {
                    Folds read = rows.read(all.rows(), one.perceptrons());
                    train(group, all.rows(), read, run -> !run.isOnAllRows());
                }
                for (int f = 0; f < folds; f++) {
                    int fold = f;
                    Dataset<Row> others = rows.without(fold);
                    Prepared prepared = together ? all : Prepared.of(one, others, others);
                    List<PerceptronClassificationModel> models = together
                            ? group.stream()
                                    .map(setting -> model(setting, fold))
                                    .toList()
                            : GridFit.models(
                                    prepared.rows(),
                                    group.stream().map(Stages::perceptrons).toList());
                    judge(group, models, fold, prepared, rows.in(fold), sums);
                }
            }
        }
        return Arrays.stream(sums).map(sum -> sum / folds).toArray();
    }

    /** Adds the evaluator's metric of each setting's model, on the rows of a fold, to the sum of the setting. */
    private void judge(
            List<Stages> group,
            List<PerceptronClassificationModel> models,
            int fold,
            Prepared prepared,
            Dataset<Row> heldOut,
            double[] sums) {
        Evaluator evaluator = validator.getEvaluator();
        Dataset<Row> judged = prepared.before().transform(heldOut);
        Dataset<Row> cached = FoldRows.cache(judged);
        try {
            for (int i = 0; i < group.size(); i++) {
                PerceptronClassificationModel model = models.get(i);
                PipelineModel after = keep(group.get(i), fold, prepared, model, prepared.rows());
                sums[settings.indexOf(group.get(i))] +=
                        SparkFailures.unwrap(() -> evaluator.evaluate(after.transform(model.transform(judged))));
            }
        } catch (UserException e) {
            throw new UserException("Cannot judge fold " + fold + " by " + evaluator.uid() + ": " + e.getMessage(), e);
        } finally {
            if (cached != null) {
                cached.unpersist();
            }
        }
    }

    /**
     * Whether a training without a fold, next to others, gives the same model as alone, except for rounding. It does
     * not if rows of the fold affect the scale of features, the weights of classes or the end of the training.
     */
    private static boolean sharesFolds(Stages setting) {
        PerceptronClassifier perceptrons = setting.perceptrons();
        return perceptrons.getPatience() == 0
                && FeatureScaling.of(perceptrons.getScaling()) != FeatureScaling.STANDARD
                && !(perceptrons.isDefined(perceptrons.classWeight())
                        && ClassWeighting.of(perceptrons.getClassWeight()).balanced());
    }

    /** Keeps the model of a fold if sub-models are collected. Returns its stages after the perceptrons. */
    private PipelineModel keep(
            Stages setting,
            int fold,
            Prepared prepared,
            PerceptronClassificationModel model,
            Dataset<Row> learnedFrom) {
        // A model has a summary if it was trained without others; sub-models have none.
        model.setSummary(Option.empty());
        PipelineModel after = setting.fitAfter(model, learnedFrom);
        if (validator.getCollectSubModels()) {
            subModels[fold][settings.indexOf(setting)] = setting.model(prepared.before(), model, after, dataset);
        }
        return after;
    }
}
