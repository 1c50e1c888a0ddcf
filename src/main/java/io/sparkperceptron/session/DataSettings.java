package io.sparkperceptron.session;

import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import java.util.List;
import java.util.Map;

/**
 * Which data to train on and to test with.
 *
 * @param location where they are
 * @param classes C: labels go from 0 to C - 1; null for 10 with images, and else for any labels that the training set
 *     has, which become classes in ascending order unless they are such numbers
 * @param features d, for LIBSVM text; null for what the training set has
 * @param scaling null for 1/255 with images, and else none
 * @param validationRows training rows to hold out, to choose runs and epochs by instead of the test set
 * @param validationSeed of their draw
 * @param folds of the training rows, for cross-validation; not with rows held out
 * @param classWeighting of the training rows
 */
public record DataSettings(
        Location location,
        Integer classes,
        Integer features,
        FeatureScaling scaling,
        long validationRows,
        long validationSeed,
        Folds folds,
        ClassWeighting classWeighting) {

    /** Where data are. */
    public sealed interface Location permits Images, LibsvmText, Tables {}

    /**
     * IDX files, at any Hadoop URIs; each may be a glob of parts.
     *
     * @param folder with files under MNIST's names, for those of the others that are null
     * @param transposed whether the files have rows of pixels where the images have columns, as EMNIST's do
     */
    public record Images(
            String folder,
            String trainImages,
            String trainLabels,
            String testImages,
            String testLabels,
            boolean transposed)
            implements Location {

        /** Images that are not transposed. */
        public Images(String folder, String trainImages, String trainLabels, String testImages, String testLabels) {
            this(folder, trainImages, trainLabels, testImages, testLabels, false);
        }

        /** All four in a folder. */
        public static Images in(String folder) {
            return new Images(folder, null, null, null, null);
        }
    }

    /** LIBSVM text, each a file, a folder or a glob at any Hadoop URI. */
    public record LibsvmText(String train, String test) implements Location {

        public LibsvmText {
            if (train == null || test == null) {
                throw new IllegalArgumentException(
                        "expected LIBSVM text to train on and to test with, got one of them");
            }
        }
    }

    /**
     * Tables that Spark reads, each at any URI that it knows: a file, a folder or a glob.
     *
     * @param format as Spark names it: {@code parquet}, {@code orc}, {@code csv}, {@code json} or another; null for what the name ends with, or else
     *     Parquet. CSV has a line of names first
     * @param features a column of vectors, or columns of numbers in their order
     * @param featuresPrefix null, or how the names of the columns of features begin, in the table's order, instead
     * @param label a column of whole numbers
     * @param order a column that rows are sorted by, with another value in every row; null for the order of the files' names and of the rows
     *     in each
     * @param options of Spark's reader for the format, such as {@code sep} for CSV
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
            throw new IllegalArgumentException(
                    "expected a number of features with LIBSVM text only, for images and tables"
                            + " say their size themselves, got " + features);
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

    /** Without folds, and with classes that all count the same. */
    public DataSettings(
            Location location,
            Integer classes,
            Integer features,
            FeatureScaling scaling,
            long validationRows,
            long validationSeed) {
        this(location, classes, features, scaling, validationRows, validationSeed, Folds.NONE, ClassWeighting.NONE);
    }

    /** The same, with the training rows in so many folds. */
    public DataSettings withFolds(int count, long seed) {
        return new DataSettings(
                location,
                classes,
                features,
                scaling,
                validationRows,
                validationSeed,
                new Folds(count, seed),
                classWeighting);
    }

    /** The same, with classes weighted. */
    public DataSettings withClassWeighting(ClassWeighting weighting) {
        return new DataSettings(location, classes, features, scaling, validationRows, validationSeed, folds, weighting);
    }

    /** Images of ten classes in a folder, and {@code validationRows} of them held out by a draw with seed 1. */
    public static DataSettings images(String folder, long validationRows) {
        return new DataSettings(Images.in(folder), null, null, null, validationRows, 1);
    }
}
