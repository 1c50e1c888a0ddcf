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
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file, raw or gzipped, at a Hadoop URI. A raw file is read from any item on; a gzipped one is inflated from its
 * start each time.
 *
 * @param uri where it is
 * @param gzipped as its first two bytes say, whatever its name
 */
public record IdxFile(String uri, boolean gzipped, IdxHeader header) implements Serializable {

    /** No gzipped byte holds more than so many bytes: a match of 258 bytes takes two bits at least. */
    private static final long MOST_INFLATED_BYTES_PER_BYTE = 1032;

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Opens the file and reads its header alone.
     *
     * @throws UserException if there is none, it is no IDX file of {@code content}, is empty, or its length is not what
     *     the header says (of a gzipped file: could not be)
     */
    static IdxFile inspect(String uri, IdxHeader.Content content, Configuration configuration) {
        FileSystem fileSystem = Folder.fileSystemOf(uri, configuration);
        Path path = fileSystem.makeQualified(new Path(uri));
        try {
            FileStatus status = fileSystem.getFileStatus(path);
            if (status.isDirectory()) {
                throw new UserException("Expected a file at " + path + ", found a folder");
            }
            boolean gzipped;
            try (InputStream in = fileSystem.open(path)) {
                byte[] two = in.readNBytes(2);
                gzipped = two.length == 2 && (two[0] & 0xFF) == 0x1F && (two[1] & 0xFF) == 0x8B;
            }
            byte[] start;
            try (InputStream raw = fileSystem.open(path)) {
                start = (gzipped ? inflate(raw) : raw).readNBytes(FileKind.TELLING_BYTES);
            }
            IdxHeader header = IdxHeader.parse(start, content, path.toString());
            requirePlausibleLength(header, gzipped, status.getLen(), path);
            return new IdxFile(path.toString(), gzipped, header);
        } catch (FileNotFoundException e) {
            throw new UserException("No file " + path, e);
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /**
     * The files that {@code uri} names: the file itself, or those that match it as a glob, in the order of their names.
     *
     * @throws UserException if none matches
     */
    static List<String> expand(String uri, Configuration configuration) {
        return FoundFiles.at(uri, configuration).stream()
                .map(file -> file.getPath().toString())
                .toList();
    }

    /** Opens the file at item {@code item}, for reading item after item. */
    public Items open(long item, Configuration configuration) {
        return new Items(item, configuration);
    }

    private static void requirePlausibleLength(IdxHeader header, boolean gzipped, long length, Path path) {
        String promise = "Expected " + header.fileBytes() + " bytes in " + path + ", as its header says ("
                + header.count() + " items of " + header.itemBytes() + " bytes)";
        if (header.count() == 0) {
            throw new UserException("Expected at least one item in " + path + ", but its header says 0");
        }
        if (!gzipped && length != header.fileBytes()) {
            throw new UserException(promise + ", found " + length
                    + (length < header.fileBytes() ? "; the file is cut short, fetch it again" : ""));
        }
        if (gzipped && header.fileBytes() / MOST_INFLATED_BYTES_PER_BYTE > length) {
            throw new UserException(promise + ", but " + length + " gzipped bytes cannot hold so many");
        }
    }

    private static InputStream inflate(InputStream in) throws IOException {
        return new GZIPInputStream(in, BUFFER_BYTES);
    }

    private static UserException unreadable(String uri, IOException e) {
        String what = e instanceof EOFException ? "the gzipped data is cut short" : UserException.reason(e);
        return new UserException("Cannot read " + uri + ": " + what, e);
    }

    /** The items of the file from some item on. */
    public final class Items implements AutoCloseable {

        private final InputStream in;
        private long item;

        private Items(long item, Configuration configuration) {
            this.item = item;
            long position = header.bytes() + item * header.itemBytes();
            try {
                FSDataInputStream raw = Folder.fileSystemOf(uri, configuration).open(new Path(uri));
                in = positioned(raw, position);
            } catch (IOException e) {
                throw unreadable(uri, e);
            }
        }

        private InputStream positioned(FSDataInputStream raw, long position) throws IOException {
            try {
                if (gzipped) {
                    InputStream inflated = inflate(raw);
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

        /**
         * Reads the next item.
         *
         * @param bytes takes it; modified
         * @throws UserException if the file ends before
         */
        public void next(byte[] bytes) {
            try {
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw new UserException("Expected " + header.count() + " items in " + uri
                            + ", as its header says, but it ends within item " + item);
                }
                item++;
            } catch (IOException e) {
                throw unreadable(uri, e);
            }
        }

        /**
         * Makes sure that a gzipped file ends where its header says, checksum included.
         *
         * @throws UserException if not
         */
        void requireEnd() {
            try {
                if (gzipped && in.read() >= 0) {
                    throw new UserException("Expected " + header.fileBytes() + " inflated bytes in " + uri
                            + ", as its header says, found more");
                }
            } catch (IOException e) {
                throw unreadable(uri, e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unreadable(uri, e);
            }
        }
    }
}
