package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Images and their labels in a pair of IDX files. {@link #inspect} looks at the headers, on the driver; {@link #read} makes
 * the RDD, each of whose tasks opens the files for itself and reads its own range.
 */
public final class IdxExamples implements Serializable {

    private final IdxFile images;
    private final IdxFile labels;
    private final int classes;

    private IdxExamples(IdxFile images, IdxFile labels, int classes) {
        this.images = images;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * Looks at the headers of a pair of files.
     *
     * @param labelsUri null where only predictions are wanted; then every image is labelled 0
     * @param classes C
     * @throws UserException if a file is missing, damaged as far as its header and length tell, or the two do not fit
     */
    public static IdxExamples inspect(String imagesUri, String labelsUri, int classes, Configuration configuration) {
        IdxFile images = IdxFile.inspect(imagesUri, IdxHeader.Content.IMAGES, configuration);
        if (labelsUri == null) {
            return new IdxExamples(images, null, classes);
        }
        IdxFile labels = IdxFile.inspect(labelsUri, IdxHeader.Content.LABELS, configuration);
        if (images.header().count() != labels.header().count()) {
            throw new UserException("Expected as many labels as images, found "
                    + images.header().count() + " images in " + images.uri() + " and "
                    + labels.header().count() + " labels in " + labels.uri());
        }
        return new IdxExamples(images, labels, classes);
    }

    /**
     * Makes sure that two sets go together.
     *
     * @throws UserException if the images of {@code other} have another shape than these
     */
    public void requireSameShape(IdxExamples other) {
        if (!shape().equals(other.shape())) {
            throw new UserException("Expected images of one shape, found " + shape() + " pixels in " + images.uri()
                    + " and " + other.shape() + " in " + other.images.uri());
        }
    }

    public ImageShape shape() {
        return new ImageShape(images.header().height(), images.header().width());
    }

    public long rows() {
        return images.header().count();
    }

    /** Where the images are, for messages. */
    public String source() {
        return images.uri();
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
                .flatMap(i -> new Range(
                        starts[i], starts[i + 1], configuration.value().value()));
        return new Examples(points, partitionRows, shape().pixels(), classes, shape(), source());
    }

    /** Blocks are dealt out as even as can be. */
    private long firstBlock(int partition, int partitions) {
        return partition * Examples.blocksOf(rows()) / partitions;
    }

    /** Reads rows {@code row} (inclusive) to {@code end} (exclusive). */
    private final class Range implements Iterator<LabeledPoint> {

        private final IdxFile.Items imageItems;
        private final IdxFile.Items labelItems;
        private final long end;
        private final byte[] pixels;
        private final byte[] label = new byte[1];
        private final int[] indices;
        private final double[] values;
        private long row;

        Range(long start, long end, Configuration configuration) {
            boolean empty = start == end;
            this.row = start;
            this.end = end;
            this.imageItems = empty ? null : closedWithTheTask(images.open(start, configuration));
            this.labelItems = empty || labels == null ? null : closedWithTheTask(labels.open(start, configuration));
            int size = empty ? 0 : images.header().itemBytes();
            this.pixels = new byte[size];
            this.indices = new int[size];
            this.values = new double[size];
        }

        private static IdxFile.Items closedWithTheTask(IdxFile.Items items) {
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> items.close());
            return items;
        }

        @Override
        public boolean hasNext() {
            return row < end;
        }

        @Override
        public LabeledPoint next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            imageItems.next(pixels);
            int target = labelItems == null ? 0 : nextLabel();
            row++;
            if (row == rows()) {
                requireEnds();
            }
            return new LabeledPoint(target, sparsePixels());
        }

        private Vector sparsePixels() {
            int count = 0;
            for (int j = 0; j < pixels.length; j++) {
                if (pixels[j] != 0) {
                    indices[count] = j;
                    values[count++] = pixels[j] & 0xFF;
                }
            }
            return Vectors.sparse(pixels.length, Arrays.copyOf(indices, count), Arrays.copyOf(values, count));
        }

        private int nextLabel() {
            labelItems.next(label);
            int target = label[0] & 0xFF;
            if (target >= classes) {
                throw new UserException("Expected a label from 0 to " + (classes - 1)
                        + " (--classes sets the number when training), found " + target + " at byte "
                        + (labels.header().bytes() + row) + " of " + labels.uri());
            }
            return target;
        }

        private void requireEnds() {
            imageItems.requireEnd();
            if (labelItems != null) {
                labelItems.requireEnd();
            }
        }
    }
}
