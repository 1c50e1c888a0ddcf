package io.sparkperceptron.session;

import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import java.util.List;
import java.util.Map;

/**
 * Which data to train on and to test with.
 *
 * @param classes C: labels go from 0 to C - 1. Null: images have 10 classes; for other data, any labels of the training
 *     set become classes in ascending order, unless they already are 0 to C - 1
 * @param features d, for LIBSVM text; null for the features of the training set
 * @param scaling null for 1/255 with images and no scaling with other data
 * @param validationRows the number of training rows to hold out, to choose runs and epochs by instead of the test set
 * @param validationSeed the seed for drawing these rows
 * @param folds the folds of the training rows, for cross-validation; not with rows held out
 * @param heldOutFold the fold that is held out, for one training without it; or {@link ExampleBlock#NO_FOLD}, for
 *     cross-validation
 * @param classWeighting the weights of the classes in training
 */
public record DataSettings(
        Location location,
        Integer classes,
        Integer features,
        FeatureScaling scaling,
        long validationRows,
        long validationSeed,
        Folds folds,
        int heldOutFold,
        ClassWeighting classWeighting) {

    /** Where the data are, and in which format. */
    public sealed interface Location permits Images, LibsvmText, Tables {}

    /**
     * IDX files at any Hadoop URIs. Each may be a glob of parts.
     *
     * @param folder the folder with the files that are null here, under MNIST's names
     * @param transposed whether the files have rows of pixels where the images have columns, as EMNIST's do
     */
    public record Images(
            String folder,
            String trainImages,
            String trainLabels,
            String testImages,
            String testLabels,
            boolean transposed)
            implements Location {}

    /** LIBSVM text: two files, folders or globs at any Hadoop URI. */
    public record LibsvmText(String train, String test) implements Location {

        public LibsvmText {
            if (train == null || test == null) {
                throw new IllegalArgumentException(
                        "expected LIBSVM text to train on and to test with, got one of them");
            }
        }
    }

    /**
     * Tables that Spark reads: two files, folders or globs at any URI that Spark knows.
     *
     * @param format Spark's name of the format: {@code parquet}, {@code orc}, {@code csv}, {@code json} or another.
     *     Null for the ending of the file's name, or Parquet without one. CSV starts with a line of names
     * @param features a column of vectors, or columns of numbers in their order
     * @param featuresPrefix the prefix of names of feature columns, in the table's order; null for {@code features}
     * @param label a column of whole numbers
     * @param order a column to sort rows by, with a different value in every row; null for the order of file names and
     *     of the rows in each file
     * @param options options of Spark's reader for the format, such as {@code sep} for CSV
     */
    public record Tables(
            String train,
            String test,
            String format,
            List<String> features,
            String featuresPrefix,
            String label,
            String order,
            Map<String, String> options)
            implements Location {

        public Tables {
            if (train == null || test == null) {
                throw new IllegalArgumentException("expected tables to train on and to test with, got one of them");
            }
            features = List.copyOf(features);
            options = Map.copyOf(options);
        }
    }

    public DataSettings {
        if (classes != null && classes < 2) {
            throw new IllegalArgumentException("expected at least 2 classes, got " + classes);
        }
        if (features != null && features < 1) {
            throw new IllegalArgumentException("expected at least 1 feature, got " + features);
        }
        if (features != null && !(location instanceof LibsvmText)) {
            throw new IllegalArgumentException("expected a number of features with LIBSVM text only, because images"
                    + " and tables have a known size, got " + features);
        }
        if (validationRows < 0) {
            throw new IllegalArgumentException("expected to hold out at least 0 rows, got " + validationRows);
        }
        if (validationRows > 0 && !folds.isNone()) {
            throw new IllegalArgumentException("expected rows that are held out or folds, got " + validationRows
                    + " rows and " + folds.count() + " folds: with folds, every training row is held out once");
        }
        if (scaling == null) {
            scaling = location instanceof Images ? FeatureScaling.PIXEL : FeatureScaling.NONE;
        }
    }

    /** Settings without folds and without weights of classes. */
    public DataSettings(
            Location location,
            Integer classes,
            Integer features,
            FeatureScaling scaling,
            long validationRows,
            long validationSeed) {
        this(
                location,
                classes,
                features,
                scaling,
                validationRows,
                validationSeed,
                Folds.NONE,
                ExampleBlock.NO_FOLD,
                ClassWeighting.NONE);
    }

    /** The same settings with this number of folds. */
    public DataSettings withFolds(int count, long seed) {
        return with(new Folds(count, seed), ExampleBlock.NO_FOLD, classWeighting);
    }

    /** The same settings with one of this number of folds held out. */
    public DataSettings withoutFold(int fold, int count, long seed) {
        return with(new Folds(count, seed), fold, classWeighting);
    }

    /** The same settings with weights of classes. */
    public DataSettings withClassWeighting(ClassWeighting weighting) {
        return with(folds, heldOutFold, weighting);
    }

    private DataSettings with(Folds folds, int heldOutFold, ClassWeighting weighting) {
        return new DataSettings(
                location, classes, features, scaling, validationRows, validationSeed, folds, heldOutFold, weighting);
    }

    /** Labels from 0 to C - 1; null if C is not given. */
    ClassLabels labels() {
        return classes == null ? null : ClassLabels.upTo(classes);
    }

    /** Images of ten classes in a folder, of which {@code validationRows} are held out by a draw with seed 1. */
    public static DataSettings images(String folder, long validationRows) {
        Images four = new Images(folder, null, null, null, null, false);
        return new DataSettings(four, null, null, null, validationRows, 1);
    }
}
