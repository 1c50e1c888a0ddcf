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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.LabeledPoint;
import org.apache.spark.util.SerializableConfiguration;

/**
 * LIBSVM text: lines of {@code label index:value index:value ...} with indices from one in ascending order. A path is a
 * file, plain or compressed with a codec of Hadoop, a folder of files, or a glob. Files are sorted by name. All lines
 * are checked before the first one is used. Spark's own loader checks little, names no line, and knows neither {@code
 * qid:} nor comments after an example.
 *
 * @param source the path, for messages
 */
public record LibsvmExamples(List<FileStatus> files, String source, int mostPartitions) {

    /** The number of bytes read to estimate the length of lines. */
    private static final int SAMPLE_BYTES = 1 << 16;

    /**
     * Finds the files, on the driver. Throws a {@link UserException} if there is no file, or if all files are empty.
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
            return new LibsvmExamples(files, uri, DataSets.mostPartitions(estimatedRows(files, configuration), 0));
        } catch (FileNotFoundException e) {
            throw new UserException("No file " + uri, e);
        } catch (UserException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new UserException("Cannot read " + uri + ": " + UserException.reason(e), e);
        }
    }

    /** Spark's text reader takes some characters in paths for patterns and separators, and skips hidden files. */
    private static void requireReadableName(FileStatus file) {
        if (file.getPath().toUri().getPath().matches(".*[:,*?\\[\\]{}\\\\].*|.*/[_.][^/]*")) {
            throw new UserException(
                    "Expected a file whose path has none of : , * ? [ ] { } \\ and whose name does not begin"
                            + " with _ or ., because Spark's text reader cannot read it, found " + file.getPath()
                            + "; rename it");
        }
    }

    /**
     * The examples. Runs one Spark job, which counts and checks the lines.
     *
     * @param features the number d of features; 0 for the largest index in the files
     * @param labels the allowed labels; null for any, which become the classes
     * @param partitions the approximate number of partitions, but at most one for each thousand rows
     * @throws UserException if a line is malformed, or has a label or a feature that is not allowed
     */
    public Examples read(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        List<LibsvmCheck> parts = check(spark, features, labels, partitions);
        int largest = parts.stream().mapToInt(LibsvmCheck::largestIndex).max().orElse(0);
        int d = features > 0 ? features : Math.max(largest, 1);
        ClassLabels classes = labels == null
                ? FoundLabels.merged(parts.stream().map(LibsvmCheck::labels)).classes(source)
                : labels;
        return new Examples(points(spark, d, partitions), rows(parts), d, classes, null, source);
    }

    /**
     * Only the features, for predictions. Every example gets the first class, whatever its label. Throws a {@link
     * UserException} if a line is malformed, or has a feature that is not allowed.
     */
    public Examples readUnlabelled(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        List<LibsvmCheck> parts = check(spark, features, null, partitions);
        int first = labels.of(0);
        JavaRDD<LabeledPoint> points =
                points(spark, features, partitions).map(point -> new LabeledPoint(first, point.features()));
        return new Examples(points, rows(parts), features, labels, null, source);
    }

    /** The checks of all partitions. Throws a {@link UserException} for the first bad line. */
    private List<LibsvmCheck> check(JavaSparkContext spark, int features, ClassLabels labels, int partitions) {
        requireLineEnds(spark);
        Configuration configuration = spark.hadoopConfiguration();
        List<LibsvmCheck> parts;
        try {
            parts = SparkFailures.unwrap(() -> lines(spark, partitions)
                    .mapPartitions(lines -> {
                        LibsvmCheck check = new LibsvmCheck(features, labels);
                        lines.forEachRemaining(check::checkLine);
                        return List.of(check).iterator();
                    })
                    .collect());
        } catch (UserException e) {
            throw firstProblem(configuration, features, labels).orElse(e);
        }
        if (!parts.stream().allMatch(LibsvmCheck::good)) {
            throw firstProblem(configuration, features, labels)
                    .orElseGet(() -> new UserException(source + " changed while it was read"));
        }
        if (rows(parts).stream().allMatch(rows -> rows == 0)) {
            throw new UserException("Expected at least one example in " + source + ", found none");
        }
        return parts;
    }

    private static List<Long> rows(List<LibsvmCheck> parts) {
        return parts.stream().map(part -> part.labels().rows()).toList();
    }

    private JavaRDD<LabeledPoint> points(JavaSparkContext spark, int features, int partitions) {
        return lines(spark, partitions)
                .map(LibsvmLine::of)
                .filter(Objects::nonNull)
                .map(line -> line.point(features));
    }

    /** The lines, in the same partitions at every read. */
    private JavaRDD<String> lines(JavaSparkContext spark, int partitions) {
        return spark.textFile(
                files.stream().map(file -> file.getPath().toString()).collect(Collectors.joining(",")),
                Math.min(partitions, mostPartitions));
    }

    /** An estimate of the number of rows from the first lines of the first file; too low for compressed files. */
    private static long estimatedRows(List<FileStatus> files, Configuration configuration) {
        FileStatus first =
                files.stream().filter(file -> file.getLen() > 0).findFirst().orElseThrow();
        try (InputStream in = LibsvmLines.open(first.getPath(), configuration)) {
            byte[] start = in.readNBytes(SAMPLE_BYTES);
            long ends = IntStream.range(0, start.length)
                    .filter(i -> start[i] == '\n' || start[i] == '\r')
                    .count();
            long length = files.stream().mapToLong(FileStatus::getLen).sum();
            return (long) ((double) length / Math.max(1, start.length) * (ends + 1));
        } catch (IOException | RuntimeException e) {
            // A later step reports the error. A decompressor may throw any exception on damaged bytes.
            return 1;
        }
    }

    private void requireLineEnds(JavaSparkContext spark) {
        List<String> unchecked = files.stream()
                .filter(file -> LibsvmLines.mayHaveLongLine(file.getPath(), file.getLen(), spark.hadoopConfiguration()))
                .map(file -> file.getPath().toString())
                .toList();
        if (!unchecked.isEmpty()) {
            Broadcast<SerializableConfiguration> configuration =
                    spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
            SparkFailures.unwrap(() -> {
                spark.parallelize(unchecked, unchecked.size())
                        .foreach(file -> LibsvmLines.requireEnds(
                                file, configuration.value().value()));
                return null;
            });
        }
    }

    /** Reads the files again to name the file and line number of the first error; empty if all lines are good. */
    Optional<UserException> firstProblem(Configuration configuration, int features, ClassLabels labels) {
        for (FileStatus file : files) {
            Path path = file.getPath();
            try (InputStream in = LibsvmLines.open(path, configuration);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                LibsvmCheck check = new LibsvmCheck(features, labels);
                String line = lines.readLine();
                for (long number = 1; line != null; number++, line = lines.readLine()) {
                    LibsvmCheck.Problem problem = check.checkLine(line);
                    if (problem != null) {
                        return Optional.of(new UserException(
                                "In line " + number + " of " + path + ": " + problem.sentence(), problem.remedy()));
                    }
                }
            } catch (IOException e) {
                return Optional.of(new UserException("Cannot read " + path + ": " + UserException.reason(e), e));
            }
        }
        return Optional.empty();
    }

    private static List<FileStatus> filesIn(FileSystem fileSystem, Path folder) throws IOException {
        return Arrays.stream(fileSystem.listStatus(folder))
                .filter(FileStatus::isFile)
                .filter(file -> !file.getPath().getName().matches("[._].*"))
                .toList();
    }
}
