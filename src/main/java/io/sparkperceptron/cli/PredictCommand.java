package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.Predictions;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "predict",
        description = "Writes the predicted class of each image and the score of that class, as CSV.")
final class PredictCommand extends SparkCommand {

    /** Names of the files that Spark and Hadoop write. */
    private static final Pattern PART = Pattern.compile("part-.*|_SUCCESS|\\..*\\.crc");

    @Mixin
    private ModelOptions options;

    @Option(names = "--output", paramLabel = "FILE", description = "CSV file, at any Hadoop URI (default: print)")
    private String output;

    @Option(names = "--overwrite", description = "replace that file")
    private boolean overwrite;

    @Option(
            names = "--parts",
            description = "write a folder of that name with a file for each partition, in parallel: for many images")
    private boolean parts;

    @Override
    void validate() {
        options.validate(false);
        if (parts && output == null) {
            throw new IllegalArgumentException("expected --output with --parts");
        }
    }

    @Override
    Work prepare(Configuration configuration) {
        ModelFiles.Stored stored = options.load(configuration);
        ModelOptions.Source source = options.inspect(stored.description(), false, configuration);
        NamedFile target =
                output == null ? null : NamedFile.toWrite(output, "predictions", "--output", overwrite, configuration);
        if (target != null) {
            target.folder().requireWritable();
        }
        ClassLabels labels = stored.description().classLabels();
        return (spark, cut) -> {
            JavaRDD<Predictions> predictions = ClusterEvaluation.predict(
                    ModelOptions.blocks(source.read(spark, cut.number()), stored.description(), cut.number()),
                    stored.ofUnscaled());
            // Predict everything first, and in parallel: nothing is written if an image cannot be read.
            predictions.persist(StorageLevel.MEMORY_AND_DISK());
            SparkFailures.unwrap(predictions::count);
            if (target == null) {
                write(predictions, labels, out());
            } else if (parts) {
                writeParts(predictions, labels, target);
                out().println("Predictions are in the folder " + target);
            } else {
                target.folder().write(target.name(), file -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
                    write(predictions, labels, writer);
                    writer.flush();
                });
                out().println("Predictions are in " + target);
            }
            return 0;
        };
    }

    private static void write(JavaRDD<Predictions> predictions, ClassLabels labels, Writer writer) throws IOException {
        Iterator<String> lines = lines(predictions.toLocalIterator(), labels);
        while (SparkFailures.unwrap(lines::hasNext)) {
            writer.write(SparkFailures.unwrap(lines::next) + "\n");
        }
    }

    private static Iterator<String> lines(Iterator<Predictions> blocks, ClassLabels labels) {
        Iterable<Predictions> all = () -> blocks;
        Stream<String> lines = StreamSupport.stream(all.spliterator(), false).flatMap(block -> IntStream.range(
                        0, block.count())
                .mapToObj(i -> block.row(i) + "," + labels.cell("", block.predicted(i)) + "," + block.score(i)));
        return Stream.concat(Stream.of("row,label,score"), lines).iterator();
    }

    /**
     * Lets each task write its own file. Spark ensures that each file is complete and exists once. Throws UserException
     * if a folder of that name holds other files.
     */
    private static void writeParts(JavaRDD<Predictions> predictions, ClassLabels labels, NamedFile target) {
        Folder folder = target.folder().child(target.name());
        for (String found : folder.names()) {
            if (!PART.matcher(found).matches()) {
                throw new UserException("Expected only earlier predictions in " + folder.uri() + ", found '" + found
                        + "'; name another folder with --output");
            }
        }
        target.folder().delete(target.name());
        SparkFailures.unwrap(() -> {
            predictions.mapPartitions(blocks -> lines(blocks, labels)).saveAsTextFile(folder.uri());
            return null;
        });
    }
}
