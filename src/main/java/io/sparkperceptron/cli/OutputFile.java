package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that a command writes, or the folder of the file's parts. */
record OutputFile(Folder folder, String name) {

    /**
     * @param noun what the file is for, in the message
     * @param option the option that names the file, in the message
     * @throws UserException if the file exists, unless it is to be overwritten
     */
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
