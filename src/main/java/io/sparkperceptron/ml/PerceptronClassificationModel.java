package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.model.Sigmoid;
import io.sparkperceptron.storage.Folder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.HasTrainingSummary;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple3;

/**
 * C trained perceptrons. The raw prediction of a row is z = w.x + b of each perceptron, its "probability" s = sigma(z)
 * of each. They do not add up to 1, unless {@link #probabilities} is {@code normalized}: then they are divided by their
 * sum, which changes no prediction. The prediction is the label of the class with the largest z, the lowest class on a
 * tie.
 */
public final class PerceptronClassificationModel
        extends ProbabilisticClassificationModel<Vector, PerceptronClassificationModel>
        implements PerceptronParams, HasTrainingSummary<PerceptronTrainingSummary>, MLWritable {

    private static final String DATA = "data";

    private OwnParams own;
    private ModelFiles.Stored stored;
    private Scorer scorer;
    /** The user's name of the column of features, if this model reads a temporary column; otherwise null. */
    private String featuresName;

    private transient PerceptronTrainingSummary summary;

    /** For Java's ServiceLoader, by which Spark Connect finds this class. Without weights, it cannot predict. */
    public PerceptronClassificationModel() {
        this(OwnParams.announce(Identifiable.randomUID("perceptron")));
    }

    PerceptronClassificationModel(String uid, ModelFiles.Stored stored) {
        this(OwnParams.announce(uid));
        this.stored = stored;
        this.scorer = new Scorer(stored);
    }

    private PerceptronClassificationModel(OwnParams own) {
        this.own = own;
        PerceptronClassifier.setDefaults(this);
    }

    @Override
    public OwnParams own() {
        own = own == null ? OwnParams.take() : own;
        return own;
    }

    @Override
    public int numClasses() {
        return stored.model().classes();
    }

    @Override
    public int numFeatures() {
        return stored.model().features();
    }

    /** C x d weights for features as in the column: with standard scaling they include its factors. */
    public Matrix coefficientMatrix() {
        PerceptronModel model = stored.ofUnscaled();
        int classes = numClasses();
        double[] columns = IntStream.range(0, classes * numFeatures())
                .mapToDouble(i -> model.weight(i % classes, i / classes))
                .toArray();
        return new DenseMatrix(classes, numFeatures(), columns);
    }

    public Vector interceptVector() {
        return Vectors.dense(IntStream.range(0, numClasses())
                .mapToDouble(c -> stored.model().weight(c, numFeatures()))
                .toArray());
    }

    /** The labels of the classes, ascending: 0 to C - 1 if {@link PerceptronClassifier} fitted the model. */
    public List<Integer> labels() {
        ClassLabels labels = stored.description().classLabels();
        return IntStream.range(0, labels.count()).mapToObj(labels::of).toList();
    }

    /** The labels as texts: names if the command line trained the model on names, otherwise numbers. */
    public List<String> labelNames() {
        ClassLabels labels = stored.description().classLabels();
        return IntStream.range(0, labels.count()).mapToObj(labels::text).toList();
    }

    /** The names of the features by the metadata of their column in training; an empty list if it has none. */
    public List<String> featureNames() {
        List<String> names = stored.description().featureNames();
        return names == null ? List.of() : names;
    }

    /** Spark's own code accepts only vectors, and only names without dots. */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return PlainColumns.arePlain(dataset.schema(), this)
                ? Contributions.added(super.transform(dataset), this)
                : PlainColumns.transform(dataset, this);
    }

    /** A copy with other columns; errors name the column of features as this model does. */
    PerceptronClassificationModel withColumns(ParamMap plain) {
        PerceptronClassificationModel copy = copy(plain);
        copy.featuresName = getFeaturesCol();
        return copy;
    }

    /** The columns of {@link #transform}. Throws UserException if features are no vectors, arrays or numbers. */
    @Override
    public StructType transformSchema(StructType schema) {
        TableColumns columns = new TableColumns(List.of(getFeaturesCol()), null, null, null);
        return Contributions.schema(PlainColumns.schema(schema, columns, super::transformSchema), this);
    }

    /** z of each perceptron. Throws UserException if the vector is null, has another size, or is not finite. */
    @Override
    public Vector predictRaw(Vector features) {
        return scorer.raw(scorable(features));
    }

    /** w_j x_j of each feature for the class with the predicted label; null lets the model predict it. */
    Vector contributions(Vector features, Double predicted) {
        SparseVector row = scorable(features);
        double label = predicted == null ? raw2prediction(scorer.raw(row)) : predicted;
        return scorer.contributions(row, stored.description().classLabels().classOf(label));
    }

    private SparseVector scorable(Vector features) {
        return PlainColumns.scorable(features, numFeatures(), featuresName == null ? getFeaturesCol() : featuresName);
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] values = ((DenseVector) raw).values();
        double[] own = Arrays.stream(values).map(Sigmoid::sigmoid).toArray();
        double sum = Arrays.stream(own).sum();
        boolean normalized = OwnParams.isNormalized(getProbabilities());
        if (normalized && sum < Double.MIN_NORMAL) {
            // A sigma(z) this small is exp(z). The factor exp(-largest) cancels, and keeps the sum above 0.
            double largest = values[raw.argmax()];
            own = Arrays.stream(values).map(z -> Math.exp(z - largest)).toArray();
            sum = Arrays.stream(own).sum();
        }
        for (int c = 0; c < values.length; c++) {
            values[c] = normalized ? own[c] / sum : own[c];
        }
        return raw;
    }

    @Override
    public double raw2prediction(Vector raw) {
        return isDefined(thresholds()) ? probability2prediction(raw2probability(raw)) : label(raw.argmax());
    }

    @Override
    public double probability2prediction(Vector probability) {
        return label((int) super.probability2prediction(probability));
    }

    private double label(int number) {
        return stored.description().classLabels().of(number);
    }

    /** Sets the kind of probabilities in their column: {@code independent} or {@code normalized}. */
    public PerceptronClassificationModel setProbabilities(String value) {
        return (PerceptronClassificationModel) set(probabilities(), value);
    }

    /** Names the column of w_j x_j of each feature for the predicted class; an empty name means none. */
    public PerceptronClassificationModel setContributionsCol(String value) {
        return (PerceptronClassificationModel) set(contributionsCol(), value);
    }

    /** Spark's metrics of the predictions for labelled rows. Throws UserException if a column is missing. */
    public PerceptronSummary evaluate(Dataset<?> dataset) {
        new TableColumns(List.of(getFeaturesCol()), getLabelCol(), null, null)
                .requireIn(dataset.schema(), FitData.SOURCE);
        return new PerceptronSummary(this, dataset);
    }

    /** The summary of the training that made this model. Throws UserException if it was loaded, or left a fold out. */
    @Override
    public PerceptronTrainingSummary summary() {
        if (summary == null) {
            throw new UserException("This model was loaded, or left a fold out, and has no summary of its training");
        }
        return summary;
    }

    @Override
    public Option<PerceptronTrainingSummary> trainingSummary() {
        return Option.apply(summary);
    }

    /** Sets the summary. Scala names the setter of a field in this way. */
    @Override
    public void trainingSummary_$eq(Option<PerceptronTrainingSummary> given) {
        summary = given.isEmpty() ? null : given.get();
    }

    /** Does nothing. Spark Connect's server calls it for a model that it may load again, without its summary. */
    @SuppressWarnings("MissingOverride") // Spark 3.5 lacks it.
    public void saveSummary(String path) {}

    ModelFiles.Stored stored() {
        return stored;
    }

    /** Calls Spark's method. Java needs this override, because Spark's two declarations conflict in Java. */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Tuple3 findSummaryModel() {
        return super.findSummaryModel();
    }

    @Override
    public PerceptronClassificationModel copy(ParamMap extra) {
        PerceptronClassificationModel copy = new PerceptronClassificationModel(uid(), stored);
        copy.summary = summary;
        copyValues(copy, extra);
        copy.setParent(parent());
        return copy;
    }

    @Override
    public String toString() {
        return "PerceptronClassificationModel: uid=" + uid() + ", numClasses=" + numClasses() + ", numFeatures="
                + numFeatures();
    }

    @Override
    public MLWriter write() {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                new DefaultParamsWriter(PerceptronClassificationModel.this).saveImpl(path);
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                ModelFiles.save(stored.description(), stored.model(), stored.factors(), folder.child(DATA));
            }
        };
    }

    /** Reads a model from {@link #write}, or from {@code OUTPUT/models/RUN} of {@code submit/train.sh}. */
    public static MLReader<PerceptronClassificationModel> read() {
        return new MLReader<>() {
            @Override
            public PerceptronClassificationModel load(String path) {
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                if (folder.holds(ModelFiles.DESCRIPTION)) {
                    return new PerceptronClassificationModel(
                            Identifiable.randomUID("perceptron"), ModelFiles.load(folder));
                }
                SavedParams saved = SavedParams.read(path, PerceptronClassificationModel.class, sparkSession());
                return saved.setIn(new PerceptronClassificationModel(saved.uid(), ModelFiles.load(folder.child(DATA))));
            }
        };
    }

    /** Loads a model, see {@link #read}. Throws UserException if files are damaged, or of a newer version. */
    public static PerceptronClassificationModel load(String path) {
        return read().load(path);
    }
}
