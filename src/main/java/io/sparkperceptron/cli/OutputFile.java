package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that a command writes, or the folder of the file's parts. */
record OutputFile(Folder folder, String name) {

    /** Throws UserException if the file exists, unless {@code overwrite}. The message has its noun and its option. */
    static OutputFile of(String output, String noun, String option, boolean overwrite, Configuration configuration) {
        Path path = new Path(Folder.at(output, configuration).uri());
        if (path.isRoot()) {
            throw new UserException("Expected a file for the " + noun + ", found the folder " + path);
        }
        OutputFile file = new OutputFile(Folder.at(path.getParent().toString(), configuration), path.getName());
        if (file.folder.holds(file.name) && !overwrite) {
            throw new UserException("Expected a new file for the " + noun + ", but " + path
                    + " exists; name another with " + option + ", or replace it with --overwrite");
        }
        return file;
    }

    @Override
    public String toString() {
        return folder.child(name).toString();
    }
}
