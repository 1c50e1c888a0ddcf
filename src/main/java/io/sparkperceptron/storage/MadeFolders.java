package io.sparkperceptron.storage;

import io.sparkperceptron.UserException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Folders that were made, from the innermost. */
final class MadeFolders {

    private final FileSystem fileSystem;
    private final List<Path> folders;

    MadeFolders(FileSystem fileSystem, List<Path> folders) {
        this.fileSystem = fileSystem;
        this.folders = List.copyOf(folders);
    }

    /**
     * Removes them again, but for those in which somebody has put something meanwhile.
     *
     * @throws UserException if one cannot be removed
     */
    void removeIfEmpty() {
        for (Path folder : folders) {
            try {
                if (fileSystem.exists(folder) && fileSystem.listStatus(folder).length == 0) {
                    fileSystem.delete(folder, false);
                }
            } catch (IOException e) {
                throw new UserException(
                        "Cannot write to " + folder + ": " + UserException.reason(e)
                                + "; name a folder that can be written",
                        e);
            }
        }
    }
}
