package io.sparkperceptron.cli;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that an option names, or the folder of the file's parts. */
record NamedFile(Folder folder, String name) {

    /** Throws UserException, with {@code noun} in its message, if the URI is a root folder. */
    static NamedFile at(String uri, String noun, Configuration configuration) {
        Path path = new Path(Folder.at(uri, configuration).uri());
        if (path.isRoot()) {
            throw new UserException("Expected a file for the " + noun + ", found the folder " + path);
        }
        return new NamedFile(Folder.at(path.getParent().toString(), configuration), path.getName());
    }

    /** A file to write. Also throws UserException if the file exists, unless {@code overwrite}. */
    static NamedFile toWrite(String uri, String noun, String option, boolean overwrite, Configuration configuration) {
        NamedFile file = at(uri, noun, configuration);
        if (file.folder.holds(file.name) && !overwrite) {
            throw new UserException("Expected a new file for the " + noun + ", but " + file
                    + " exists; name another with " + option + ", or replace it with --overwrite");
        }
        return file;
    }

    @Override
    public String toString() {
        return folder.child(name).toString();
    }
}
