package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ImageShape;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of images and that of their labels.
 *
 * @param labels null if there are none
 * @param start the set's row that is the first one here
 * @param transposed whether the file has rows of pixels where the images have columns
 */
public record IdxPart(IdxFile images, IdxFile labels, long start, boolean transposed) implements Serializable {

    /**
     * Looks at the headers.
     *
     * @throws UserException if a file is missing, damaged as far as its header and length tell, or the two do not fit
     */
    public static IdxPart inspect(String imagesUri, String labelsUri, long start, Configuration configuration) {
        IdxFile images = IdxFile.inspect(imagesUri, IdxHeader.Content.IMAGES, configuration);
        if (labelsUri == null) {
            return new IdxPart(images, null, start, false);
        }
        IdxFile labels = IdxFile.inspect(labelsUri, IdxHeader.Content.LABELS, configuration);
        if (images.header().count() != labels.header().count()) {
            throw new UserException("Expected as many labels as images, found "
                    + images.header().count() + " images in " + images.uri() + " and "
                    + labels.header().count() + " labels in " + labels.uri());
        }
        return new IdxPart(images, labels, start, false);
    }

    /** The set's row after the last one here. */
    public long end() {
        return start + images.header().count();
    }

    /** The same files, but with rows of pixels where the images have columns. */
    IdxPart ofTransposedImages() {
        return new IdxPart(images, labels, start, true);
    }

    public ImageShape shape() {
        IdxHeader header = images.header();
        return transposed
                ? new ImageShape(header.width(), header.height())
                : new ImageShape(header.height(), header.width());
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
