package io.sparkperceptron.model;

import java.io.Serializable;

/** Height and width of an image in pixels; feature {@code y * width + x} is the pixel in row y, column x. */
public record ImageShape(int height, int width) implements Serializable {

    public ImageShape {
        if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected a positive height and width, got " + height + "x" + width);
        }
    }

    public int pixels() {
        return height * width;
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
