package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FoundFiles;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.function.IOSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file, raw or gzipped, at a Hadoop URI. Reading starts at any item of a raw file. A gzipped file is inflated
 * from its start each time.
 *
 * @param gzipped whether the first two bytes are those of gzip; the name does not matter
 */
public record IdxFile(String uri, boolean gzipped, IdxHeader header) implements Serializable {

    /** The largest number of bytes that one gzipped byte can hold: a match of 258 bytes takes at least two bits. */
    private static final long MOST_INFLATED_BYTES_PER_BYTE = 1032;

    private static final int BUFFER_BYTES = 1 << 16;

    private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B};

    /**
     * Opens the file and reads only its header. Throws a {@link UserException} if the file is missing, empty or not an
     * IDX file of {@code content}, or if its length contradicts the header. Of a gzipped file it checks only that it is not too short.
     */
    static IdxFile inspect(String uri, IdxHeader.Content content, Configuration configuration) {
        FileSystem fileSystem = Folder.fileSystemOf(uri, configuration);
        Path path = fileSystem.makeQualified(new Path(uri));
        try {
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isDirectory()) {
                throw new UserException("Expected a file at " + path + ", found a folder");
            }
            try (InputStream raw = new BufferedInputStream(fileSystem.open(path))) {
                raw.mark(GZIP_MAGIC.length);
                boolean gzipped = Arrays.equals(raw.readNBytes(GZIP_MAGIC.length), GZIP_MAGIC);
                raw.reset();
                byte[] start =
                        (gzipped ? new GZIPInputStream(raw, BUFFER_BYTES) : raw).readNBytes(FileKind.TELLING_BYTES);
                IdxHeader header = IdxHeader.parse(start, content, path.toString());
                requirePlausibleLength(header, gzipped, status.getLen(), path);
                return new IdxFile(path.toString(), gzipped, header);
            }
        } catch (FileNotFoundException e) {
            throw new UserException("No file " + path, e);
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /**
     * The file at {@code uri}, or the files that match it as a glob, in the order of their names. Throws a
     * {@link UserException} if none matches.
     */
    static List<String> expand(String uri, Configuration configuration) {
        return FoundFiles.at(uri, configuration).stream()
                .map(file -> file.getPath().toString())
                .toList();
    }

    public Items open(long item, Configuration configuration) {
        return new Items(item, configuration);
    }

    private static void requirePlausibleLength(IdxHeader header, boolean gzipped, long length, Path path) {
        String expected = "Expected " + header.fileBytes() + " bytes in " + path + ", as its header says ("
                + header.count() + " items of " + header.itemBytes() + " bytes)";
        if (header.count() == 0) {
            throw new UserException("Expected at least one item in " + path + ", but its header says 0");
        }
        if (!gzipped && length != header.fileBytes()) {
            throw new UserException(expected + ", found " + length
                    + (length < header.fileBytes() ? "; the file is cut short, fetch it again" : ""));
        }
        if (gzipped && header.fileBytes() / MOST_INFLATED_BYTES_PER_BYTE > length) {
            throw new UserException(expected + ", but " + length + " gzipped bytes cannot hold so many");
        }
    }

    private static UserException unreadable(String uri, IOException e) {
        String what = e instanceof EOFException ? "the gzipped data is cut short" : UserException.reason(e);
        return new UserException("Cannot read " + uri + ": " + what, e);
    }

    private <T> T reading(IOSupplier<T> action) {
        try {
            return action.get();
        } catch (IOException e) {
            throw unreadable(uri, e);
        }
    }

    /** Reads one item of the file after another. */
    public final class Items implements AutoCloseable {

        private final InputStream in;
        private long item;

        private Items(long item, Configuration configuration) {
            this.item = item;
            in = reading(
                    () -> positioned(Folder.fileSystemOf(uri, configuration).open(new Path(uri))));
        }

        private InputStream positioned(FSDataInputStream raw) throws IOException {
            long position = header.bytes() + item * header.itemBytes();
            try {
                if (gzipped) {
                    InputStream inflated = new GZIPInputStream(raw, BUFFER_BYTES);
                    inflated.skipNBytes(position);
                    return inflated;
                }
                raw.seek(position);
                return new BufferedInputStream(raw, BUFFER_BYTES);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        }

        /** Reads the next item. Throws a {@link UserException} if the file ends within it. Modified: bytes. */
        public void next(byte[] bytes) {
            if (reading(() -> in.readNBytes(bytes, 0, bytes.length)) < bytes.length) {
                throw new UserException("Expected " + header.count() + " items in " + uri
                        + ", as its header says, but it ends within item " + item);
            }
            item++;
        }

        /** Throws a {@link UserException} unless a gzipped file ends where its header says, with the right checksum. */
        void requireEnd() {
            if (gzipped && reading(in::read) >= 0) {
                throw new UserException("Expected " + header.fileBytes() + " inflated bytes in " + uri
                        + ", as its header says, found more");
            }
        }

        @Override
        public void close() {
            reading(() -> {
                in.close();
                return null;
            });
        }
    }
}
