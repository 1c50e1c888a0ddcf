package io.sparkperceptron.notebook;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first images of MNIST, which the build has fetched. */
final class MnistSubset {

    private static final Path MNIST = Path.of("data/mnist");
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;
    private static final int PIXELS = 28 * 28;

    private MnistSubset() {}

    /** Writes four files of the usual names. */
    static Path write(Path folder, int train, int test) throws IOException {
        Files.createDirectories(folder);
        copy(folder, "train-images-idx3-ubyte", IMAGE_HEADER, PIXELS, train);
        copy(folder, "train-labels-idx1-ubyte", LABEL_HEADER, 1, train);
        copy(folder, "t10k-images-idx3-ubyte", IMAGE_HEADER, PIXELS, test);
        copy(folder, "t10k-labels-idx1-ubyte", LABEL_HEADER, 1, test);
        return folder;
    }

    private static void copy(Path folder, String name, int header, int itemBytes, int count) throws IOException {
        byte[] start = new byte[header + count * itemBytes];
        try (DataInputStream in = new DataInputStream(Files.newInputStream(MNIST.resolve(name)))) {
            in.readFully(start);
        }
        Files.write(
                folder.resolve(name), ByteBuffer.wrap(start).putInt(4, count).array());
    }

    /** The pixels that are black in all of the training images. */
    static int neverInked(Path folder) throws IOException {
        byte[] images = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
        int black = PIXELS;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int at = IMAGE_HEADER + pixel; at < images.length; at += PIXELS) {
                if (images[at] != 0) {
                    black--;
                    break;
                }
            }
        }
        return black;
    }
}
