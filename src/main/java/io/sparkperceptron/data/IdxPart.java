package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of images and the file of their labels.
 *
 * @param labels null if there are none
 * @param start the number in the set of the first row of this part
 * @param transposed whether a row of pixels in the file is a column of the image
 */
public record IdxPart(IdxFile images, IdxFile labels, long start, boolean transposed) implements Serializable {

    /**
     * Reads the headers. Throws a {@link UserException} if a file is missing, its header or length is wrong, or the two
     * files do not fit each other.
     */
    public static IdxPart inspect(String imagesUri, String labelsUri, long start, Configuration configuration) {
        IdxFile images = IdxFile.inspect(imagesUri, IdxHeader.Content.IMAGES, configuration);
        IdxFile labels = labelsUri == null ? null : IdxFile.inspect(labelsUri, IdxHeader.Content.LABELS, configuration);
        if (labels != null && images.header().count() != labels.header().count()) {
            throw new UserException("Expected as many labels as images, found "
                    + images.header().count() + " images in " + images.uri() + " and "
                    + labels.header().count() + " labels in " + labels.uri());
        }
        return new IdxPart(images, labels, start, false);
    }

    /** The number in the set after the last row of this part. */
    public long end() {
        return start + images.header().count();
    }

    IdxPart transposed(boolean other) {
        return new IdxPart(images, labels, start, other);
    }

    public ImageShape shape() {
        int height = images.header().height();
        int width = images.header().width();
        return transposed ? new ImageShape(width, height) : new ImageShape(height, width);
    }

    /** The position of an image's pixel {@code feature} within its item of the file. */
    int place(int feature) {
        if (!transposed) {
            return feature;
        }
        int height = images.header().height();
        return feature % height * images.header().width() + feature / height;
    }

    void requireSameShape(IdxPart other) {
        if (!shape().equals(other.shape())) {
            throw new UserException("Expected images of one shape, found " + shape() + " pixels in " + images.uri()
                    + " and " + other.shape() + " in " + other.images.uri());
        }
    }
}
