package io.sparkperceptron.storage;

import io.sparkperceptron.Secrets;
import io.sparkperceptron.UserException;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.functional.FutureIO;

/**
 * A folder at a Hadoop URI. A written file appears under its name as a whole, or not at all. Methods throw a {@link
 * UserException} if the file system fails.
 */
public final class Folder {

    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    @FunctionalInterface
    public interface Reading<T> {
        T readFrom(InputStream in, long length) throws IOException;
    }

    private static final int MOST_READS = 10;

    private final WholeFiles files;
    private final Path path;
    private final Runnable guard;

    private Folder(WholeFiles files, Path path, Runnable guard) {
        this.files = files;
        this.path = path;
        this.guard = guard;
    }

    /** The folder at {@code uri}, which need not exist. For the errors see {@link #fileSystemOf}. */
    public static Folder at(String uri, Configuration configuration) {
        FileSystem fileSystem = fileSystemOf(uri, configuration);
        return new Folder(new WholeFiles(fileSystem, configuration), fileSystem.makeQualified(new Path(uri)), () -> {});
    }

    /**
     * The file system of a URI. For {@code file:}, it writes no {@code .crc} files. Throws a {@link UserException} if
     * the URI is malformed or no file system serves its scheme.
     */
    public static FileSystem fileSystemOf(String uri, Configuration configuration) {
        try {
            FileSystem fileSystem = new Path(uri).getFileSystem(configuration);
            return fileSystem instanceof LocalFileSystem ? new LocalFiles(configuration) : fileSystem;
        } catch (IOException | RuntimeException e) {
            throw new UserException("Cannot use '" + uri + "' as a location: " + UserException.reason(e), e);
        }
    }

    /**
     * The same folder, but {@code guard} runs before every write and removal in it and in its subfolders. The guard
     * throws an exception to prevent the change.
     */
    public Folder guardedBy(Runnable guard) {
        return new Folder(files, path, guard);
    }

    public Folder child(String name) {
        return new Folder(files, new Path(path, name), guard);
    }

    /** The full URI, for programs. People see {@link #toString}, which masks logins. */
    public String uri() {
        return path.toString();
    }

    @Override
    public String toString() {
        return Secrets.masked(uri());
    }

    public boolean exists() {
        try {
            return files.fileSystem.exists(path);
        } catch (IOException e) {
            throw new UserException("Cannot look at " + path + ": " + UserException.reason(e), e);
        }
    }

    public boolean holds(String name) {
        return child(name).exists();
    }

    /** The names in the folder, sorted; empty if the folder does not exist. */
    public List<String> names() {
        try {
            return Arrays.stream(files.fileSystem.listStatus(path))
                    .map(status -> status.getPath().getName())
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UserException("Cannot list " + path + ": " + UserException.reason(e), e);
        }
    }

    /** Creates the folder and its parents. Returns the folders that did not exist, the innermost first. */
    List<Path> make() {
        try {
            List<Path> missing = new ArrayList<>();
            for (Path p = path; p != null && !files.fileSystem.exists(p); p = p.getParent()) {
                missing.add(p);
            }
            if (!files.fileSystem.mkdirs(path)) {
                throw new IOException("it cannot be made");
            }
            return missing;
        } catch (IOException | UnsupportedOperationException e) {
            throw cannotWriteTo(path, e);
        }
    }

    /** Removes the folders that {@link #make} created, if they are still empty. */
    void removeIfEmpty(List<Path> made) {
        for (Path folder : made) {
            try {
                if (files.fileSystem.exists(folder) && files.fileSystem.listStatus(folder).length == 0) {
                    files.fileSystem.delete(folder, false);
                }
            } catch (IOException e) {
                throw cannotWriteTo(folder, e);
            }
        }
    }

    /** Writes a file and removes it, as a check. Throws a {@link UserException} if that fails. */
    public void requireWritable() {
        List<Path> made = make();
        try {
            Path probe =
                    new Path(path, ".write-probe-" + ProcessHandle.current().pid());
            files.fileSystem.create(probe, true).close();
            files.fileSystem.delete(probe, false);
            removeIfEmpty(made);
        } catch (IOException | UnsupportedOperationException e) {
            throw cannotWriteTo(path, e);
        }
    }

    /**
     * Writes the file {@code name}, and replaces an earlier one. Throws a {@link UserException} if this fails. It then
     * keeps the earlier file, except on a file system that cannot replace a file in one step.
     */
    public void write(String name, Content content) {
        guard.run();
        files.write(new Path(path, name), content);
    }

    /** Writes {@code text} as UTF-8. */
    public void write(String name, String text) {
        write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether the name is that of an unfinished file, which a killed process leaves behind. */
    public static boolean isTemporary(String name) {
        return name.startsWith(".") && name.endsWith(WholeFiles.TEMPORARY);
    }

    /** Reads the file {@code name}. If another file replaces it meanwhile, reads from the beginning again. */
    public <T> T read(String name, Reading<T> reading) {
        Path file = new Path(path, name);
        for (int tries = 1; ; tries++) {
            try {
                return readOnce(file, reading);
            } catch (FileNotFoundException e) {
                throw new UserException("No file " + file, e);
            } catch (IOException | FSError e) {
                if (tries == MOST_READS || !isReplaced(e)) {
                    throw new UserException("Cannot read " + file + ": " + UserException.reason(e), e);
                }
            }
        }
    }

    private <T> T readOnce(Path file, Reading<T> reading) throws IOException {
        FileStatus status = files.fileSystem.getFileStatus(file);
        // Without the status, a store would request it again.
        CompletableFuture<FSDataInputStream> opened =
                files.fileSystem.openFile(file).withFileStatus(status).build();
        try (InputStream in = new BufferedInputStream(FutureIO.awaitFuture(opened), 1 << 16)) {
            return reading.readFrom(in, status.getLen());
        }
    }

    /** Whether S3's client says that another file replaced this one. Its class may be missing. */
    private static boolean isReplaced(Throwable e) {
        return e.getClass().getSimpleName().equals("RemoteFileChangedException");
    }

    /** Reads the whole file {@code name}. Refuses a file longer than {@code mostBytes} before it reads. */
    public byte[] read(String name, int mostBytes) {
        return read(name, (in, length) -> {
            if (length > mostBytes) {
                throw new UserException("Expected at most " + mostBytes + " bytes in "
                        + child(name).uri() + ", found " + length);
            }
            return in.readNBytes((int) length);
        });
    }

    /**
     * Writes the file {@code name}, or returns false if it exists. On a {@link #isStore store}, two writers at the same
     * moment may both succeed.
     */
    public boolean writeNew(String name, byte[] content) {
        return files.writeNew(new Path(path, name), content);
    }

    /** Whether the folder is on a store such as S3, where each read and write takes time and money. */
    public boolean isStore() {
        return files.putsWhole(path);
    }

    /** Removes the file or folder, if it exists. */
    public void delete(String name) {
        guard.run();
        Path target = new Path(path, name);
        try {
            if (!files.fileSystem.delete(target, true) && files.fileSystem.exists(target)) {
                throw new UserException("Cannot remove " + target);
            }
        } catch (IOException e) {
            throw new UserException("Cannot remove " + target + ": " + UserException.reason(e), e);
        }
    }

    private static UserException cannotWriteTo(Path path, Exception e) {
        return new UserException(
                "Cannot write to " + path + ": " + UserException.reason(e) + "; name a folder that can be written", e);
    }
}
