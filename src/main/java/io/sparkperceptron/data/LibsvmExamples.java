package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.util.SerializableConfiguration;

/**
 * LIBSVM text, lines of {@code label index:value index:value ...} with indices from one in ascending order. A path may be a file,
 * plain or compressed as Hadoop knows it, a folder of them, or a glob; files count in the order of their names. All lines are
 * checked before the first one is used, not by Spark's own loader: that one checks little, names no line, and knows neither
 * {@code qid:} nor comments behind an example.
 */
public final class LibsvmExamples {

    private final List<FileStatus> files;
    private final String source;

    private LibsvmExamples(List<FileStatus> files, String source) {
        this.files = files;
        this.source = source;
    }

    /**
     * Finds the files, on the driver.
     *
     * @throws UserException if there is no such file, or all of them are empty
     */
    public static LibsvmExamples inspect(String uri, Configuration configuration) {
        FileSystem fileSystem = Folder.fileSystemOf(uri, configuration);
        try {
            Path path = new Path(uri);
            FileStatus[] matches = fileSystem.exists(path)
                    ? new FileStatus[] {fileSystem.getFileStatus(path)}
                    : fileSystem.globStatus(path);
            List<FileStatus> files = new ArrayList<>();
            for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
                files.addAll(match.isDirectory() ? filesIn(fileSystem, match.getPath()) : List.of(match));
            }
            files.forEach(LibsvmExamples::requireReadableName);
            if (files.isEmpty()) {
                throw new UserException("No file " + fileSystem.makeQualified(new Path(uri)));
            }
            if (files.stream().allMatch(file -> file.getLen() == 0)) {
                throw new UserException("Expected at least one example in " + uri + ", but the file is empty");
            }
            files.sort(Comparator.comparing(file -> file.getPath().toString()));
            return new LibsvmExamples(files, uri);
        } catch (FileNotFoundException e) {
            throw new UserException("No file " + uri, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException("Cannot read " + uri + ": " + UserException.reason(e), e);
        }
    }

    /** Spark takes paths of text as text, in which some characters mean something else. */
    private static void requireReadableName(FileStatus file) {
        if (file.getPath().toUri().getPath().matches(".*[:,*?\\[\\]{}\\\\].*|.*/[_.][^/]*")) {
            throw new UserException(
                    "Expected a file whose path has none of : , * ? [ ] { } \\ and whose name does not begin"
                            + " with _ or ., for Spark's text reader cannot read it, found " + file.getPath()
                            + "; rename it");
        }
    }

    /**
     * The examples. Runs one Spark job that counts and checks the lines.
     *
     * @param features d, or 0 for the largest index in the files
     * @param classes C, or 0 for the largest label in the files plus one, and at least two
     * @param partitions a wish, as for Spark's text files
     * @throws UserException if a line is malformed or holds what cannot be
     */
    public Examples read(JavaSparkContext spark, int features, int classes, int partitions) {
        requireLines(spark);
        String paths = files.stream().map(file -> file.getPath().toString()).collect(Collectors.joining(","));
        List<LibsvmCheck> parts = checkAll(spark, paths, features, classes, partitions);
        LibsvmCheck whole = new LibsvmCheck(features, classes);
        parts.forEach(whole::merge);
        if (!whole.good()) {
            UserException problem = firstProblem(spark.hadoopConfiguration(), features, classes);
            throw problem != null ? problem : new UserException(source + " changed while it was read");
        }
        if (whole.rows() == 0) {
            throw new UserException("Expected at least one example in " + source + ", found none");
        }
        int d = features > 0 ? features : Math.max(whole.largestIndex(), 1);
        int c = classes > 0 ? classes : Math.max(whole.largestLabel() + 1, 2);
        // Split as the lines above.
        JavaRDD<LabeledPoint> points = spark.textFile(paths, partitions)
                .map(LibsvmLine::of)
                .filter(Objects::nonNull)
                .map(line -> line.point(d));
        return new Examples(points, parts.stream().map(LibsvmCheck::rows).toList(), d, c, null, source);
    }

    private void requireLines(JavaSparkContext spark) {
        List<String> suspects = files.stream()
                .filter(file -> LibsvmLines.areSuspect(file.getPath(), file.getLen(), spark.hadoopConfiguration()))
                .map(file -> file.getPath().toString())
                .toList();
        if (!suspects.isEmpty()) {
            Broadcast<SerializableConfiguration> configuration =
                    spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
            SparkFailures.unwrap(() -> {
                spark.parallelize(suspects, suspects.size())
                        .foreach(file -> LibsvmLines.requireEnds(
                                file, configuration.value().value()));
                return null;
            });
        }
    }

    private List<LibsvmCheck> checkAll(
            JavaSparkContext spark, String paths, int features, int classes, int partitions) {
        try {
            return SparkFailures.unwrap(() -> spark.textFile(paths, partitions)
                    .mapPartitions(lines -> check(lines, features, classes))
                    .collect());
        } catch (UserException e) {
            UserException problem = firstProblem(spark.hadoopConfiguration(), features, classes);
            throw problem != null ? problem : e;
        }
    }

    private static Iterator<LibsvmCheck> check(Iterator<String> lines, int features, int classes) {
        LibsvmCheck check = new LibsvmCheck(features, classes);
        lines.forEachRemaining(check::take);
        return List.of(check).iterator();
    }

    /** Goes through the files again, for the file and the number of the line; null if all are good. */
    UserException firstProblem(Configuration configuration, int features, int classes) {
        for (FileStatus file : files) {
            Path path = file.getPath();
            CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
            try (InputStream raw =
                            Folder.fileSystemOf(path.toString(), configuration).open(path);
                    InputStream in = codec == null ? raw : codec.createInputStream(raw);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                LibsvmCheck check = new LibsvmCheck(features, classes);
                long number = 1;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    LibsvmCheck.Problem problem = check.take(line);
                    if (problem != null) {
                        return new UserException(
                                "In line " + number + " of " + path + ": " + problem.sentence(), problem.remedy());
                    }
                    number++;
                }
            } catch (IOException e) {
                return new UserException("Cannot read " + path + ": " + UserException.reason(e), e);
            }
        }
        return null;
    }

    private static List<FileStatus> filesIn(FileSystem fileSystem, Path folder) throws IOException {
        return Arrays.stream(fileSystem.listStatus(folder))
                .filter(FileStatus::isFile)
                .filter(file -> !file.getPath().getName().matches("[._].*"))
                .toList();
    }
}
