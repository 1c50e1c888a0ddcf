package io.sparkperceptron.generate;

import io.sparkperceptron.UserException;
import io.sparkperceptron.data.DatasetFiles;
import io.sparkperceptron.data.IdxFile;
import io.sparkperceptron.data.IdxHeader;
import io.sparkperceptron.data.IdxPart;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Any number of images, generated from the n images in a pair of IDX files: first the images themselves, then distorted
 * copies of all of them, again and again. Row i depends only on row i modulo n, the seed and i, so the partitions do
 * not change the bytes. Each part has n rows.
 *
 * @param rows the number of images to write
 */
public record GeneratedExamples(IdxPart source, long rows, long seed) implements Serializable {

    /**
     * Plans {@code times} as many images as a pair of files has.
     *
     * @param times above 0; the number of images is rounded
     * @throws UserException if a file is missing, its header or length is wrong, or there would be too many images
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

    /** The number of files of images to write, and of files of labels. */
    public int parts() {
        return (int) ((rows + source.end() - 1) / source.end());
    }

    /** Writes the parts in one Spark job with at most {@code partitions} tasks, and at most one task for each part. */
    public void write(JavaSparkContext spark, int partitions, Folder output, DatasetFiles images, DatasetFiles labels) {
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        String uri = output.uri();
        List<Integer> parts = IntStream.range(0, parts()).boxed().toList();
        try {
            SparkFailures.unwrap(() -> {
                spark.parallelize(parts, Math.min(partitions, parts.size())).foreach(part -> {
                    Configuration hadoop = configuration.value().value();
                    Folder folder = Folder.at(uri, hadoop);
                    ImageDistortion distortion = part == 0 ? null : new ImageDistortion(source.shape());
                    folder.write(images.part(part), out -> write(part, source.images(), distortion, out, hadoop));
                    folder.write(labels.part(part), out -> write(part, source.labels(), null, out, hadoop));
                });
                return null;
            });
        } finally {
            configuration.destroy();
        }
    }

    /** Writes the items of a part; undistorted if {@code distortion} is null. */
    private void write(
            int part, IdxFile file, ImageDistortion distortion, OutputStream out, Configuration configuration)
            throws IOException {
        IdxHeader header = file.header().withCount(Math.min(source.end(), rows - part * source.end()));
        out.write(header.toBytes());
        byte[] item = new byte[header.itemBytes()];
        byte[] distorted = new byte[item.length];
        try (IdxFile.Items items = file.open(0, configuration)) {
            for (long row = 0; row < header.count(); row++) {
                items.next(item);
                if (distortion != null) {
                    distortion.distort(item, mix(seed, part * source.end() + row), distorted);
                }
                out.write(distortion == null ? item : distorted);
            }
        }
    }

    /** The finalizer of MurmurHash3 (A. Appleby): neighbouring rows get unrelated seeds. */
    private static long mix(long seed, long row) {
        long h = seed * 0x9E3779B97F4A7C15L + row;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
