package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Finds files that are not text, or that decompress to endless data, by their lack of line ends. Spark would read the
 * whole of such a line into memory.
 */
final class LibsvmLines {

    /** In bytes. The longest line that passes is twice as long. */
    static final int WINDOW = 32 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private LibsvmLines() {}

    /** Whether a file may have a line longer than two windows, by its name and its length in bytes. */
    static boolean mayHaveLongLine(Path file, long length, Configuration configuration) {
        return length > WINDOW || new CompressionCodecFactory(configuration).getCodec(file) != null;
    }

    /**
     * Throws a {@link UserException} unless a line ends in every window, or if the file cannot be read. Reads only a
     * sample of a plain file: skips a window after each line end.
     */
    static void requireEnds(String uri, Configuration configuration) {
        Path path = new Path(uri);
        try (InputStream in = open(path, configuration)) {
            long fileBytes =
                    Folder.fileSystemOf(uri, configuration).getFileStatus(path).getLen();
            byte[] buffer = new byte[BUFFER_BYTES];
            long length = 0;
            for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
                for (int i = 0; i < bytes; i++) {
                    length = buffer[i] == '\n' || buffer[i] == '\r' ? 0 : length + 1;
                    if (length > WINDOW) {
                        throw new UserException("Expected lines of LIBSVM text in " + uri
                                + ", found none that ends within " + WINDOW + " bytes; is it text at all?");
                    }
                }
                boolean hasEnd = length < bytes;
                if (hasEnd && in instanceof FSDataInputStream plain) {
                    if (plain.getPos() + WINDOW >= fileBytes) {
                        return;
                    }
                    plain.seek(plain.getPos() + WINDOW);
                    length = 0;
                }
            }
        } catch (IOException e) {
            throw new UserException("Cannot read " + uri + ": " + UserException.reason(e), e);
        }
    }

    /** Opens a file of text, plain or compressed. */
    static InputStream open(Path path, Configuration configuration) throws IOException {
        FSDataInputStream raw =
                Folder.fileSystemOf(path.toString(), configuration).open(path);
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
        try {
            return codec == null ? raw : codec.createInputStream(raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
