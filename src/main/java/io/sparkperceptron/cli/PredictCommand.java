package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.cluster.ClusterEvaluation;
import io.sparkperceptron.data.SparkFailures;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ModelFiles;
import io.sparkperceptron.storage.Folder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code predict}: what a stored model says of each image. */
@Command(
        name = "predict",
        description = "Writes, for each image, the class it is put in and the score of that class, as CSV.")
final class PredictCommand extends SparkCommand {

    @Mixin
    private ModelOptions options;

    @Option(names = "--output", paramLabel = "FILE", description = "CSV file, at any Hadoop URI (default: print)")
    private String output;

    @Option(names = "--overwrite", description = "replace that file")
    private boolean overwrite;

    @Override
    void validate() {
        options.validate(false);
    }

    @Override
    Work prepare(Configuration configuration) {
        ModelFiles.Stored stored = options.load(configuration);
        ModelOptions.Source source = options.inspect(stored.description(), false, configuration);
        Target target = output == null ? null : Target.of(output, overwrite, configuration);
        ClassLabels labels = stored.description().classLabels();
        return (spark, partitions) -> {
            JavaRDD<String> rows = ClusterEvaluation.predict(
                            ModelOptions.blocks(source.read(spark, partitions), stored.description(), partitions),
                            stored.ofUnscaled())
                    .map(prediction ->
                            prediction.row() + "," + labels.of(prediction.label()) + "," + prediction.score());
            // All at once and in parallel, so that nothing is written if some image cannot be read.
            rows.persist(StorageLevel.MEMORY_AND_DISK());
            SparkFailures.unwrap(rows::count);
            if (target == null) {
                print(rows);
            } else {
                target.write(rows);
                out().println("Predictions are in " + target.uri());
            }
            return 0;
        };
    }

    private void print(JavaRDD<String> rows) {
        try {
            write(rows, out());
        } catch (IOException e) {
            throw new IllegalStateException("a PrintWriter throws nothing", e);
        }
    }

    private static void write(JavaRDD<String> rows, Writer writer) throws IOException {
        writer.write("row,label,score\n");
        Iterator<String> lines = rows.toLocalIterator();
        while (SparkFailures.unwrap(lines::hasNext)) {
            writer.write(SparkFailures.unwrap(lines::next));
            writer.write('\n');
        }
    }

    /** Where the file goes. */
    private record Target(Folder folder, String name) {

        String uri() {
            return folder.child(name).uri();
        }

        void write(JavaRDD<String> rows) {
            folder.write(name, file -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
                PredictCommand.write(rows, writer);
                writer.flush();
            });
        }

        /**
         * The place of that name.
         *
         * @throws UserException if the file exists, or cannot be written
         */
        static Target of(String output, boolean overwrite, Configuration configuration) {
            Path path = new Path(Folder.at(output, configuration).uri());
            if (path.isRoot()) {
                throw new UserException("Expected a file for the predictions, found the folder " + path);
            }
            Target target = new Target(Folder.at(path.getParent().toString(), configuration), path.getName());
            if (target.folder.holds(target.name) && !overwrite) {
                throw new UserException("Expected a new file for the predictions, but " + path
                        + " exists; name another with --output, or replace it with --overwrite");
            }
            target.folder.requireWritable();
            return target;
        }
    }
}
