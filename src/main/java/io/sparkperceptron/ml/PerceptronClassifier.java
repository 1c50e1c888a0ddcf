package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.training.OptionalListener;
import io.sparkperceptron.training.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;
import scala.collection.mutable.ListBuffer;

/**
 * Trains one sigmoid perceptron for each class, by full-batch gradient descent or L-BFGS: an estimator for Spark ML's
 * pipelines. Labels are whole numbers from 0 on, as StringIndexer makes them. Features are a column of vectors or of
 * arrays of numbers.
 *
 * <p>On any number of partitions, the weights have the same bits as those of {@code submit/train.sh} with the same
 * settings, the same rows in the same order, and the rows marked by {@link #validationIndicatorCol} as its test set.
 *
 * <pre>{@code
 * PerceptronClassifier classifier = new PerceptronClassifier().setStepSize(0.5).setMaxIter(200);
 * PerceptronClassificationModel model = classifier.fit(training);
 * model.summary().metrics().show();
 * }</pre>
 */
public final class PerceptronClassifier
        extends ProbabilisticClassifier<Vector, PerceptronClassifier, PerceptronClassificationModel>
        implements PerceptronParams, DefaultParamsWritable {

    private OwnParams own;
    private transient TrainingListener listener;

    public PerceptronClassifier() {
        this(Identifiable.randomUID("perceptron"));
    }

    public PerceptronClassifier(String uid) {
        this(OwnParams.announce(uid));
    }

    private PerceptronClassifier(OwnParams own) {
        this.own = own;
        setDefaults(this);
    }

    static void setDefaults(PerceptronParams owner) {
        owner.setDefault(owner.loss(), "logistic");
        owner.setDefault(owner.solver(), "descent");
        Hyperparameter.ALL.forEach(one -> owner.setDefault(owner.own().hyperparameter(one), (Object) one.standard()));
        owner.setDefault(owner.maxIter(), (Object) 200);
        owner.setDefault(owner.tol(), (Object) 0.0);
        owner.setDefault(owner.patience(), (Object) 0);
        owner.setDefault(owner.initSigma(), (Object) 0.0);
        owner.setDefault(owner.seed(), (Object) 1L);
        owner.setDefault(owner.scaling(), "none");
        owner.setDefault(owner.probabilities(), "independent");
        owner.setDefault(owner.contributionsCol(), "");
    }

    @Override
    public OwnParams own() {
        own = own == null ? OwnParams.take() : own;
        return own;
    }

    /** The model that training starts from, instead of zeros; not set by default. The estimator does not save it. */
    public Param<PerceptronClassificationModel> initialModel() {
        return own().made("initialModel", name -> new Param<>(this, name, "the model to start from, instead of zeros"));
    }

    public PerceptronClassifier setLoss(String value) {
        return (PerceptronClassifier) set(loss(), value);
    }

    public PerceptronClassifier setSolver(String value) {
        return (PerceptronClassifier) set(solver(), value);
    }

    public PerceptronClassifier setStepSize(double value) {
        return (PerceptronClassifier) set(stepSize(), (Object) value);
    }

    public PerceptronClassifier setRegParam(double value) {
        return (PerceptronClassifier) set(regParam(), (Object) value);
    }

    public PerceptronClassifier setMomentum(double value) {
        return (PerceptronClassifier) set(momentum(), (Object) value);
    }

    public PerceptronClassifier setMaxIter(int value) {
        return (PerceptronClassifier) set(maxIter(), (Object) value);
    }

    public PerceptronClassifier setTol(double value) {
        return (PerceptronClassifier) set(tol(), (Object) value);
    }

    public PerceptronClassifier setPatience(int value) {
        return (PerceptronClassifier) set(patience(), (Object) value);
    }

    public PerceptronClassifier setInitSigma(double value) {
        return (PerceptronClassifier) set(initSigma(), (Object) value);
    }

    public PerceptronClassifier setSeed(long value) {
        return (PerceptronClassifier) set(seed(), (Object) value);
    }

    public PerceptronClassifier setScaling(String value) {
        return (PerceptronClassifier) set(scaling(), value);
    }

    public PerceptronClassifier setClassWeight(String value) {
        return (PerceptronClassifier) set(classWeight(), value);
    }

    public PerceptronClassifier setWeightCol(String value) {
        return setColumn(weightCol(), value);
    }

    public PerceptronClassifier setOrderCol(String value) {
        return setColumn(orderCol(), value);
    }

    public PerceptronClassifier setValidationIndicatorCol(String value) {
        return setColumn(validationIndicatorCol(), value);
    }

    /** Sets or, for null, clears the name of a column. */
    private PerceptronClassifier setColumn(Param<String> column, String name) {
        return (PerceptronClassifier) (name == null ? clear(column) : set(column, name));
    }

    /** Divides probabilities by their sum if {@code normalized}; by default they are {@code independent}. */
    public PerceptronClassifier setProbabilities(String value) {
        return (PerceptronClassifier) set(probabilities(), value);
    }

    /** Names the column of w_j x_j of each feature for the predicted class; an empty name means none. */
    public PerceptronClassifier setContributionsCol(String value) {
        return setColumn(contributionsCol(), value);
    }

    /**
     * Sets a listener of each epoch, which {@link #fit} calls in its thread; null for none. Settings trained side by
     * side share a call. Copies have the same listener; it is not saved. If it throws, the exception is logged and the
     * training goes on.
     */
    public PerceptronClassifier setTrainingListener(TrainingListener value) {
        listener = value;
        return this;
    }

    /** The listener of each epoch, if there is one. */
    List<TrainingListener> listeners() {
        return listener == null ? List.of() : List.of(new OptionalListener(listener));
    }

    /** Sets the model to start from; null for none. */
    public PerceptronClassifier setInitialModel(PerceptronClassificationModel value) {
        return (PerceptronClassifier) (value == null ? clear(initialModel()) : set(initialModel(), value));
    }

    public PerceptronClassificationModel getInitialModel() {
        return getOrDefault(initialModel());
    }

    /**
     * Trains a model. If training diverges, the model has the weights of the epoch before, and its summary says so.
     * Throws UserException if a column is missing or has another type, or a row is bad.
     */
    @Override
    public PerceptronClassificationModel fit(Dataset<?> dataset) {
        return GridFit.models(dataset, List.of(this)).get(0);
    }

    /**
     * Trains a model for each map. Settings that differ only in loss, solver, stepSize, regParam and momentum share
     * one pass over the data per epoch. Each model has the bits of a training by itself.
     */
    public List<PerceptronClassificationModel> fit(Dataset<?> dataset, ParamMap[] paramMaps) {
        return GridFit.models(dataset, Arrays.stream(paramMaps).map(this::copy).toList());
    }

    /** The same as {@link #fit(Dataset, ParamMap[])}, for Spark up to 3.5. */
    @SuppressWarnings("MissingOverride") // In Spark 4 this method overrides nothing.
    public scala.collection.Seq<PerceptronClassificationModel> fit(
            Dataset<?> dataset, scala.collection.Seq<ParamMap> paramMaps) {
        return scala(fit(dataset, array(paramMaps)));
    }

    /** The same as {@link #fit(Dataset, ParamMap[])}, for Spark 4. */
    @SuppressWarnings("MissingOverride")
    public scala.collection.immutable.Seq<PerceptronClassificationModel> fit(
            Dataset<?> dataset, scala.collection.immutable.Seq<ParamMap> paramMaps) {
        return scala(fit(dataset, array(paramMaps)));
    }

    private static <T> scala.collection.immutable.List<T> scala(List<T> list) {
        ListBuffer<T> buffer = new ListBuffer<>();
        list.forEach(buffer::$plus$eq);
        return buffer.toList();
    }

    private static ParamMap[] array(scala.collection.Seq<ParamMap> maps) {
        return IntStream.range(0, maps.size()).mapToObj(maps::apply).toArray(ParamMap[]::new);
    }

    @Override
    public PerceptronClassificationModel train(Dataset<?> dataset) {
        return fit(dataset);
    }

    @Override
    public PerceptronClassifier copy(ParamMap extra) {
        PerceptronClassifier copy = defaultCopy(extra);
        return copy.setTrainingListener(listener);
    }

    /** Throws UserException if a column is missing, or has another type. */
    @Override
    public StructType transformSchema(StructType schema) {
        columns().requireIn(schema, FitData.SOURCE);
        String marks = marks();
        if (!marks.isEmpty()
                && !(TableColumns.field(schema, marks, FitData.SOURCE).dataType() instanceof BooleanType)) {
            throw new UserException("Expected true and false in the column '" + marks + "' of " + FitData.SOURCE
                    + ", found " + schema.apply(marks).dataType().simpleString());
        }
        return Contributions.schema(PlainColumns.schema(schema, columns(), super::transformSchema), this);
    }

    /** The name of the column that marks rows for validation; empty if there is none. */
    String marks() {
        return OwnParams.name(this, validationIndicatorCol());
    }

    TableColumns columns() {
        return new TableColumns(
                List.of(getFeaturesCol()),
                getLabelCol(),
                StringUtils.defaultIfEmpty(OwnParams.name(this, weightCol()), null),
                StringUtils.defaultIfEmpty(OwnParams.name(this, orderCol()), null));
    }

    /** Writes the params as Spark does. Throws UserException if there is an initial model. */
    @Override
    public MLWriter write() {
        if (isSet(initialModel())) {
            throw new UserException("An initial model is not saved with its estimator; save the model itself, and set"
                    + " it again when the estimator is loaded");
        }
        return DefaultParamsWritable.super.write();
    }

    public static MLReader<PerceptronClassifier> read() {
        return new MLReader<>() {
            @Override
            public PerceptronClassifier load(String path) {
                SavedParams saved = SavedParams.read(path, PerceptronClassifier.class, sparkSession());
                return saved.setIn(new PerceptronClassifier(saved.uid()));
            }
        };
    }

    /** Loads a saved estimator. Throws UserException if there is no saved estimator, or its params are damaged. */
    public static PerceptronClassifier load(String path) {
        return read().load(path);
    }
}
