package io.sparkperceptron.storage;

import io.sparkperceptron.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

public final class FoundFiles {

    private FoundFiles() {}

    /**
     * The file of exactly this name, whatever characters it has. If there is none, the files that match the name as a
     * glob, sorted by name. Throws a {@link UserException} if nothing matches.
     */
    public static List<FileStatus> at(String uri, Configuration configuration) {
        FileSystem fileSystem = Folder.fileSystemOf(uri, configuration);
        Path path = fileSystem.makeQualified(new Path(uri));
        try {
            List<FileStatus> found =
                    fileSystem.exists(path) ? List.of(fileSystem.getFileStatus(path)) : matches(fileSystem, path);
            if (found.isEmpty()) {
                throw new FileNotFoundException();
            }
            return found;
        } catch (FileNotFoundException e) {
            throw new UserException("No file " + path, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException("Cannot read " + path + ": " + UserException.reason(e), e);
        }
    }

    private static List<FileStatus> matches(FileSystem fileSystem, Path path) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        try {
            FileStatus[] matches = fileSystem.globStatus(path);
            found.addAll(matches == null ? List.of() : Arrays.asList(matches));
        } catch (IllegalArgumentException e) {
            // Hadoop's glob fails at a name with a colon, because it takes the name for a URI with a scheme.
            Path root = new Path(path.toUri().getScheme(), path.toUri().getAuthority(), "/");
            for (String pattern : GlobExpander.expand(path.toUri().getPath())) {
                found.addAll(walk(fileSystem, root, pattern));
            }
        }
        found.sort(Comparator.comparing(file -> file.getPath().toString()));
        return found;
    }

    /** The files that match a pattern whose braces hold no slashes. */
    private static List<FileStatus> walk(FileSystem fileSystem, Path root, String pattern) throws IOException {
        List<FileStatus> found = List.of(fileSystem.getFileStatus(root));
        for (String name : pattern.substring(1).split("/", -1)) {
            GlobPattern part = new GlobPattern(name);
            List<FileStatus> next = new ArrayList<>();
            for (FileStatus folder : found) {
                if (!part.hasWildcard()) {
                    Path child = new Path(folder.getPath(), new Path(null, null, name.replaceAll("\\\\(.)", "$1")));
                    if (fileSystem.exists(child)) {
                        next.add(fileSystem.getFileStatus(child));
                    }
                } else if (folder.isDirectory()) {
                    for (FileStatus child : fileSystem.listStatus(folder.getPath())) {
                        if (part.matches(child.getPath().getName())) {
                            next.add(child);
                        }
                    }
                }
            }
            found = next;
        }
        return found;
    }
}
