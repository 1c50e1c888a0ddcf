package io.sparkperceptron.data;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.util.TaskCompletionListener;

/** Reads a range of a set's rows, one after another, within a task. */
final class IdxRange implements Iterator<LabeledPoint> {

    private final IdxExamples set;
    private final long end;
    private final Configuration configuration;
    private final byte[] label = new byte[1];
    private long row;
    private IdxPart part;
    private IdxFile.Items images;
    private IdxFile.Items labels;
    private byte[] pixels;
    private int[] indices;
    private double[] values;

    /** The rows from {@code start} up to {@code end}. The first row opens the files. */
    IdxRange(IdxExamples set, long start, long end, Configuration configuration) {
        this.set = set;
        this.row = start;
        this.end = end;
        this.configuration = configuration;
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
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
        if (part == null || row == part.end()) {
            openNext();
        }
        images.next(pixels);
        int target = labels == null ? set.classes().of(0) : nextLabel();
        row++;
        if (row == part.end()) {
            images.requireEnd();
            if (labels != null) {
                labels.requireEnd();
            }
        }
        return new LabeledPoint(target, sparsePixels());
    }

    private void openNext() {
        close();
        part = set.parts().stream()
                .filter(candidate -> row < candidate.end())
                .findFirst()
                .orElseThrow();
        images = part.images().open(row - part.start(), configuration);
        labels = part.labels() == null ? null : part.labels().open(row - part.start(), configuration);
        int size = part.images().header().itemBytes();
        pixels = new byte[size];
        indices = new int[size];
        values = new double[size];
    }

    private Vector sparsePixels() {
        int count = 0;
        for (int j = 0; j < pixels.length; j++) {
            byte pixel = pixels[part.place(j)];
            if (pixel != 0) {
                indices[count] = j;
                values[count++] = pixel & 0xFF;
            }
        }
        return Vectors.sparse(pixels.length, Arrays.copyOf(indices, count), Arrays.copyOf(values, count));
    }

    private int nextLabel() {
        labels.next(label);
        int target = label[0] & 0xFF;
        ClassLabels classes = set.classes();
        if (classes.classOf(target) < 0) {
            throw new UserException(
                    "Expected " + classes.expected() + ", found " + target + " at byte "
                            + (part.labels().header().bytes() + row - part.start()) + " of "
                            + part.labels().uri(),
                    classes.areNumbers() ? Remedy.CLASSES : null);
        }
        return target;
    }

    private void close() {
        if (images != null) {
            images.close();
        }
        if (labels != null) {
            labels.close();
        }
    }
}
