package io.sparkperceptron.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The local file system without {@code .crc} files. Hadoop's own class starts a chmod process for each file. */
final class LocalFiles extends RawLocalFileSystem {

    LocalFiles(Configuration configuration) throws IOException {
        initialize(URI.create("file:///"), configuration);
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        try {
            Files.setPosixFilePermissions(
                    pathToFile(path).toPath(),
                    PosixFilePermissions.fromString(FsPermission.createImmutable((short) (permission.toShort() & 0777))
                            .toString()));
        } catch (UnsupportedOperationException e) {
            super.setPermission(path, permission);
        }
    }
}
