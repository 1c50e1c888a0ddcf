package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.SparkFailures;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FoundFiles;
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
import java.util.stream.IntStream;
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

    /** The number of bytes that are read to estimate the length of a file's lines. */
    private static final int LOOK_BYTES = 1 << 16;

    private final List<FileStatus> files;
    private final String source;
    private final int mostPartitions;

    private LibsvmExamples(List<FileStatus> files, String source, int mostPartitions) {
        this.files = files;
        this.source = source;
        this.mostPartitions = mostPartitions;
    }

    /**
     * Finds the files, on the driver.
     *
     * @throws UserException if there is no such file, or all of them are empty
     */
    public static LibsvmExamples inspect(String uri, Configuration configuration) {
        FileSystem fileSystem = Folder.fileSystemOf(uri, configuration);
        try {
            List<FileStatus> files = new ArrayList<>();
            for (FileStatus match : FoundFiles.at(uri, configuration)) {
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
            return new LibsvmExamples(files, uri, DataSets.mostPartitions(rowsAbout(files, configuration), 0));
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
     * The examples of a training set.
     *
     * @param features d, or 0 for the largest index in the files
     * @param classes C, with labels from 0 to C - 1, or 0 for any labels: those in the files are the classes then
     */
    public Examples read(JavaSparkContext spark, int features, int classes, int partitions) {
        return read(spark, features, classes == 0 ? null : ClassLabels.upTo(classes), partitions);
    }

    /**
     * The examples. Runs one Spark job that counts and checks the lines.
     *
     * @param features d, or 0 for the largest index in the files
     * @param labels that there may be, or null for those in the files
     * @param partitions a wish, as for Spark's text files; about as many as there are thousands of rows are enough
     * @throws UserException if a line is malformed or holds what cannot be
     */
    public Examples read(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        List<LibsvmCheck> parts = check(spark, features, labels, partitions);
        LibsvmCheck whole = merged(parts, features, labels);
        int d = features > 0 ? features : Math.max(whole.largestIndex(), 1);
        ClassLabels classes = labels == null ? whole.labels().classes(source) : labels;
        return new Examples(points(spark, d, partitions), rows(parts), d, classes, null, source);
    }

    /**
     * The features alone, where only predictions are wanted: whatever its label, every example is of the first class.
     *
     * @param labels those of the classes
     * @throws UserException likewise
     */
    public Examples readUnlabelled(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        List<LibsvmCheck> parts = check(spark, features, null, partitions);
        int first = labels.of(0);
        JavaRDD<LabeledPoint> points =
                points(spark, features, partitions).map(point -> new LabeledPoint(first, point.features()));
        return new Examples(points, rows(parts), features, labels, null, source);
    }

    /** A good check for each partition. */
    private List<LibsvmCheck> check(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        requireLines(spark);
        List<LibsvmCheck> parts = checkAll(spark, features, labels, partitions);
        LibsvmCheck whole = merged(parts, features, labels);
        if (!whole.good()) {
            UserException problem = firstProblem(spark.hadoopConfiguration(), features, labels);
            throw problem != null ? problem : new UserException(source + " changed while it was read");
        }
        if (whole.rows() == 0) {
            throw new UserException("Expected at least one example in " + source + ", found none");
        }
        return parts;
    }

    private static LibsvmCheck merged(List<LibsvmCheck> parts, int features, ClassLabels labels) {
        LibsvmCheck whole = new LibsvmCheck(features, labels);
        parts.forEach(whole::merge);
        return whole;
    }

    private static List<Long> rows(List<LibsvmCheck> parts) {
        return parts.stream().map(LibsvmCheck::rows).toList();
    }

    private JavaRDD<LabeledPoint> points(JavaSparkContext spark, int features, int partitions) {
        return lines(spark, partitions)
                .map(LibsvmLine::of)
                .filter(Objects::nonNull)
                .map(line -> line.point(features));
    }

    /** Split in the same way whenever they are read. */
    private JavaRDD<String> lines(JavaSparkContext spark, int partitions) {
        return spark.textFile(
                files.stream().map(file -> file.getPath().toString()).collect(Collectors.joining(",")),
                Math.min(partitions, mostPartitions));
    }

    /** The number of rows if all lines are like the first file's first ones; of compressed files fewer. */
    private static long rowsAbout(List<FileStatus> files, Configuration configuration) {
        FileStatus first =
                files.stream().filter(file -> file.getLen() > 0).findFirst().orElseThrow();
        try (InputStream in = open(first.getPath(), configuration)) {
            byte[] start = in.readNBytes(LOOK_BYTES);
            long ends = IntStream.range(0, start.length)
                    .filter(i -> start[i] == '\n' || start[i] == '\r')
                    .count();
            long length = files.stream().mapToLong(FileStatus::getLen).sum();
            return (long) ((double) length / Math.max(1, start.length) * (ends + 1));
        } catch (IOException | RuntimeException e) {
            // The real reading reports it. A decompressor may throw anything on damaged bytes.
            return 1;
        }
    }

    private static InputStream open(Path path, Configuration configuration) throws IOException {
        InputStream raw = Folder.fileSystemOf(path.toString(), configuration).open(path);
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
        try {
            return codec == null ? raw : codec.createInputStream(raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
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

    private List<LibsvmCheck> checkAll(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        try {
            return SparkFailures.unwrap(() -> lines(spark, partitions)
                    .mapPartitions(lines -> check(lines, features, labels))
                    .collect());
        } catch (UserException e) {
            UserException problem = firstProblem(spark.hadoopConfiguration(), features, labels);
            throw problem != null ? problem : e;
        }
    }

    private static Iterator<LibsvmCheck> check(Iterator<String> lines, int features, ClassLabels labels) {
        LibsvmCheck check = new LibsvmCheck(features, labels);
        lines.forEachRemaining(check::take);
        return List.of(check).iterator();
    }

    /** Goes through the files again, for the file and the number of the line; null if all are good. */
    UserException firstProblem(Configuration configuration, int features, ClassLabels labels) {
        for (FileStatus file : files) {
            Path path = file.getPath();
            try (InputStream in = open(path, configuration);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                LibsvmCheck check = new LibsvmCheck(features, labels);
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
