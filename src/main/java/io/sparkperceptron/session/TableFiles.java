package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.data.TableExamples;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.FoundFiles;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table in files that one of Spark's own readers reads. */
final class TableFiles {

    private static final String CSV = "csv";
    private static final List<String> KNOWN_BY_NAME = List.of(CSV, "orc", "json", "parquet");
    private static final String NEVER_READ = "never read";

    /** Options that readers of any file have. */
    private static final List<String> COMMON = List.of(
            "basePath",
            "ignoreCorruptFiles",
            "ignoreMissingFiles",
            "modifiedAfter",
            "modifiedBefore",
            "pathGlobFilter",
            "recursiveFileLookup");

    private final String uri;
    private final String[] paths;
    private final String format;
    private final DataSettings.Tables tables;
    private final CaseInsensitiveStringMap options;

    /** Finds the files of one of the tables. Throws UserException if there is none. */
    private TableFiles(String uri, DataSettings.Tables tables, Configuration configuration) {
        this.uri = uri;
        this.paths = FoundFiles.at(uri, configuration).stream()
                .map(file -> escaped(file.getPath()))
                .toArray(String[]::new);
        this.format = tables.format() == null ? formatByName(uri) : tables.format();
        this.tables = tables;
        this.options = new CaseInsensitiveStringMap(tables.options());
    }

    /**
     * Finds the files. Only Spark can check the rest. Throws UserException if there is no file, Spark does not know the
     * format, or its reader does not know an option.
     */
    static DataFiles inspect(DataSettings.Tables tables, DataSettings settings, Configuration configuration) {
        TableFiles train = new TableFiles(tables.train(), tables, configuration);
        TableFiles test = new TableFiles(tables.test(), tables, configuration);
        for (TableFiles table : List.of(train, test)) {
            table.requireKnownFormat();
            table.requireKnownOptions();
        }
        train.requirePlainPaths();
        test.requirePlainPaths();
        return (context, partitions) -> {
            SparkSession spark = TrainingData.sql(context);
            Examples training = train.read(settings.labels(), spark);
            return DataFiles.sets(training, test.read(training.labels(), spark), settings);
        };
    }

    /** Reads the table with these labels; null for those in the table. */
    private Examples read(ClassLabels labels, SparkSession spark) {
        DataFrameReader reader = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .options(tables.options())
                .format(format);
        try {
            TableExamples examples = examples(reader);
            return labels == null ? examples.read() : examples.read(labels);
        } catch (UserException e) {
            boolean ended = SparkFailures.isCancelled(e) || spark.sparkContext().isStopped();
            if (e.getCause() != null && !ended) {
                requireReadable(reader, spark);
            }
            throw e;
        }
    }

    /** Names the file that cannot be read, which Spark does not always name. */
    private void requireReadable(DataFrameReader reader, SparkSession spark) {
        String[] files = SparkFailures.reading(
                uri, () -> spark.read().format("binaryFile").load(paths).inputFiles());
        for (String file : files) {
            Path path = new Path(URI.create(file));
            SparkFailures.reading(path.toString(), () -> reader.load(escaped(path)));
        }
    }

    private TableExamples examples(DataFrameReader reader) {
        Dataset<Row> found = SparkFailures.reading(uri, () -> reader.load(paths));
        StructType schema = found.schema();
        List<String> features = tables.featuresPrefix() == null
                ? tables.features()
                : TableColumns.withPrefix(tables.featuresPrefix(), schema, uri);
        TableColumns columns = new TableColumns(features, tables.label(), null, tables.order());
        columns.names(schema).forEach(name -> TableColumns.field(schema, name, uri));
        Dataset<Row> table = format.equalsIgnoreCase(CSV) ? withSurplus(reader, schema) : found;
        return TableExamples.of(tables.order() == null ? inOrderOfFiles(table, columns) : table, columns, uri);
    }

    /** The table with the text behind its last column, which Spark would drop without an error. */
    private Dataset<Row> withSurplus(DataFrameReader reader, StructType schema) {
        if (isMultiLine()) {
            // Without pruning, Spark parses all columns and finds the rows that do not fit.
            return SparkFailures.unwrap(() -> reader.option("columnNameOfCorruptRecord", TableColumns.UNFIT)
                    .option("columnPruning", false)
                    .schema(schema.add(TableColumns.UNFIT, DataTypes.StringType))
                    .load(paths));
        }
        // The header has no name for this column, which Spark reads as the null value. It warns about other names.
        String nothing = options.getOrDefault("nullValue", "");
        // A column that is never read makes Spark pick the others by position, so that short rows are no errors.
        boolean taken = Arrays.stream(schema.fieldNames()).anyMatch(nothing::equalsIgnoreCase);
        String name = taken ? TableColumns.SURPLUS : nothing;
        StructType more = schema.add(name, DataTypes.StringType).add(NEVER_READ, DataTypes.StringType);
        return SparkFailures.unwrap(() -> reader.schema(more).load(paths))
                .withColumnRenamed(name, TableColumns.SURPLUS);
    }

    /** Sorts rows by file and position, because Spark packs pieces of files into partitions by their sizes. */
    private static Dataset<Row> inOrderOfFiles(Dataset<Row> table, TableColumns columns) {
        Column[] wanted =
                columns.names(table.schema()).stream().map(TableColumns::column).toArray(Column[]::new);
        Column all = functions.struct(wanted).as("row");
        return table.select(
                        functions.input_file_name().as("file"),
                        functions.expr("input_file_block_start()").as("start"),
                        functions.monotonically_increasing_id().as("number"),
                        all)
                .sort("file", "start", "number")
                .select("row.*");
    }

    private static String formatByName(String uri) {
        String name = new Path(uri).getName().toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst|snappy)$", "");
        return KNOWN_BY_NAME.stream()
                .filter(format -> name.endsWith("." + format))
                .findFirst()
                .orElse("parquet");
    }

    private void requireKnownFormat() {
        try {
            DataSource.lookupDataSource(format, new SQLConf());
        } catch (Exception e) {
            // ClassNotFoundException is checked, but Spark's methods do not declare it.
            throw new UserException(
                    e instanceof ClassNotFoundException
                            ? "Expected a format of tables that this Spark knows, " + String.join(", ", knownFormats())
                                    + " or the name of a class, found '" + format + "'"
                            : "Cannot read tables of the format " + format + ": " + UserException.reason(e),
                    e);
        }
    }

    /** The formats of files. Others, such as a database, need more than a path. */
    private static List<String> knownFormats() {
        return ServiceLoader.load(DataSourceRegister.class).stream()
                .filter(source -> FileFormat.class.isAssignableFrom(source.type())
                        || FileDataSourceV2.class.isAssignableFrom(source.type()))
                .map(source -> source.get().shortName())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Throws UserException if the reader of CSV or JSON does not know an option, or Java does not know the encoding.
     * Spark itself ignores unknown options.
     */
    private void requireKnownOptions() {
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(COMMON);
        switch (format.toLowerCase(Locale.ROOT)) {
            case "csv" -> CSVOptions.getAllOptions().foreach(known::add);
            case "json" -> JSONOptions.getAllOptions().foreach(known::add);
            default -> {
                return;
            }
        }
        options.asCaseSensitiveMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new UserException("Expected options that Spark's reader of " + format + " knows, found '"
                            + name + "'; it knows " + String.join(", ", known));
                });
        for (String name : List.of("encoding", "charset")) {
            String charset = options.getOrDefault(name, "");
            if (!charset.isEmpty() && !isCharset(charset)) {
                throw new UserException("Expected an encoding that this Java knows, such as UTF-8, ISO-8859-1 or"
                        + " windows-1252, found '" + charset + "'");
            }
        }
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a row may take several lines. */
    private boolean isMultiLine() {
        return "true".equalsIgnoreCase(options.get("multiLine"));
    }

    private void requirePlainPaths() {
        if (isMultiLine() && Arrays.stream(paths).anyMatch(path -> path.contains("\\"))) {
            throw new UserException(
                    "Expected a path that has none of * ? [ ] { } \\ with multiLine, because Spark then treats it as a"
                            + " glob, found " + uri + "; rename it");
        }
    }

    /** The path with a backslash before each character that is special in a glob, which Spark expects. */
    private static String escaped(Path path) {
        return path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }
}
