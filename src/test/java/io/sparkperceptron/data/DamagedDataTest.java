package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.spark.SparkFailures;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.feature.LabeledPoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images, labels and LIBSVM text with generated damage give the results of a plain reader of the same bytes. */
@Timeout(300)
@Tag("damage")
class DamagedDataTest extends SparkTest {

    /** Made once, because making it reads files. */
    private static final Configuration CONFIGURATION = new Configuration();

    private static final int CLASSES = 6;
    private static final int ROWS = 40;
    private static final int TASKS = 40;
    private static final int CASES_PER_TASK = 100;
    private static final int IMAGE_HEADER = 16;
    private static final int LABEL_HEADER = 8;

    @TempDir
    Path temporary;

    /** Runs many cases in each Spark task, because the readers work within tasks. */
    @Test
    void imagesAndLabels(TestReporter reporter) {
        DamagedInput.reportSeed(reporter);
        String folder = temporary.toString();
        List<Integer> tasks = IntStream.range(0, TASKS).boxed().toList();
        int refused = spark().parallelize(tasks, TASKS)
                .map(task -> DamagedInput.run(
                        task * CASES_PER_TASK, CASES_PER_TASK, random -> readImages(random, Path.of(folder), task)))
                .reduce(Integer::sum);
        DamagedInput.assertManyRefused(refused, TASKS * CASES_PER_TASK);
    }

    private static void readImages(Random random, Path folder, int task) throws IOException {
        byte[] images = TestImages.images(ROWS, CLASSES, 5, 1);
        byte[] labels = TestImages.labels(ROWS, CLASSES);
        byte[] first = maybeGzipped(random, random.nextInt(20) == 0 ? labels : images);
        byte[] second = maybeGzipped(random, random.nextInt(20) == 0 ? images : labels);
        IdxPart part = IdxPart.inspect(
                Files.write(folder.resolve("images" + task), first).toString(),
                Files.write(folder.resolve("labels" + task), second).toString(),
                0,
                CONFIGURATION);
        List<String> found = new ArrayList<>();
        IdxExamples set = new IdxExamples(List.of(part), ClassLabels.upTo(CLASSES), "images");
        new IdxRange(set, 0, part.end(), CONFIGURATION).forEachRemaining(point -> found.add(text(point)));
        assertEquals(expectedOfImages(inflated(first), inflated(second)), found);
    }

    /** A line that the check accepts is read as written. */
    @Test
    void libsvmLines(TestReporter reporter) {
        byte[] line = "2 qid:1 1:3 2:0.5 40:-7e-2 # a".getBytes(StandardCharsets.UTF_8);
        DamagedInput.forEach(2000, reporter, random -> {
            String damaged =
                    new String(DamagedInput.damage(line, random), StandardCharsets.UTF_8).replaceAll("[\r\n]", "?");
            LibsvmCheck check =
                    new LibsvmCheck(random.nextInt(2) * 40, random.nextBoolean() ? ClassLabels.upTo(3) : null);
            LibsvmCheck.Problem problem = check.checkLine(damaged);
            if (problem != null) {
                throw new UserException("In line 1: " + problem.sentence());
            }
            if (check.labels().rows() == 1) {
                LabeledPoint read = LibsvmLine.of(damaged).point(check.largestIndex());
                byte[] bytes = damaged.getBytes(StandardCharsets.UTF_8);
                assertEquals(expectedOfText(bytes, check.largestIndex()), List.of(text(read)));
            }
        });
    }

    /** Some cases go through Spark one by one. The good files of all other cases go through Spark together. */
    @Test
    void libsvmText(TestReporter reporter) throws IOException {
        byte[] text = "0 1:1 3:0.5\n1 qid:5 2:-4e-2 # a comment\n# nothing\n2 1:3 2:1 4:7\n\n1 4:1\n"
                .repeat(3)
                .getBytes(StandardCharsets.UTF_8);
        Path good = Files.createDirectory(temporary.resolve("good"));
        List<String> names = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        DamagedInput.forEach(500, reporter, random -> {
            boolean gzip = random.nextInt(4) == 0;
            byte[] damaged = gzip ? maybeGzipped(random, TestImages.gzip(text)) : DamagedInput.damage(text, random);
            int features = random.nextInt(3) == 0 ? 4 : 0;
            ClassLabels labels = random.nextInt(3) == 0 ? ClassLabels.upTo(3) : null;
            Path file = temporary.resolve("points.txt" + (gzip ? ".gz" : ""));
            Files.write(file, damaged);
            LibsvmExamples found = LibsvmExamples.inspect(file.toString(), CONFIGURATION);
            if (random.nextInt(10) == 0) {
                Examples examples = found.read(spark(), features, labels, 1);
                assertEquals(
                        expectedOfText(gzip ? inflated(damaged) : damaged, examples.features()),
                        read(examples.points()));
                return;
            }
            found.firstProblem(CONFIGURATION, features, labels).ifPresent(problem -> {
                throw problem;
            });
            names.add((1000 + names.size()) + file.getFileName().toString());
            Files.move(file, good.resolve(names.get(names.size() - 1)));
            expected.addAll(expectedOfText(gzip ? inflated(damaged) : damaged, Integer.MAX_VALUE));
        });
        Examples examples =
                LibsvmExamples.inspect(good.toString(), CONFIGURATION).read(spark(), 0, null, 1);
        assertEquals(expected, read(examples.points()));
    }

    /** Inflates only as many bytes of a gigabyte of zeros as the header promises. */
    @Test
    void imagesThatInflateWithoutEnd() throws IOException {
        byte[] images = TestImages.images(ROWS, CLASSES, 5, 1);
        Path labels = Files.write(temporary.resolve("labels"), TestImages.labels(ROWS, CLASSES));
        Path bomb = temporary.resolve("images");
        writeBomb(bomb, images, 1 << 30);
        IdxExamples examples = IdxExamples.inspect(bomb.toString(), labels.toString(), CLASSES, CONFIGURATION);
        long started = System.nanoTime();
        UserException refused = assertThrows(
                UserException.class, () -> read(examples.read(spark(), 1).points()));
        assertTrue(refused.getMessage().endsWith("as its header says, found more"), refused.getMessage());
        assertTrue(System.nanoTime() - started < 2_000_000_000L, "inflated it all");
    }

    @Test
    void refusesBinaryDataAsText() throws IOException {
        Path bomb = temporary.resolve("points.txt.gz");
        writeBomb(bomb, "0 1:1\n".getBytes(StandardCharsets.UTF_8), 1 << 30);
        assertNoText(bomb);
        Path binary = temporary.resolve("points.txt");
        try (RandomAccessFile file = new RandomAccessFile(binary.toFile(), "rw")) {
            file.writeBytes("0 1:1\n");
            file.setLength(3L << 30);
        }
        assertNoText(binary);
    }

    private static void assertNoText(Path file) {
        LibsvmExamples text = LibsvmExamples.inspect(file.toString(), CONFIGURATION);
        UserException refused = assertThrows(UserException.class, () -> text.read(spark(), 0, null, 1));
        assertTrue(refused.getMessage().endsWith("is it text at all?"), refused.getMessage());
    }

    /** A gzipped file is a sequence of members, here copies of one member of zeros. */
    private static void writeBomb(Path file, byte[] start, int zeros) throws IOException {
        byte[] member = TestImages.gzip(new byte[1 << 20]);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(TestImages.gzip(start));
            for (int i = 0; i < zeros; i += 1 << 20) {
                out.write(member);
            }
        }
    }

    private static byte[] maybeGzipped(Random random, byte[] bytes) {
        return switch (random.nextInt(5)) {
            case 0 -> bytes;
            case 1 -> TestImages.gzip(DamagedInput.damage(bytes, random));
            case 2 -> DamagedInput.damage(TestImages.gzip(bytes), random);
            default -> DamagedInput.damage(bytes, random);
        };
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        boolean gzipped = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        return gzipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes;
    }

    /** The expected lines of accepted files, which are therefore complete. */
    private static List<String> expectedOfImages(byte[] images, byte[] labels) {
        ByteBuffer header = ByteBuffer.wrap(images);
        int count = header.getInt(4);
        int size = header.getInt(8) * header.getInt(12);
        assertEquals(IMAGE_HEADER + count * size, images.length);
        assertEquals(LABEL_HEADER + count, labels.length);
        assertEquals(count, ByteBuffer.wrap(labels).getInt(4));
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder row = new StringBuilder().append((double) labels[LABEL_HEADER + i]);
            for (int j = 0; j < size; j++) {
                int pixel = images[IMAGE_HEADER + i * size + j] & 0xFF;
                row.append(pixel == 0 ? "" : " " + j + ":" + (double) pixel);
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static List<String> expectedOfText(byte[] text, int features) {
        List<String> rows = new ArrayList<>();
        for (String line : new String(text, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
            String example = line.replaceFirst("#.*", "").trim();
            if (!example.isEmpty()) {
                String[] items =
                        example.replaceFirst("^([^ ]+) +qid:[0-9]+", "$1").split(" +", -1);
                StringBuilder row = new StringBuilder().append(Double.parseDouble(items[0]));
                for (int i = 1; i < items.length; i++) {
                    int colon = items[i].indexOf(':');
                    int index = Integer.parseInt(items[i].substring(0, colon)) - 1;
                    assertEquals(true, index < features);
                    row.append(' ').append(index).append(':').append(Double.parseDouble(items[i].substring(colon + 1)));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static List<String> read(JavaRDD<LabeledPoint> points) {
        return SparkFailures.unwrap(() -> points.map(DamagedDataTest::text).collect());
    }

    private static String text(LabeledPoint point) {
        StringBuilder row = new StringBuilder().append(point.label());
        point.features().foreachActive((index, value) -> {
            row.append(' ').append(index).append(':').append(value);
            return scala.runtime.BoxedUnit.UNIT;
        });
        return row.toString();
    }
}
