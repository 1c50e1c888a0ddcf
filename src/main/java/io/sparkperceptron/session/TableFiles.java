package io.sparkperceptron.session;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.data.TableColumns;
import io.sparkperceptron.data.TableExamples;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Tables in files, as Spark's own readers know them. */
final class TableFiles {

    private static final List<String> KNOWN_BY_NAME = List.of("csv", "orc", "json", "parquet");
    private static final Map<String, String> OPTIONS = Map.of("header", "true", "inferSchema", "true");

    private TableFiles() {}

    /**
     * Looks for the files; the rest only Spark can tell.
     *
     * @throws UserException if there are none
     */
    static DataFiles inspect(DataSettings.Tables tables, DataSettings settings, Configuration configuration) {
        requireFiles(tables.train(), configuration);
        requireFiles(tables.test(), configuration);
        return (context, partitions) -> {
            SparkSession spark = Sessions.of(context);
            TableExamples training = examples(tables.train(), tables, spark);
            Examples read =
                    settings.classes() == null ? training.read() : training.read(ClassLabels.upTo(settings.classes()));
            return DataFiles.sets(read, examples(tables.test(), tables, spark).read(read.labels()), settings);
        };
    }

    private static TableExamples examples(String uri, DataSettings.Tables tables, SparkSession spark) {
        Dataset<Row> table = SparkFailures.unwrap(() -> spark.read()
                .options(OPTIONS)
                .format(format(uri, tables.format()))
                .load(uri));
        List<String> features = tables.featuresPrefix() == null
                ? tables.features()
                : TableColumns.withPrefix(tables.featuresPrefix(), table.schema(), uri);
        TableColumns columns = new TableColumns(features, tables.label(), null, tables.order());
        columns.requireIn(table.schema(), uri);
        return TableExamples.of(tables.order() == null ? inOrderOfFiles(table, columns) : table, columns, uri);
    }

    /** Spark packs files, and pieces of them, into partitions by their sizes; but a piece is read from its start to its end. */
    private static Dataset<Row> inOrderOfFiles(Dataset<Row> table, TableColumns columns) {
        Column[] wanted = columns.names().stream().map(TableColumns::column).toArray(Column[]::new);
        Column all = functions.struct(wanted).as("row");
        return table.select(
                        functions.input_file_name().as("file"),
                        functions.expr("input_file_block_start()").as("start"),
                        functions.monotonically_increasing_id().as("number"),
                        all)
                .sort("file", "start", "number")
                .select("row.*");
    }

    private static String format(String uri, String named) {
        if (named != null) {
            return named;
        }
        String name = new Path(uri).getName().toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst|snappy)$", "");
        return KNOWN_BY_NAME.stream()
                .filter(format -> name.endsWith("." + format))
                .findFirst()
                .orElse("parquet");
    }

    private static void requireFiles(String uri, Configuration configuration) {
        try {
            FileStatus[] found = Folder.fileSystemOf(uri, configuration).globStatus(new Path(uri));
            if (found == null || found.length == 0) {
                throw new UserException("No file " + uri);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException("Cannot read " + uri + ": " + UserException.reason(e), e);
        }
    }
}
