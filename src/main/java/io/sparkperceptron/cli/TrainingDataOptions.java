package io.sparkperceptron.cli;

import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.session.DataSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.lang3.ObjectUtils;
import picocli.CommandLine.Option;

/** Options that name the data to train on and to test with. */
final class TrainingDataOptions {

    static final String DEFAULT_FOLDER = "data/mnist";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with the four MNIST files under their usual names, raw or .gz, or in parts (default: "
                    + DEFAULT_FOLDER + ")")
    private String folder;

    @Option(names = "--train-images", paramLabel = "FILE", description = "IDX images to train on; also a glob")
    private String trainImages;

    @Option(names = "--train-labels", paramLabel = "FILE", description = "IDX labels to train on; also a glob")
    private String trainLabels;

    @Option(names = "--test-images", paramLabel = "FILE", description = "IDX images to test with; also a glob")
    private String testImages;

    @Option(names = "--test-labels", paramLabel = "FILE", description = "IDX labels to test with; also a glob")
    private String testLabels;

    @Option(
            names = ModelOptions.TRANSPOSE_IMAGES,
            description = "the files have rows of pixels where the images have columns, as EMNIST's do")
    private boolean transposeImages;

    @Option(names = "--train-libsvm", paramLabel = "PATH", description = "LIBSVM text to train on, instead of images")
    private String trainLibsvm;

    @Option(names = "--test-libsvm", paramLabel = "PATH", description = "LIBSVM text to test with")
    private String testLibsvm;

    @Option(
            names = "--train-table",
            paramLabel = "PATH",
            description = "table to train on, instead of images: what Spark reads, a file, a folder or a glob")
    private String trainTable;

    @Option(names = "--test-table", paramLabel = "PATH", description = "table to test with")
    private String testTable;

    @Option(
            names = "--table-format",
            paramLabel = "FORMAT",
            description = "parquet, orc, csv with a line of names, json, or another that this Spark knows (default: by"
                    + " the ending of the name, otherwise parquet)")
    private String tableFormat;

    @Option(
            names = "--table-options",
            paramLabel = "NAME=VALUE[,NAME=VALUE...]",
            description = "options of Spark's reader for that format, such as"
                    + " sep=;,header=false,encoding=ISO-8859-1,multiLine=true")
    private ListOptions.Pairs tableOptions;

    @Option(
            names = "--features-column",
            paramLabel = "NAME[,NAME...]",
            description = "a table's column of vectors, or its columns of numbers (default: features)")
    private ListOptions.Names featuresColumns;

    @Option(
            names = "--features-prefix",
            paramLabel = "PREFIX",
            description = "instead: all columns of numbers whose names begin with this, in the table's order")
    private String featuresPrefix;

    @Option(names = "--label-column", paramLabel = "NAME", description = "column of labels (default: label)")
    private String labelColumn;

    @Option(
            names = "--order-by",
            paramLabel = "NAME",
            description = "a column to sort rows by, with a different value in every row (default: the order of file"
                    + " names and of the rows in each file)")
    private String orderBy;

    @Option(
            names = "--classes",
            paramLabel = "N",
            converter = AtLeast.Two.class,
            description =
                    "number of classes, labelled 0 to N-1 (default: 10 for images, otherwise the labels of the training set)")
    private Integer classes;

    @Option(
            names = "--features",
            paramLabel = "N",
            converter = AtLeast.One.class,
            description = "number of features of LIBSVM text, with indices 1 to N (default: as in the training set)")
    private Integer features;

    @Option(
            names = "--scaling",
            paramLabel = "KIND",
            description = "none, pixel (divide by 255), unit-norm (each row), or standard (divide each feature by its"
                    + " standard deviation) (default: pixel for images, otherwise none)")
    private FeatureScaling scaling;

    @Option(
            names = "--validation",
            paramLabel = "N",
            converter = AtLeast.Zero.class,
            description = "hold out N training rows, drawn with --validation-seed, and choose runs and epochs by these"
                    + " instead of the test set (default: 0)")
    private int validation;

    @Option(
            names = "--validation-seed",
            paramLabel = "N",
            description = "the seed for drawing the rows held out (default: 1)")
    private long validationSeed = 1;

    /** @throws IllegalArgumentException if the options contradict each other */
    DataSettings settings() {
        boolean images =
                transposeImages || ObjectUtils.anyNotNull(folder, trainImages, trainLabels, testImages, testLabels);
        boolean text = ObjectUtils.anyNotNull(trainLibsvm, testLibsvm);
        boolean tables = areTables();
        if (Stream.of(images, text, tables).filter(given -> given).count() > 1) {
            throw new IllegalArgumentException("expected images, LIBSVM data or tables, got options for several");
        }
        if (tables && (trainTable == null || testTable == null)) {
            throw new IllegalArgumentException("expected both --train-table and --test-table, got one of them");
        }
        if (!tables
                && ObjectUtils.anyNotNull(
                        tableFormat, tableOptions, featuresColumns, featuresPrefix, labelColumn, orderBy)) {
            throw new IllegalArgumentException("--table-format, --table-options, --features-column, --features-prefix,"
                    + " --label-column and --order-by go with --train-table");
        }
        if (featuresColumns != null && featuresPrefix != null) {
            throw new IllegalArgumentException("expected --features-column or --features-prefix, got both");
        }
        if (text && (trainLibsvm == null || testLibsvm == null)) {
            throw new IllegalArgumentException("expected both --train-libsvm and --test-libsvm, got one of them");
        }
        if (!text && features != null) {
            throw new IllegalArgumentException(
                    "--features goes with --train-libsvm; images and tables have a known size");
        }
        String place = folder == null ? DEFAULT_FOLDER : folder;
        return new DataSettings(
                tables
                        ? tables()
                        : text
                                ? new DataSettings.LibsvmText(trainLibsvm, testLibsvm)
                                : new DataSettings.Images(
                                        place, trainImages, trainLabels, testImages, testLabels, transposeImages),
                classes,
                features,
                scaling,
                validation,
                validationSeed);
    }

    /** Whether Spark SQL reads the data. */
    boolean areTables() {
        return ObjectUtils.anyNotNull(trainTable, testTable);
    }

    private DataSettings.Tables tables() {
        return new DataSettings.Tables(
                trainTable,
                testTable,
                tableFormat,
                featuresColumns == null ? List.of("features") : featuresColumns.names(),
                featuresPrefix,
                labelColumn == null ? "label" : labelColumn,
                orderBy,
                tableOptions == null ? Map.of() : tableOptions.values());
    }
}
