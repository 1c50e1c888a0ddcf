package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.ConformalSets;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.model.NpyFormat;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The chosen setting's models without each fold, and how they score the rows of their fold. */
final class HeldOutModels implements Serializable {

    /** The column of {@link #outOfFold} with the number of a row's fold. */
    static final String FOLD = "fold";
    /** The column of {@link #withSets} with the plausible labels of a row, ascending. */
    static final String SET = "predictionSet";

    private static final String DESCRIPTION = "held-out.json";
    private static final String MARGINS = "margins.npy";

    /** @param alpha null without sets */
    private record Saved(int folds, Double alpha) {

        private Saved {
            if (folds < Folds.FEWEST || folds > Folds.MOST) {
                throw new IllegalArgumentException(
                        "expected " + Folds.FEWEST + " to " + Folds.MOST + " folds, got " + folds);
            }
        }
    }

    /** What the models were trained on. Each model left out the rows of one fold. */
    record Trained(Dataset<?> rows, PerceptronClassifier perceptrons, Folds folds) {}

    private final List<PerceptronClassificationModel> models;
    /** The margins of the rows of each fold, ascending. */
    private final double[][] margins;

    private final Double alpha;
    private final transient Trained trained;

    private HeldOutModels(
            List<PerceptronClassificationModel> models, double[][] margins, Double alpha, Trained trained) {
        this.models = models;
        this.margins = margins;
        this.alpha = alpha;
        this.trained = trained;
    }

    static HeldOutModels of(Fit.HeldOut found, Trained trained) {
        PerceptronClassifier perceptrons = trained.perceptrons();
        List<PerceptronClassificationModel> models = found.models().stream()
                .map(stored -> perceptrons.copyValues(
                        new PerceptronClassificationModel(perceptrons.uid(), stored), ParamMap.empty()))
                .toList();
        return new HeldOutModels(models, found.margins(), null, trained);
    }

    /** The same with sets. Throws UserException if alpha is not between 0 and 1. */
    HeldOutModels conformal(double value) {
        if (!(value > 0 && value < 1)) {
            throw new UserException("Expected an alpha above 0 and below 1, got " + value);
        }
        return new HeldOutModels(models, margins, value, trained);
    }

    /** The rows trained on, in their order, with {@link #FOLD}, raw prediction, probability and prediction. */
    Dataset<Row> outOfFold() {
        if (trained == null) {
            throw new UserException("This model was loaded, and does not know the rows that it was trained on");
        }
        PerceptronClassificationModel one = models.get(0);
        StructType schema = trained.rows().schema();
        one.transformSchema(schema);
        requireNone(FOLD, schema);
        Dataset<Row> inFolds = FoldRows.inOrder(trained.rows(), trained.folds(), FOLD, trained.perceptrons());
        UserDefinedFunction raw = functions.udf(
                (Integer fold, Vector features) -> models.get(fold).predictRaw(features), SQLDataTypes.VectorType());
        UserDefinedFunction probability =
                functions.udf((Vector z) -> one.raw2probabilityInPlace(z.copy()), SQLDataTypes.VectorType());
        UserDefinedFunction prediction = functions.udf((Vector z) -> one.raw2prediction(z), DataTypes.DoubleType);
        String scores = one.uid().replaceAll("[.`]", "_") + "_raw";
        Column z = functions.col(scores);
        Dataset<Row> scored = inFolds.withColumn(
                scores, raw.apply(functions.col(FOLD), PlainColumns.vectors(schema, one.getFeaturesCol())));
        scored = with(scored, one.getRawPredictionCol(), z);
        scored = with(scored, one.getProbabilityCol(), probability.apply(z));
        scored = with(scored, one.getPredictionCol(), prediction.apply(z));
        return scored.drop(scores);
    }

    /** Adds a column, unless its name is empty, which means no column in Spark. */
    private static Dataset<Row> with(Dataset<Row> rows, String name, Column column) {
        return name.isEmpty() ? rows : rows.withColumn(name, column);
    }

    /** Adds {@link #SET} to a transformed data frame, after a call of {@link #conformal}. */
    Dataset<Row> withSets(Dataset<Row> transformed, String features) {
        if (alpha == null) {
            return transformed;
        }
        StructField made = withSets(transformed.schema(), features).apply(SET);
        ConformalSets sets = new ConformalSets(margins, alpha);
        List<Integer> labels = models.get(0).labels();
        UDF1<Vector, double[]> set = vector -> Arrays.stream(
                        sets.of(fold -> models.get(fold).predictRaw(vector).toArray(), labels.size()))
                .mapToDouble(labels::get)
                .toArray();
        return transformed.withColumn(
                SET,
                functions
                        .udf(set, made.dataType())
                        .apply(PlainColumns.vectors(transformed.schema(), features))
                        .as(SET, made.metadata()));
    }

    /**
     * The schema with {@link #SET}, after a call of {@link #conformal}. The column's metadata have the coverage that
     * was asked for, and the guaranteed coverage.
     */
    StructType withSets(StructType schema, String features) {
        if (alpha == null) {
            return schema;
        }
        requireNone(SET, schema);
        TableColumns.field(schema, features, "the rows that the chosen model makes; sets need what later stages drop");
        Metadata coverage = new MetadataBuilder()
                .putDouble("coverage", 1 - alpha)
                .putDouble("guaranteedCoverage", Math.max(0, ConformalSets.guaranteed(margins, alpha)))
                .build();
        return schema.add(SET, DataTypes.createArrayType(DataTypes.DoubleType, false), true, coverage);
    }

    private static void requireNone(String column, StructType schema) {
        if (TableColumns.has(schema, column)) {
            throw new UserException("Expected no column '" + column + "' in " + FitData.SOURCE
                    + ", because a column of that name is added; rename yours");
        }
    }

    void write(Folder folder) {
        for (int f = 0; f < models.size(); f++) {
            Folder place = folder.child("fold" + f);
            ModelFiles.Stored stored = models.get(f).stored();
            ModelFiles.save(stored.description(), stored.model(), stored.factors(), place);
            NpyFormat.Matrix row = new NpyFormat.Matrix(1, margins[f].length, margins[f]);
            place.write(MARGINS, out -> NpyFormat.write(1, row.columns(), List.of(row), out));
        }
        JsonFile.write(folder, DESCRIPTION, new Saved(models.size(), alpha));
    }

    /** Reads the models; null if there are none, as in older files. Throws UserException if a file is damaged. */
    static HeldOutModels read(Folder folder, String uid) {
        if (!folder.holds(DESCRIPTION)) {
            return null;
        }
        Saved saved = JsonFile.read(folder, DESCRIPTION, Saved.class, "models without folds");
        List<Folder> places = IntStream.range(0, saved.folds())
                .mapToObj(f -> folder.child("fold" + f))
                .toList();
        HeldOutModels read = new HeldOutModels(
                places.stream()
                        .map(place -> new PerceptronClassificationModel(uid, ModelFiles.load(place)))
                        .toList(),
                places.stream().map(HeldOutModels::margins).toArray(double[][]::new),
                null,
                null);
        return saved.alpha() == null ? read : read.conformal(saved.alpha());
    }

    private static double[] margins(Folder place) {
        String where = place.child(MARGINS).uri();
        double[] values = place.read(MARGINS, (in, length) -> NpyFormat.read(in, length, where))
                .values();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || (i > 0 && values[i] < values[i - 1])) {
                throw new UserException("Expected ascending margins in " + where + ", found " + values[i]);
            }
        }
        return values;
    }
}
