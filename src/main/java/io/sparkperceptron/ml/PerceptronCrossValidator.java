package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.data.TableColumns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * K-fold cross-validation of perceptrons, alone or in a pipeline, with all settings and folds side by side. An epoch
 * takes one pass over the data, where Spark's CrossValidator trains K models for each setting, one after the other. If
 * stages of the pipeline learn from rows, they are fitted without each fold, and an epoch takes a pass for each fold.
 *
 * <p>{@link FoldChoice} chooses setting and number of epochs by the mean error over the folds. With an evaluator, the
 * best mean metric of the fully trained models decides, as in Spark's CrossValidator. Without foldCol, the folds depend
 * only on the order of the rows, as those of {@code submit/train.sh --folds}.
 */
public final class PerceptronCrossValidator extends Estimator<PerceptronCrossValidatorModel>
        implements PerceptronCrossValidatorParams, MLWritable {

    private OwnParams own;

    public PerceptronCrossValidator() {
        this(Identifiable.randomUID("perceptronCv"));
    }

    public PerceptronCrossValidator(String uid) {
        this(OwnParams.announce(uid));
    }

    private PerceptronCrossValidator(OwnParams own) {
        this.own = own;
        setDefaults(this);
        setEstimator(new PerceptronClassifier());
        setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()});
    }

    static void setDefaults(PerceptronCrossValidatorParams owner) {
        owner.setDefault(owner.numFolds(), (Object) 3);
        owner.setDefault(owner.foldCol(), "");
        owner.setDefault(owner.seed(), (Object) 1L);
        owner.setDefault(owner.collectSubModels(), (Object) false);
    }

    @Override
    public OwnParams own() {
        own = own == null ? OwnParams.take() : own;
        return own;
    }

    /** Sets the perceptrons, or a Pipeline with one {@link PerceptronClassifier} among its stages. */
    public PerceptronCrossValidator setEstimator(Estimator<?> value) {
        return (PerceptronCrossValidator) set(estimator(), value);
    }

    public PerceptronCrossValidator setEstimatorParamMaps(ParamMap[] value) {
        return (PerceptronCrossValidator) set(estimatorParamMaps(), value);
    }

    /** Sets the evaluator of the rows held out, any of Spark's. */
    public PerceptronCrossValidator setEvaluator(Evaluator value) {
        return (PerceptronCrossValidator) set(evaluator(), value);
    }

    public PerceptronCrossValidator setNumFolds(int value) {
        return (PerceptronCrossValidator) set(numFolds(), (Object) value);
    }

    /** Sets the column with the fold of each row, an integer from 0 to numFolds - 1; empty for none. */
    public PerceptronCrossValidator setFoldCol(String value) {
        return (PerceptronCrossValidator) set(foldCol(), value);
    }

    public PerceptronCrossValidator setSeed(long value) {
        return (PerceptronCrossValidator) set(seed(), (Object) value);
    }

    public PerceptronCrossValidator setCollectSubModels(boolean value) {
        return (PerceptronCrossValidator) set(collectSubModels(), (Object) value);
    }

    /**
     * Trains every setting without each fold, and the chosen setting on all rows. Without an evaluator, it trains all
     * settings on all rows too, and the chosen one for the chosen number of epochs. Throws UserException if a column is
     * missing, a row is bad, there are fewer rows than folds, or all settings diverge.
     */
    @Override
    public PerceptronCrossValidatorModel fit(Dataset<?> dataset) {
        return MlRemedies.told(() -> choose(dataset));
    }

    private PerceptronCrossValidatorModel choose(Dataset<?> dataset) {
        List<Stages> settings = settings();
        if (!(getEstimator() instanceof Pipeline)) {
            FitData.requireColumns(
                    dataset, settings.stream().map(Stages::perceptrons).toList());
        }
        transformSchema(dataset.schema());
        CrossFit fit = new CrossFit(this, dataset, settings);
        Dataset<Row> rows = FoldRows.withoutGiven(dataset, this);
        PerceptronCrossValidatorModel model =
                isSet(evaluator()) ? judged(fit, settings, rows) : withLeastError(fit, settings, rows);
        model.subModels = fit.subModels();
        model.setParent(this);
        return copyValues(model, ParamMap.empty());
    }

    private PerceptronCrossValidatorModel withLeastError(CrossFit fit, List<Stages> settings, Dataset<?> rows) {
        List<RunHistory> histories = fit.histories();
        FoldChoice choice = FoldChoice.of(histories)
                .orElseThrow(
                        () -> new UserException("All settings have diverged on all rows or on some fold; set smaller"
                                + " step sizes or penalties, or scale the features"));
        Stages chosen = settings.get(histories.indexOf(choice.run()));
        PerceptronClassifier perceptrons = chosen.perceptrons()
                .copy(ParamMap.empty())
                .setMaxIter(choice.epoch())
                .setTol(0)
                .setPatience(0);
        PerceptronCrossValidatorModel model = new PerceptronCrossValidatorModel(
                uid(),
                chosen.fit(perceptrons, rows),
                histories.stream().mapToDouble(run -> run.best().error()).toArray());
        model.measured =
                new PerceptronCrossValidatorModel.Measured(rows.sparkSession(), histories, fit.metrics(), choice);
        model.heldOut = fit.heldOut(chosen);
        return model;
    }

    private PerceptronCrossValidatorModel judged(CrossFit fit, List<Stages> settings, Dataset<?> rows) {
        double[] averages = fit.judged();
        double sign = getEvaluator().isLargerBetter() ? -1 : 1;
        Stages best = settings.get(IntStream.range(0, averages.length)
                .filter(i -> !Double.isNaN(averages[i]))
                .boxed()
                .min(Comparator.comparingDouble(i -> sign * averages[i]))
                .orElseThrow(() -> new UserException(
                        "Expected a number from " + getEvaluator().uid() + " for some setting, found only NaN")));
        return new PerceptronCrossValidatorModel(uid(), best.fit(best.perceptrons(), rows), averages);
    }

    /** Throws UserException if estimator and maps do not fit each other. */
    private List<Stages> settings() {
        if (getEstimatorParamMaps().length == 0) {
            throw new UserException("Expected at least one setting in estimatorParamMaps, found none");
        }
        return Arrays.stream(getEstimatorParamMaps())
                .map(map -> Stages.of(getEstimator(), map))
                .toList();
    }

    @Override
    public PerceptronCrossValidator copy(ParamMap extra) {
        PerceptronCrossValidator copy = new PerceptronCrossValidator(uid());
        copyValues(copy, extra);
        copy.setEstimator(copy.getEstimator().copy(extra));
        return isSet(evaluator()) ? copy.setEvaluator(copy.getEvaluator().copy(extra)) : copy;
    }

    /** The columns by the first map. Throws UserException if a map, foldCol or the evaluator does not fit. */
    @Override
    public StructType transformSchema(StructType schema) {
        FoldRows.requireIn(schema, this);
        List<StructType> made = settings().stream()
                .map(setting -> setting.estimator().transformSchema(schema))
                .toList();
        if (isSet(evaluator())) {
            made.forEach(this::requireJudgedColumns);
        }
        return made.get(0);
    }

    /** Checks the columns of the evaluator before training. Only one metric needs probabilityCol, so it is left out. */
    private void requireJudgedColumns(StructType made) {
        Evaluator evaluator = getEvaluator();
        for (Param<?> param : evaluator.params()) {
            if (param.name().endsWith("Col")
                    && !param.name().equals("probabilityCol")
                    && evaluator.isDefined(param)
                    && evaluator.getOrDefault(param) instanceof String column
                    && !column.isEmpty()
                    && !column.contains(".")) {
                TableColumns.field(
                        made, column, "the rows that " + evaluator.uid() + " judges, by its " + param.name());
            }
        }
    }

    /** Throws UserException if a map has params that are not the estimator's, or there is an initial model. */
    @Override
    public MLWriter write() {
        SavedTuning tuning = SavedTuning.of(this);
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                tuning.write(copy(ParamMap.empty()), path, sparkSession());
            }
        };
    }

    public static MLReader<PerceptronCrossValidator> read() {
        return new MLReader<>() {
            @Override
            public PerceptronCrossValidator load(String path) {
                SavedParams saved = SavedParams.read(path, PerceptronCrossValidator.class, sparkSession());
                return SavedTuning.read(saved, new PerceptronCrossValidator(saved.uid()), path, sparkSession());
            }
        };
    }

    /** Loads a saved estimator. Throws UserException if there is none, or its params are damaged. */
    public static PerceptronCrossValidator load(String path) {
        return read().load(path);
    }
}
