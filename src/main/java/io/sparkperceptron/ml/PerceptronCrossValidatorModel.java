package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What cross-validation has chosen. */
public final class PerceptronCrossValidatorModel extends Model<PerceptronCrossValidatorModel> implements MLWritable {

    private static final String BEST = "bestModel";
    private static final String METRICS = "avg-metrics.json";

    private String uid;
    private PerceptronClassificationModel best;
    private double[] avgMetrics;
    private transient FoldCurves curves;

    PerceptronCrossValidatorModel(String uid, PerceptronClassificationModel best, double[] avgMetrics) {
        this(Uid.announce(uid));
        this.best = best;
        this.avgMetrics = avgMetrics.clone();
    }

    private PerceptronCrossValidatorModel(Uid uid) {
        this.uid = uid.text();
    }

    @Override
    public String uid() {
        if (uid == null) {
            uid = Uid.take();
        }
        return uid;
    }

    /** The chosen setting, trained on all rows for the chosen number of epochs. */
    public PerceptronClassificationModel bestModel() {
        return best;
    }

    /** The least mean error over the folds of each setting, in the order of the maps; infinite if it diverged on some fold from its start. */
    public double[] avgMetrics() {
        return avgMetrics.clone();
    }

    /**
     * Mean cost, mean error and its standard error over the folds, by setting and epoch.
     *
     * @throws UserException if this was loaded, and nobody knows
     */
    public Dataset<Row> curves() {
        return required().means();
    }

    /** The metrics of all runs at all epochs, those of each fold and, with no {@code fold}, those on all rows; likewise. */
    public Dataset<Row> metrics() {
        return required().all();
    }

    /** A row for each setting: least mean error, its epoch and standard error, and of the chosen one the number of epochs; likewise. */
    public Dataset<Row> choices() {
        return required().choices();
    }

    void setCurves(FoldCurves curves) {
        this.curves = curves;
    }

    private FoldCurves required() {
        if (curves == null) {
            throw new UserException("This model was loaded, and has no curves of its cross-validation");
        }
        return curves;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        return best.transform(dataset);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return best.transformSchema(schema);
    }

    @Override
    public PerceptronCrossValidatorModel copy(ParamMap extra) {
        PerceptronCrossValidatorModel copy = new PerceptronCrossValidatorModel(uid, best.copy(extra), avgMetrics);
        copy.curves = curves;
        copy.setParent(parent());
        return copyValues(copy, extra);
    }

    /** Writes the best model and the metrics; the curves are not kept. */
    @Override
    public MLWriter write() {
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                new DefaultParamsWriter(PerceptronCrossValidatorModel.this).saveImpl(path);
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                best.write().saveImpl(folder.child(BEST).uri());
                JsonFile.write(folder, METRICS, avgMetrics);
            }
        };
    }

    /** Reads what {@link #write} has written. */
    public static MLReader<PerceptronCrossValidatorModel> read() {
        return new MLReader<>() {
            @Override
            public PerceptronCrossValidatorModel load(String path) {
                SavedParams saved = SavedParams.read(path, PerceptronCrossValidatorModel.class, sparkSession());
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                return saved.setIn(new PerceptronCrossValidatorModel(
                        saved.uid(),
                        PerceptronClassificationModel.load(folder.child(BEST).uri()),
                        JsonFile.read(folder, METRICS, double[].class, "metrics of a cross-validation")));
            }
        };
    }

    public static PerceptronCrossValidatorModel load(String path) {
        return read().load(path);
    }
}
