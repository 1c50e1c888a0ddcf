package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.block.HoldOut;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.data.TableExamples;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.session.TrainingData;
import io.sparkperceptron.spark.SparkFailures;
import java.util.List;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructField;

/** Makes training data of a data frame. */
final class FitData {

    static final String SOURCE = "the data frame";

    private static final int FEWEST_CLASSES = 2;

    private FitData() {}

    /** Reads, checks and caches the rows. Rows marked by validationIndicatorCol are the test set. */
    static TrainingData load(Dataset<?> dataset, PerceptronClassifier classifier, Folds folds) {
        requireMarks(dataset, classifier);
        Examples training = training(dataset, classifier);
        Examples test = Examples.none(training);
        String marks = classifier.marks();
        if (!marks.isEmpty()) {
            Dataset<?> marked = dataset.filter(TableColumns.column(marks));
            String source = "the rows of " + SOURCE + " marked by '" + marks + "'";
            test = TableExamples.of(marked, classifier.columns(), source).read(training.labels());
        }
        DataSets sets = new DataSets(
                training,
                HoldOut.none(),
                folds,
                test,
                FeatureScaling.of(classifier.getScaling()),
                classifier.isDefined(classifier.classWeight())
                        ? ClassWeighting.of(classifier.getClassWeight())
                        : ClassWeighting.NONE);
        return TrainingData.of(dataset.sparkSession(), sets);
    }

    /** Throws UserException if validationIndicatorCol names a column that is missing or has a null. */
    static void requireMarks(Dataset<?> dataset, PerceptronClassifier classifier) {
        String name = classifier.marks();
        if (!name.isEmpty()) {
            TableColumns.field(dataset.schema(), name, SOURCE);
            Column mark = TableColumns.column(name);
            Dataset<?> withoutMark = dataset.filter(mark.isNull()).select(mark).limit(1);
            if (!SparkFailures.unwrap(withoutMark::isEmpty)) {
                throw new UserException("Expected true or false in every row of the column '" + name + "' of " + SOURCE
                        + ", found null");
            }
        }
    }

    /** The rows that validationIndicatorCol does not mark. */
    static Dataset<?> unmarked(Dataset<?> dataset, PerceptronClassifier classifier) {
        String marks = classifier.marks();
        return marks.isEmpty() ? dataset : dataset.filter(functions.not(TableColumns.column(marks)));
    }

    private static Examples training(Dataset<?> dataset, PerceptronClassifier classifier) {
        Dataset<?> unmarked = unmarked(dataset, classifier);
        try {
            int known = knownClasses(dataset.schema().apply(classifier.getLabelCol()));
            Examples examples =
                    TableExamples.of(unmarked, classifier.columns(), SOURCE).readNumbered(known);
            int found = examples.labels().count();
            if (known > 0 && found > Math.max(known, FEWEST_CLASSES)) {
                throw new UserException("Expected labels below " + known + " in the column '" + classifier.getLabelCol()
                        + "' of " + SOURCE + ", as its metadata say, found " + (found - 1)
                        + "; fit StringIndexer to all rows, or remove the metadata");
            }
            return examples;
        } catch (UserException e) {
            if (isAllMarked(dataset, unmarked)) {
                throw new UserException(
                        "Expected at least one row of " + SOURCE + " to train on, found all marked for validation in"
                                + " the column '" + classifier.marks() + "'",
                        e);
            }
            throw e;
        }
    }

    /** Whether all rows are marked for validation; false if that cannot be read. */
    private static boolean isAllMarked(Dataset<?> dataset, Dataset<?> unmarked) {
        try {
            return unmarked != dataset && SparkFailures.unwrap(() -> unmarked.isEmpty() && !dataset.isEmpty());
        } catch (UserException e) {
            return false;
        }
    }

    /** Throws UserException if a column is missing, or has another type. */
    static void requireColumns(Dataset<?> dataset, List<PerceptronClassifier> classifiers) {
        classifiers.forEach(classifier -> {
            TableExamples.of(dataset, classifier.columns(), SOURCE);
            classifier.transformSchema(dataset.schema());
        });
    }

    /** The number of classes by a column's type or metadata, which StringIndexer writes; 0 if unknown. */
    private static int knownClasses(StructField label) {
        return label.dataType() instanceof BooleanType
                ? 2
                : (int) MetadataUtils.getNumClasses(label).getOrElse(() -> 0);
    }
}
