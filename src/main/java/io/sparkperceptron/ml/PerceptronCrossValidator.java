package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * K-fold cross-validation of perceptrons, with all settings and folds side by side. An epoch takes one pass over the
 * data, where Spark's CrossValidator trains K models for each setting, one after the other. {@link FoldChoice} chooses
 * setting and number of epochs by the mean error over the folds; no evaluator is needed. The folds depend on the order
 * of the rows alone, as those of {@code submit/train.sh --folds}.
 */
public final class PerceptronCrossValidator extends Estimator<PerceptronCrossValidatorModel> {

    private String uid;
    private IntParam numFolds;
    private LongParam seed;
    private PerceptronClassifier estimator = new PerceptronClassifier();
    private ParamMap[] maps = {ParamMap.empty()};

    public PerceptronCrossValidator() {
        this(Uid.random("perceptronCv"));
    }

    public PerceptronCrossValidator(String uid) {
        this(Uid.announce(uid));
    }

    private PerceptronCrossValidator(Uid uid) {
        this.uid = uid.text();
        setDefault(numFolds(), (Object) 3);
        setDefault(seed(), (Object) 1L);
    }

    @Override
    public String uid() {
        uid = uid == null ? Uid.take() : uid;
        return uid;
    }

    /** K, from 2 to 100; by default 3. */
    public IntParam numFolds() {
        if (numFolds == null) {
            numFolds = new IntParam(
                    this,
                    "numFolds",
                    "number of folds (" + Folds.FEWEST + " to " + Folds.MOST + ")",
                    ParamValidators.inRange(Folds.FEWEST, Folds.MOST));
        }
        return numFolds;
    }

    /** The seed of the folds; by default 1. */
    public LongParam seed() {
        if (seed == null) {
            seed = new LongParam(this, "seed", "the seed of the draw of folds");
        }
        return seed;
    }

    public PerceptronCrossValidator setNumFolds(int value) {
        return (PerceptronCrossValidator) set(numFolds(), (Object) value);
    }

    public PerceptronCrossValidator setSeed(long value) {
        return (PerceptronCrossValidator) set(seed(), (Object) value);
    }

    public PerceptronCrossValidator setEstimator(PerceptronClassifier value) {
        estimator = value;
        return this;
    }

    public PerceptronCrossValidator setEstimatorParamMaps(ParamMap[] value) {
        maps = value.clone();
        return this;
    }

    public PerceptronClassifier getEstimator() {
        return estimator;
    }

    public ParamMap[] getEstimatorParamMaps() {
        return maps.clone();
    }

    /**
     * Trains every setting on all rows and without each fold. Then trains the chosen setting on all rows, for the
     * chosen number of epochs. Throws UserException if a column is missing, a row is bad, there are fewer rows than
     * folds, or all settings diverge.
     */
    @Override
    public PerceptronCrossValidatorModel fit(Dataset<?> dataset) {
        return MlRemedies.told(() -> choose(dataset));
    }

    private PerceptronCrossValidatorModel choose(Dataset<?> dataset) {
        if (maps.length == 0) {
            throw new UserException("Expected at least one setting in estimatorParamMaps, found none");
        }
        List<PerceptronClassifier> classifiers =
                Arrays.stream(maps).map(estimator::copy).toList();
        FitData.requireColumns(dataset, classifiers);
        Folds folds = new Folds((int) getOrDefault(numFolds()), (long) getOrDefault(seed()));
        Map<PerceptronClassifier, RunHistory> histories = new LinkedHashMap<>();
        List<EpochMetrics> metrics = new ArrayList<>();
        for (List<PerceptronClassifier> group : GridFit.groups(classifiers)) {
            Fit fit = GridFit.fit(dataset, group, folds);
            Map<Setting, RunHistory> found = fit.histories(false).stream()
                    .collect(Collectors.toMap(history -> history.run().setting(), Function.identity()));
            group.forEach(classifier -> histories.put(classifier, found.get(GridFit.setting(classifier))));
            fit.metrics().values().forEach(metrics::addAll);
        }
        List<RunHistory> inOrder = classifiers.stream().map(histories::get).toList();
        FoldChoice choice = FoldChoice.of(inOrder)
                .orElseThrow(
                        () -> new UserException("All settings have diverged on all rows or on some fold; set smaller"
                                + " step sizes, or scale the features"));
        PerceptronClassifier chosen = classifiers
                .get(inOrder.indexOf(choice.run()))
                .copy(ParamMap.empty())
                .setMaxIter(choice.epoch())
                .setTol(0)
                .setPatience(0);
        PerceptronClassificationModel best = chosen.fit(dataset);
        PerceptronCrossValidatorModel model = new PerceptronCrossValidatorModel(
                uid(),
                best,
                inOrder.stream().mapToDouble(run -> run.best().error()).toArray());
        model.setMeasured(new PerceptronCrossValidatorModel.Measured(dataset.sparkSession(), inOrder, metrics, choice));
        model.setParent(this);
        return copyValues(model, ParamMap.empty());
    }

    @Override
    public PerceptronCrossValidator copy(ParamMap extra) {
        PerceptronCrossValidator copy = new PerceptronCrossValidator(uid());
        copyValues(copy, extra);
        return copy.setEstimator(estimator.copy(extra)).setEstimatorParamMaps(maps);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return estimator.transformSchema(schema);
    }
}
