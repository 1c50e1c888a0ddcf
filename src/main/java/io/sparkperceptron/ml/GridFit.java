package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.gradient.Objective;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.session.TrainingSettings;
import io.sparkperceptron.training.Lbfgs;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainedRun;
import io.sparkperceptron.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** Trains classifiers on the same rows, as many as possible side by side. */
final class GridFit {

    private static final Logger LOG = LoggerFactory.getLogger(GridFit.class);

    private GridFit() {}

    static List<PerceptronClassificationModel> models(Dataset<?> dataset, List<PerceptronClassifier> classifiers) {
        return MlRemedies.told(() -> {
            FitData.requireColumns(dataset, classifiers);
            Map<PerceptronClassifier, PerceptronClassificationModel> models = new LinkedHashMap<>();
            for (List<PerceptronClassifier> group : groups(classifiers)) {
                Fit fit = fit(dataset, group, Folds.NONE, run -> true);
                group.forEach(classifier -> models.put(classifier, summarized(classifier, fit, dataset)));
            }
            return classifiers.stream().map(models::get).toList();
        });
    }

    /** Groups of classifiers that can be trained side by side, in the order of the list. */
    static Collection<List<PerceptronClassifier>> groups(List<PerceptronClassifier> classifiers) {
        return classifiers.stream()
                .collect(Collectors.groupingBy(GridFit::shared, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** Trains some of the runs on all rows and without each fold. */
    static Fit fit(Dataset<?> dataset, List<PerceptronClassifier> group, Folds folds, Predicate<Run> some) {
        PerceptronClassifier one = group.get(0);
        boolean keepsBest = folds.isNone() && one.getPatience() > 0;
        if (keepsBest && one.marks().isEmpty()) {
            throw new UserException("Expected validationIndicatorCol with patience, because patience watches the"
                    + " error of the rows marked there, found none");
        }
        List<Setting> settings = group.stream().map(GridFit::setting).distinct().toList();
        try (TrainingData data = FitData.load(dataset, one, folds)) {
            Start start = one.isSet(one.initialModel())
                    ? data.startAt(one.getOrDefault(one.initialModel()).stored())
                    : new Start(one.getInitSigma(), one.getSeed());
            TrainingPlan plan = new TrainingPlan(
                    Run.all(settings, folds.count()).stream().filter(some).toList(),
                    one.getMaxIter(),
                    start,
                    new StopRules(one.getTol(), one.getPatience(), StopRules.NONE.targetError()),
                    Lbfgs.HISTORY,
                    keepsBest);
            return Fit.train(data, new TrainingSettings(plan, KernelChoice.AUTO, null, List.of()), one.listeners());
        }
    }

    private static PerceptronClassificationModel summarized(
            PerceptronClassifier classifier, Fit fit, Dataset<?> dataset) {
        PerceptronClassificationModel model = model(classifier, fit, Objective.NONE);
        TrainedRun run = fit.runs().get(index(classifier, fit, Objective.NONE));
        boolean validated = !classifier.marks().isEmpty();
        Dataset<?> trainedOn = FitData.unmarked(dataset, classifier);
        model.setSummary(Option.apply(new PerceptronTrainingSummary(model, trainedOn, fit, run, validated)));
        return model;
    }

    /** A classifier's model without the rows of a fold, or on all rows. It has no summary. */
    static PerceptronClassificationModel model(PerceptronClassifier classifier, Fit fit, int heldOutFold) {
        int index = index(classifier, fit, heldOutFold);
        TrainedRun run = fit.runs().get(index);
        if (run.diverged()) {
            String divergence = divergence(run);
            if (!Double.isFinite(run.kept().largestWeight())) {
                throw new UserException(divergence);
            }
            LOG.warn("{}. Its model has the weights of epoch {}", divergence, run.keptEpoch());
        }
        PerceptronClassificationModel model = new PerceptronClassificationModel(classifier.uid(), fit.model(index));
        model.setParent(classifier);
        return classifier.copyValues(model, ParamMap.empty());
    }

    private static int index(PerceptronClassifier classifier, Fit fit, int heldOutFold) {
        Setting setting = setting(classifier);
        List<Run> runs = fit.runs().stream().map(TrainedRun::run).toList();
        return IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).heldOutFold() == heldOutFold
                        && runs.get(i).setting().equals(setting))
                .findFirst()
                .orElseThrow();
    }

    /** A sentence that says when and why a run diverged, and what to do. */
    static String divergence(TrainedRun run) {
        Setting setting = run.run().setting();
        String sentence = "The training diverged at epoch " + run.last().epoch();
        if (run.run().isByLbfgs()) {
            return sentence + " with solver lbfgs; scale the features, or start with smaller weights";
        }
        double rate = setting.learningRate();
        if (run.last().epoch() == 0) {
            return sentence + ": the starting weights or the features are too large; set a smaller initSigma or another"
                    + " initialModel, or scale the features";
        }
        double momentum = setting.value(Hyperparameter.MOMENTUM);
        // The penalty alone multiplies weights by 1 - rate l2: with momentum beta they grow if rate l2 > 2 (1 + beta).
        if (rate * setting.l2() > 2 * (1 + momentum)) {
            return sentence + " with regParam " + setting.l2() + " and stepSize " + rate
                    + ", whose product is above " + Setting.text(2 * (1 + momentum))
                    + ", so that the penalty makes the weights grow; set a smaller regParam or stepSize";
        }
        return sentence + " with stepSize " + rate + "; set a smaller one, or scale the features";
    }

    static Setting setting(PerceptronClassifier classifier) {
        return new Setting(
                Loss.of(classifier.getLoss()),
                Optimizer.of(classifier.getSolver()),
                Hyperparameter.ALL.stream()
                        .map(one -> (Double)
                                classifier.getOrDefault(classifier.own().hyperparameter(one)))
                        .toList());
    }

    /** The params that must be equal in a group: all but those of {@link #setting} and those of two output columns. */
    private static Map<String, Object> shared(PerceptronClassifier classifier) {
        List<Param<?>> varied = new ArrayList<>(List.of(
                classifier.loss(), classifier.solver(), classifier.probabilities(), classifier.contributionsCol()));
        Hyperparameter.ALL.forEach(one -> varied.add(classifier.own().hyperparameter(one)));
        Map<String, Object> values = new LinkedHashMap<>();
        for (Param<?> param : classifier.params()) {
            if (!varied.contains(param) && classifier.isDefined(param)) {
                Object value = classifier.getOrDefault(param);
                values.put(param.name(), value instanceof double[] array ? Arrays.toString(array) : value);
            }
        }
        return values;
    }
}
