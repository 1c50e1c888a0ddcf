package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.ConformalSets;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.Frames;
import io.sparkperceptron.training.EpochMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The model that cross-validation has chosen: perceptrons, or a pipeline with them. */
public final class PerceptronCrossValidatorModel extends Model<PerceptronCrossValidatorModel>
        implements PerceptronCrossValidatorParams, MLWritable {

    /** What the cross-validation has measured. It is not saved. */
    record Measured(SparkSession spark, List<RunHistory> runs, List<EpochMetrics> metrics, FoldChoice choice) {}

    private record Point(RunHistory run, int epoch) {}

    private OwnParams own;
    private Model<?> best;
    private double[] avgMetrics;
    /** Null if sub-models are not collected. */
    Model<?>[][] subModels;
    /** Null if the models without each fold are not kept. */
    HeldOutModels heldOut;
    /** Null if the model was loaded, or chosen by an evaluator. */
    transient Measured measured;

    /** For Java's ServiceLoader, by which Spark Connect finds this class. The model is empty and cannot predict. */
    public PerceptronCrossValidatorModel() {
        this(OwnParams.announce(Identifiable.randomUID("perceptronCv")));
    }

    PerceptronCrossValidatorModel(String uid, Model<?> best, double[] avgMetrics) {
        this(OwnParams.announce(uid));
        this.best = best;
        this.avgMetrics = avgMetrics.clone();
    }

    private PerceptronCrossValidatorModel(OwnParams own) {
        this.own = own;
        PerceptronCrossValidator.setDefaults(this);
    }

    @Override
    public OwnParams own() {
        own = own == null ? OwnParams.take() : own;
        return own;
    }

    /**
     * The chosen setting, trained on all rows and, without an evaluator, for the chosen number of epochs. A
     * {@link PerceptronClassificationModel}, or a PipelineModel with one if the estimator is a pipeline.
     */
    public Model<?> bestModel() {
        return best;
    }

    /**
     * The mean over the folds for each map, in order. It is the mean of the evaluator's metric or, without an
     * evaluator, the least mean error, which is infinite if a fold diverged at once.
     */
    public double[] avgMetrics() {
        return avgMetrics.clone();
    }

    public boolean hasSubModels() {
        return subModels != null;
    }

    /**
     * The models without each fold after their last epoch, by fold and map, without summaries. Throws UserException if
     * they were not collected.
     */
    public Model<?>[][] subModels() {
        if (subModels == null) {
            throw new UserException(
                    "Expected a model that keeps sub-models, found none; call setCollectSubModels(true) before fit");
        }
        return subModels;
    }

    /** Mean cost, mean error and its standard error over the folds, by setting and epoch. A loaded model throws. */
    public Dataset<Row> curves() {
        Measured measured = required();
        List<Column<Point>> columns =
                MetricsColumns.settings(point -> point.run().run().setting());
        columns.add(Column.integer("epoch", Point::epoch));
        columns.add(Column.number(
                "mean_cost", point -> point.run().folds().metrics(point.epoch()).cost()));
        columns.add(Column.number("mean_error", point -> point.run().folds().mean(point.epoch())));
        columns.add(Column.number("standard_error", point -> point.run().folds().standardError(point.epoch())));
        return Frames.of(
                measured.spark(),
                new Table<>(columns),
                measured.runs().stream()
                        .flatMap(run -> IntStream.rangeClosed(0, run.lastChoosingEpoch())
                                .mapToObj(t -> new Point(run, t)))
                        .toList());
    }

    /** All runs' metrics. {@code fold} is the fold left out; null for a run on all rows. A loaded model throws. */
    public Dataset<Row> metrics() {
        Measured measured = required();
        List<Column<EpochMetrics>> columns =
                MetricsColumns.settings(row -> row.run().setting());
        columns.add(Column.integer(
                "fold", row -> row.run().isOnAllRows() ? null : row.run().heldOutFold()));
        columns.addAll(MetricsColumns.metrics());
        return Frames.of(measured.spark(), new Table<>(columns), measured.metrics());
    }

    /** Each setting's least mean error, and {@code chosen_epochs} of the chosen setting. A loaded model throws. */
    public Dataset<Row> choices() {
        Measured measured = required();
        List<Column<RunHistory>> columns =
                MetricsColumns.settings(run -> run.run().setting());
        columns.add(Column.integer("best_epoch", run -> run.best().epoch()));
        columns.add(Column.number("best_error", run -> run.best().error()));
        columns.add(Column.number(
                "standard_error", run -> run.folds().standardError(run.best().epoch())));
        columns.add(Column.integer(
                "chosen_epochs",
                run -> run.equals(measured.choice().run()) ? measured.choice().epoch() : null));
        return Frames.of(measured.spark(), new Table<>(columns), measured.runs());
    }

    /**
     * The rows trained on, in their order, each scored by the chosen setting's model that has not seen the row's fold:
     * with all columns that the perceptrons got, {@code fold}, and raw prediction, probability and prediction. These
     * models have the weights of the epoch with the lowest mean error. This reads the data frame again, which must not
     * have changed. A loaded model throws.
     */
    public Dataset<Row> outOfFold() {
        return MlRemedies.told(() -> requiredHeldOut().outOfFold());
    }

    /**
     * A copy whose {@link #transform} also adds {@code predictionSet}, an array of the plausible labels of a row. On
     * average, about 1 - alpha of new rows have their label in it. See {@link ConformalSets} for the method and the
     * guaranteed coverage; the column's metadata have both coverages. Each row is scored by all K models without a
     * fold.
     *
     * @throws UserException if alpha is not between 0 and 1, or an earlier version saved this model
     */
    public PerceptronCrossValidatorModel conformal(double alpha) {
        PerceptronCrossValidatorModel copy = copy(ParamMap.empty());
        copy.heldOut = requiredHeldOut().conformal(alpha);
        return copy;
    }

    PerceptronClassificationModel perceptrons() {
        return perceptrons(best)
                .findFirst()
                .orElseThrow(() -> new UserException("Expected a model of perceptrons in " + best + ", found none"));
    }

    private static Stream<PerceptronClassificationModel> perceptrons(Transformer model) {
        if (model instanceof PipelineModel pipeline) {
            return Arrays.stream(pipeline.stages()).flatMap(PerceptronCrossValidatorModel::perceptrons);
        }
        return model instanceof PerceptronClassificationModel found ? Stream.of(found) : Stream.empty();
    }

    private HeldOutModels requiredHeldOut() {
        if (heldOut == null) {
            throw new UserException("Expected the models without each fold, found none. They are kept if there is no"
                    + " evaluator, and no other stage of a pipeline is an Estimator; an earlier version kept none");
        }
        return heldOut;
    }

    private Measured required() {
        if (isSet(evaluator())) {
            throw new UserException("An evaluator has chosen this model after full trainings, so it has no curves;"
                    + " see avgMetrics");
        }
        if (measured == null) {
            throw new UserException("This model was loaded, and has no curves of its cross-validation");
        }
        return measured;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Dataset<Row> transformed = best.transform(dataset);
        return heldOut == null
                ? transformed
                : heldOut.withSets(transformed, perceptrons().getFeaturesCol());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        StructType made = best.transformSchema(schema);
        return heldOut == null ? made : heldOut.withSets(made, perceptrons().getFeaturesCol());
    }

    @Override
    public PerceptronCrossValidatorModel copy(ParamMap extra) {
        PerceptronCrossValidatorModel copy =
                new PerceptronCrossValidatorModel(uid(), (Model<?>) best.copy(extra), avgMetrics);
        copy.measured = measured;
        copy.subModels = subModels == null
                ? null
                : Arrays.stream(subModels)
                        .map(fold -> Arrays.stream(fold)
                                .map(model -> (Model<?>) model.copy(ParamMap.empty()))
                                .toArray(Model<?>[]::new))
                        .toArray(Model<?>[][]::new);
        copy.heldOut = heldOut;
        copy.setParent(parent());
        return copyValues(copy, extra);
    }

    /** Also writes sub-models, if there are any, unless the option {@code persistSubModels} is false. */
    @Override
    public MLWriter write() {
        return SavedCrossValidation.writer(this);
    }

    public static MLReader<PerceptronCrossValidatorModel> read() {
        return SavedCrossValidation.reader();
    }

    public static PerceptronCrossValidatorModel load(String path) {
        return read().load(path);
    }
}
