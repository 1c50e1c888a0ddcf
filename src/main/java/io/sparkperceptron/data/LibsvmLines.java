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
 * Looks for lines that are no lines, in files that are no text or inflate without end: Spark reads a line whole, into memory,
 * however long it is.
 */
final class LibsvmLines {

    /** A line may be twice as long. */
    static final int WINDOW = 32 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private LibsvmLines() {}

    /**
     * Whether a file can have a line longer than two windows, as far as its name and length tell.
     *
     * @param length in bytes
     */
    static boolean areSuspect(Path file, long length, Configuration configuration) {
        return length > WINDOW || new CompressionCodecFactory(configuration).getCodec(file) != null;
    }

    /**
     * Makes sure that there is an end of line in every window. Of a plain file only what comes before the first one is read, of a
     * compressed one all.
     *
     * @throws UserException if not, or if the file cannot be read
     */
    static void requireEnds(String uri, Configuration configuration) {
        Path path = new Path(uri);
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
        try (FSDataInputStream raw = Folder.fileSystemOf(uri, configuration).open(path)) {
            if (codec == null) {
                long length = Folder.fileSystemOf(uri, configuration)
                        .getFileStatus(path)
                        .getLen();
                for (long start = 0; start + WINDOW <= length; start += WINDOW) {
                    raw.seek(start);
                    requireEnd(raw, uri);
                }
            } else {
                requireEnds(codec.createInputStream(raw), uri);
            }
        } catch (IOException e) {
            throw new UserException("Cannot read " + uri + ": " + UserException.reason(e), e);
        }
    }

    private static void requireEnd(InputStream in, String uri) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = 0; read < WINDOW; ) {
            int bytes = in.read(buffer);
            for (int i = 0; i < bytes; i++) {
                if (isEnd(buffer[i])) {
                    return;
                }
            }
            if (bytes < 0) {
                return;
            }
            read += bytes;
        }
        throw tooLong(uri);
    }

    private static void requireEnds(InputStream in, String uri) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long length = 0;
        for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
            for (int i = 0; i < bytes; i++) {
                length = isEnd(buffer[i]) ? 0 : length + 1;
                if (length > WINDOW) {
                    throw tooLong(uri);
                }
            }
        }
    }

    private static boolean isEnd(byte character) {
        return character == '\n' || character == '\r';
    }

    private static UserException tooLong(String uri) {
        return new UserException("Expected lines of LIBSVM text in " + uri + ", found none that ends within " + WINDOW
                + " bytes; is it text at all?");
    }
}
