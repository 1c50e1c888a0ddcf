package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.block.ExampleBlock;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ImageShape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Images and their labels in a pair of IDX files, or in many such pairs, the parts of one set in the order of their names.
 * {@link #inspect} looks at the headers, on the driver; {@link #read} makes the RDD, each of whose tasks opens the files
 * for itself and reads its own range.
 */
public final class IdxExamples implements Serializable {

    private final List<IdxPart> parts;
    private final ClassLabels classes;
    private final String source;

    private IdxExamples(List<IdxPart> parts, ClassLabels classes, String source) {
        this.parts = parts;
        this.classes = classes;
        this.source = source;
    }

    /** Of classes whose labels are their numbers, from 0 to {@code classes} - 1. */
    public static IdxExamples inspect(String imagesUri, String labelsUri, int classes, Configuration configuration) {
        return inspect(imagesUri, labelsUri, ClassLabels.upTo(classes), configuration);
    }

    /**
     * Looks at the headers of a pair of files, or of many.
     *
     * @param imagesUri a file, or a glob
     * @param labelsUri likewise, with as many files; null where only predictions are wanted, then every image is of the first class
     * @param classes the labels that there may be
     * @throws UserException if a file is missing, damaged as far as its header and length tell, or the files do not fit
     *     each other
     */
    public static IdxExamples inspect(
            String imagesUri, String labelsUri, ClassLabels classes, Configuration configuration) {
        List<String> imageUris = IdxFile.expand(imagesUri, configuration);
        List<String> labelUris = labelsUri == null ? null : IdxFile.expand(labelsUri, configuration);
        if (labelUris != null && labelUris.size() != imageUris.size()) {
            throw new UserException("Expected as many files of labels as of images, found " + imageUris.size() + " for "
                    + imagesUri + " and " + labelUris.size() + " for " + labelsUri);
        }
        List<IdxPart> parts = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < imageUris.size(); i++) {
            IdxPart part = IdxPart.inspect(
                    imageUris.get(i), labelUris == null ? null : labelUris.get(i), start, configuration);
            if (i > 0) {
                parts.get(0).requireSameShape(part);
            }
            parts.add(part);
            start = part.end();
        }
        IdxPart first = parts.get(0);
        return new IdxExamples(
                parts,
                classes,
                first.images().uri() + (parts.size() == 1 ? "" : " and " + (parts.size() - 1) + " more"));
    }

    /**
     * The same files.
     *
     * @param transposed whether they have rows of pixels where the images have columns, as EMNIST's do
     */
    public IdxExamples transposed(boolean transposed) {
        return transposed
                ? new IdxExamples(
                        parts.stream().map(IdxPart::ofTransposedImages).toList(), classes, source)
                : this;
    }

    /**
     * Makes sure that two sets go together.
     *
     * @throws UserException if the images of {@code other} have another shape than these
     */
    public void requireSameShape(IdxExamples other) {
        parts.get(0).requireSameShape(other.parts.get(0));
    }

    public ImageShape shape() {
        return parts.get(0).shape();
    }

    public long rows() {
        return parts.get(parts.size() - 1).end();
    }

    /** Where the images are, for messages. */
    public String source() {
        return source;
    }

    /**
     * The examples, as sparse vectors of unscaled bytes from 0 to 255, in the order of the files.
     *
     * @param partitions each holds a run of whole blocks; some are empty if there are fewer blocks
     */
    public Examples read(JavaSparkContext spark, int partitions) {
        long[] starts = new long[partitions + 1];
        List<Integer> indices = new ArrayList<>();
        List<Long> partitionRows = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            starts[i + 1] = Math.min(rows(), firstBlock(i + 1, partitions) * ExampleBlock.ROWS);
            indices.add(i);
            partitionRows.add(starts[i + 1] - starts[i]);
        }
        Broadcast<SerializableConfiguration> configuration =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        JavaRDD<LabeledPoint> points = spark.parallelize(indices, partitions)
                .flatMap(i -> new IdxRange(
                        parts,
                        classes,
                        starts[i],
                        starts[i + 1],
                        configuration.value().value()));
        return new Examples(points, partitionRows, shape().pixels(), classes, shape(), source());
    }

    /** Blocks are dealt out as even as can be. */
    private long firstBlock(int partition, int partitions) {
        return partition * Examples.blocksOf(rows()) / partitions;
    }
}
