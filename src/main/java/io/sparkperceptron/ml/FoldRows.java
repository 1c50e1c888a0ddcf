package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.spark.SparkFailures;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a data frame, with a column of the fold that each is in. They are cached until this is closed.
 *
 * @param cached what is cached; null if the user has cached it
 * @param source the name of the rows in messages
 */
record FoldRows(Dataset<Row> all, Dataset<Row> cached, String column, int count, String source)
        implements AutoCloseable {

    /** The folds of foldCol in the order of training, or those of numFolds and seed. */
    static Folds folds(Dataset<?> dataset, PerceptronCrossValidatorParams validator, PerceptronClassifier perceptrons) {
        return isGiven(validator)
                ? given(dataset, null, validator).read(dataset, perceptrons)
                : new Folds(validator.getNumFolds(), validator.getSeed());
    }

    /** The rows without foldCol, if it is set. */
    static Dataset<Row> withoutGiven(Dataset<?> dataset, PerceptronCrossValidatorParams validator) {
        return isGiven(validator) ? dataset.drop(TableColumns.column(validator.getFoldCol())) : dataset.toDF();
    }

    private static FoldRows given(Dataset<?> dataset, Dataset<Row> cached, PerceptronCrossValidatorParams validator) {
        String column = validator.getFoldCol();
        String source = " in the column '" + column + "' of " + FitData.SOURCE;
        return new FoldRows(dataset.toDF(), cached, column, validator.getNumFolds(), source);
    }

    /**
     * Takes the folds of foldCol, or draws those of {@link Folds}. Rows that the perceptrons' validationIndicatorCol
     * marks are in no fold that is drawn.
     */
    static FoldRows of(Dataset<?> dataset, PerceptronCrossValidatorParams validator, PerceptronClassifier perceptrons) {
        // With folds of a column, a stage may make the column of marks later.
        if (!isGiven(validator) || Arrays.asList(dataset.columns()).contains(perceptrons.marks())) {
            FitData.requireMarks(dataset, perceptrons);
        }
        Folds folds = new Folds(validator.getNumFolds(), validator.getSeed());
        FoldRows rows = isGiven(validator)
                ? given(dataset, cache(dataset.toDF()), validator)
                : drawn(dataset, folds, validator.uid() + "_fold", perceptrons);
        try {
            if (isGiven(validator)) {
                rows.requireAll(rows.all);
            } else {
                folds.requireAtMost(SparkFailures.unwrap(rows.cached::count));
            }
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private static FoldRows drawn(Dataset<?> dataset, Folds folds, String column, PerceptronClassifier perceptrons) {
        Dataset<Row> cached = cache(inOrder(dataset, folds, column, perceptrons));
        Dataset<Row> all = cached;
        String marks = perceptrons.marks();
        if (!marks.isEmpty()) {
            Column none = functions.lit(null).cast(DataTypes.IntegerType);
            all = cached.union(dataset.toDF().filter(TableColumns.column(marks)).withColumn(column, none));
        }
        return new FoldRows(all, cached, column, folds.count(), " of " + FitData.SOURCE);
    }

    /** The rows that the perceptrons train on, in order, with a column of the folds that follow from this order. */
    static Dataset<Row> inOrder(Dataset<?> dataset, Folds folds, String column, PerceptronClassifier perceptrons) {
        JavaRDD<Row> rows = SparkFailures.unwrap(() -> sorted(FitData.unmarked(dataset, perceptrons), perceptrons)
                .javaRDD()
                .zipWithIndex()
                .map(row -> with(row._1(), folds.fold(row._2()))));
        return dataset.sparkSession().createDataFrame(rows, dataset.schema().add(column, DataTypes.IntegerType));
    }

    /**
     * The same rows, in one order for all queries. Without orderCol, a shuffle may give rows another order for each
     * selection of columns: Spark selects the columns before it, and shuffles rows by their bytes.
     */
    static Dataset<Row> settled(Dataset<Row> rows, PerceptronClassifier perceptrons) {
        return perceptrons.columns().order() == null
                ? rows.sparkSession().createDataFrame(rows.javaRDD(), rows.schema())
                : rows;
    }

    /** Caches rows. Returns null if they are cached already: then whoever cached them removes them. */
    static Dataset<Row> cache(Dataset<Row> rows) {
        return rows.storageLevel().equals(StorageLevel.NONE()) ? rows.persist(StorageLevel.MEMORY_AND_DISK()) : null;
    }

    static boolean isGiven(PerceptronCrossValidatorParams validator) {
        return !validator.getFoldCol().isEmpty();
    }

    /** Throws UserException if foldCol names a column that is missing, or has no integers. */
    static void requireIn(StructType schema, PerceptronCrossValidatorParams validator) {
        if (isGiven(validator)) {
            String name = validator.getFoldCol();
            DataType type = TableColumns.field(schema, name, FitData.SOURCE).dataType();
            if (!(type instanceof IntegerType)) {
                throw new UserException("Expected integers in the column '" + name + "' of " + FitData.SOURCE
                        + ", found " + type.simpleString() + "; cast it to int");
            }
        }
    }

    /** Whether stages have kept the column of folds. */
    boolean isKept(Dataset<?> prepared) {
        return Arrays.asList(prepared.columns()).contains(column);
    }

    /**
     * The folds of prepared rows, in the order of training. Throws UserException if stages have dropped the column, a
     * row is in no fold, or a fold has no row.
     */
    Folds read(Dataset<?> prepared, PerceptronClassifier perceptrons) {
        if (!isKept(prepared)) {
            throw new UserException("Expected stages before the perceptrons that keep the column '" + column
                    + "', which has the fold of each row, found " + String.join(", ", prepared.columns()));
        }
        Dataset<?> unmarked = FitData.unmarked(prepared, perceptrons);
        requireAll(unmarked);
        JavaRDD<Row> folds = sorted(unmarked, perceptrons)
                .select(TableColumns.column(column))
                .javaRDD();
        List<String> parts = SparkFailures.unwrap(() ->
                folds.mapPartitions(part -> List.of(text(part)).iterator()).collect());
        return new Folds(count, 0, String.join("", parts));
    }

    private static String text(Iterator<Row> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEachRemaining(row -> text.append((char) row.getInt(0)));
        return text.toString();
    }

    private void requireAll(Dataset<?> some) {
        // If there are more values than folds, one of them is wrong.
        List<Row> values = SparkFailures.unwrap(() -> some.toDF()
                .select(TableColumns.column(column))
                .distinct()
                .limit(count + 1)
                .collectAsList());
        String expected = " from 0 to " + (count - 1) + source;
        for (Row value : values) {
            if (value.isNullAt(0) || value.getInt(0) < 0 || value.getInt(0) >= count) {
                throw new UserException("Expected a fold" + expected + " for every row, found " + value.get(0)
                        + "; setNumFolds sets the number of folds");
            }
        }
        for (int fold = 0; fold < count; fold++) {
            int sought = fold;
            if (values.stream().noneMatch(value -> value.getInt(0) == sought)) {
                throw new UserException("Expected rows in every fold" + expected + ", found none in fold " + fold);
            }
        }
    }

    /** The rows in the order of training, if they have the column of that order. */
    private static Dataset<Row> sorted(Dataset<?> rows, PerceptronClassifier perceptrons) {
        TableColumns columns = perceptrons.columns();
        return Arrays.asList(rows.columns()).contains(columns.order()) ? columns.sorted(rows) : rows.toDF();
    }

    private static Row with(Row row, int fold) {
        Object[] values = new Object[row.size() + 1];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = fold;
        return RowFactory.create(values);
    }

    /** The rows of one fold, without the column. */
    Dataset<Row> in(int fold) {
        Column folds = TableColumns.column(column);
        return all.filter(folds.equalTo(fold)).drop(folds);
    }

    /** The rows that are not in a fold, without the column. */
    Dataset<Row> without(int fold) {
        Column folds = TableColumns.column(column);
        return all.filter(folds.isNull().or(folds.notEqual(fold))).drop(folds);
    }

    @Override
    public void close() {
        if (cached != null) {
            cached.unpersist();
        }
    }
}
