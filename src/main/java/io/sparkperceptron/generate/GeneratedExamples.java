package io.sparkperceptron.generate;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.IdxFile;
import io.sparkperceptron.data.IdxHeader;
import io.sparkperceptron.data.IdxPart;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Any number of images made of those in a pair of IDX files: first the images themselves, then distorted copies of all of
 * them again and again. Row i is made of row i modulo n and of the seed and i alone, so that the same rows and seed give
 * the same bytes, whatever the partitioning. Written as parts of as many rows as the source has.
 */
public final class GeneratedExamples implements Serializable {

    private final IdxPart source;
    private final long rows;
    private final long seed;

    private GeneratedExamples(IdxPart source, long rows, long seed) {
        this.source = source;
        this.rows = rows;
        this.seed = seed;
    }

    /**
     * Plans {@code times} as many images as there are in a pair of files.
     *
     * @param times above 0; rounded to whole images
     * @throws UserException if a file is missing or damaged, as far as its header and length tell, or the number of images
     *     or of parts is beyond what files can say
     */
    public static GeneratedExamples of(
            String imagesUri, String labelsUri, double times, long seed, Configuration configuration) {
        if (imagesUri.contains("*")) {
            throw new UserException("Expected one file of images, found the parts " + imagesUri
                    + "; generate from the files that they were made of");
        }
        IdxPart source = IdxPart.inspect(imagesUri, labelsUri, 0, configuration);
        double rows = Math.rint(times * source.end());
        if (!(rows >= 1 && rows / source.end() <= 100_000)) {
            throw new UserException("Expected from 1 image to 100000 times the " + source.end() + " in "
                    + source.images().uri() + ", but " + times + " times is " + (long) rows);
        }
        return new GeneratedExamples(source, (long) rows, seed);
    }

    /** The images to be written. */
    public long rows() {
        return rows;
    }

    /** The files of images to be written, and as many of labels. */
    public int parts() {
        return (int) ((rows + source.end() - 1) / source.end());
    }

    /** Writes the parts: one Spark job of {@code partitions} tasks, but never more than parts. */
    public void write(JavaSparkContext spark, int partitions, Folder output, DatasetFiles images, DatasetFiles labels) {
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        String uri = output.uri();
        List<Integer> parts =
                new ArrayList<>(IntStream.range(0, parts()).boxed().toList());
        try {
            SparkFailures.unwrap(() -> {
                spark.parallelize(parts, Math.min(partitions, parts.size())).foreach(part -> {
                    Configuration hadoop = configuration.value().value();
                    Folder folder = Folder.at(uri, hadoop);
                    folder.write(images.part(part), out -> writeImages(part, new DataOutputStream(out), hadoop));
                    folder.write(labels.part(part), out -> writeLabels(part, new DataOutputStream(out), hadoop));
                });
                return null;
            });
        } finally {
            configuration.destroy();
        }
    }

    private long rowsOf(int part) {
        return Math.min(source.end(), rows - part * source.end());
    }

    private void writeImages(int part, DataOutputStream out, Configuration configuration) throws IOException {
        IdxHeader header = source.images().header();
        out.write(header.withCount(rowsOf(part)).toBytes());
        byte[] image = new byte[header.itemBytes()];
        byte[] distorted = new byte[image.length];
        ImageDistortion distortion = new ImageDistortion(source.shape());
        try (IdxFile.Items items = source.images().open(0, configuration)) {
            for (long row = 0; row < rowsOf(part); row++) {
                items.next(image);
                if (part > 0) {
                    distortion.distort(image, mix(seed, part * source.end() + row), distorted);
                }
                out.write(part == 0 ? image : distorted);
            }
        }
        out.flush();
    }

    private void writeLabels(int part, DataOutputStream out, Configuration configuration) throws IOException {
        out.write(source.labels().header().withCount(rowsOf(part)).toBytes());
        byte[] label = new byte[1];
        try (IdxFile.Items items = source.labels().open(0, configuration)) {
            for (long row = 0; row < rowsOf(part); row++) {
                items.next(label);
                out.write(label);
            }
        }
        out.flush();
    }

    /** The finalizer of MurmurHash3 (A. Appleby), so that neighbouring rows have unlike seeds. */
    private static long mix(long seed, long row) {
        long h = seed * 0x9E3779B97F4A7C15L + row;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
