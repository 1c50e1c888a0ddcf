package io.sparkperceptron;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** IDX files with images that are easy to tell apart: class c has a bright row c, with some noise. */
public final class TestImages {

    public static final int IMAGES_MAGIC = 0x00000803;
    public static final int LABELS_MAGIC = 0x00000801;

    private TestImages() {}

    /** Writes the four files of a data set of {@code height} classes under MNIST's names. */
    public static Path writeFolder(Path folder, int train, int test, int height, int width) {
        write(folder.resolve("train-images-idx3-ubyte"), images(train, height, width, 1));
        write(folder.resolve("train-labels-idx1-ubyte"), labels(train, height));
        write(folder.resolve("t10k-images-idx3-ubyte"), images(test, height, width, 2));
        write(folder.resolve("t10k-labels-idx1-ubyte"), labels(test, height));
        return folder;
    }

    /** Image i is of class i modulo height. */
    public static byte[] images(int count, int height, int width, long seed) {
        Random random = new Random(seed);
        return bytes(out -> {
            out.writeInt(IMAGES_MAGIC);
            out.writeInt(count);
            out.writeInt(height);
            out.writeInt(width);
            for (int i = 0; i < count; i++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        boolean bright = y == i % height && random.nextInt(4) > 0;
                        out.write(bright ? 200 + random.nextInt(56) : random.nextInt(8) == 0 ? random.nextInt(256) : 0);
                    }
                }
            }
        });
    }

    public static byte[] labels(int count, int classes) {
        return bytes(out -> {
            out.writeInt(LABELS_MAGIC);
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.write(i % classes);
            }
        });
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
