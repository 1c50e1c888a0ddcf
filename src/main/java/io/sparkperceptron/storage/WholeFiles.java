package io.sparkperceptron.storage;

import io.sparkperceptron.UserException;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Writes files that appear under their names as a whole. On most file systems, a temporary file is written and renamed.
 * A store such as S3 shows an object only after all of it has been sent, and renames by copying. There, the file is
 * written directly.
 */
final class WholeFiles {

    static final String TEMPORARY = ".writing";

    final FileSystem fileSystem;
    private final Configuration configuration;
    private FileContext context;

    WholeFiles(FileSystem fileSystem, Configuration configuration) {
        this.fileSystem = fileSystem;
        this.configuration = configuration;
    }

    /** Whether this is a store that shows a file only after all of it has been sent, and none of it after an abort. */
    boolean putsWhole(Path path) {
        try {
            return fileSystem.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
        } catch (IOException e) {
            throw new UserException("Cannot look at " + path + ": " + UserException.reason(e), e);
        }
    }

    /** See {@link Folder#write}. */
    void write(Path target, Folder.Content content) {
        try {
            if (putsWhole(target)) {
                put(target, content);
            } else {
                writeAndRename(target, content);
            }
        } catch (IOException | FSError e) {
            throw new UserException("Cannot write " + target + ": " + UserException.reason(e), e);
        }
    }

    private void put(Path target, Folder.Content content) throws IOException {
        FSDataOutputStream sent = fileSystem.create(target, true);
        try {
            OutputStream out = new BufferedOutputStream(sent, 1 << 16);
            content.writeTo(out);
            out.flush();
        } catch (IOException | RuntimeException | Error e) {
            sent.abort();
            throw e;
        }
        sent.close();
    }

    private void writeAndRename(Path target, Folder.Content content) throws IOException {
        Path temporary = new Path(target.getParent(), "." + target.getName() + TEMPORARY);
        try {
            try (OutputStream out = new BufferedOutputStream(fileSystem.create(temporary, true), 1 << 16)) {
                content.writeTo(out);
            }
            replace(temporary, target);
        } catch (IOException | RuntimeException | FSError e) {
            discard(temporary, e);
            throw e;
        }
    }

    /** Replaces the target in one step if the file system can. Otherwise it removes the target first. */
    private void replace(Path temporary, Path target) throws IOException {
        boolean local = isLocal();
        if (fileSystem.exists(target)
                && (fileSystem.getFileStatus(target).isDirectory() || (local && !new File(target.toUri()).isFile()))) {
            throw new IOException("there is a folder or device of that name");
        }
        if (!local) {
            try {
                context().rename(temporary, target, Rename.OVERWRITE);
                return;
            } catch (UnsupportedFileSystemException e) {
                fileSystem.delete(target, false);
            }
        }
        if (!fileSystem.rename(temporary, target)) {
            throw new IOException("renaming " + temporary.getName() + " failed");
        }
    }

    /** One context for all files, because each context has its own client. */
    private synchronized FileContext context() throws UnsupportedFileSystemException {
        if (context == null) {
            context = FileContext.getFileContext(fileSystem.getUri(), configuration);
        }
        return context;
    }

    private void discard(Path temporary, Throwable failure) {
        try {
            fileSystem.delete(temporary, false);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** See {@link Folder#writeNew}. */
    boolean writeNew(Path file, byte[] content) {
        try {
            if (isLocal()) {
                File local = new File(file.toUri());
                Files.createDirectories(local.getParentFile().toPath());
                Files.write(local.toPath(), content, StandardOpenOption.CREATE_NEW);
            } else {
                try (OutputStream out = fileSystem.create(file, false)) {
                    out.write(content);
                }
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UserException("Cannot write " + file + ": " + UserException.reason(e), e);
        }
    }

    private boolean isLocal() {
        return fileSystem.getUri().getScheme().equals("file");
    }
}
