package io.sparkperceptron.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.TestImages;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.feature.LabeledPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibsvmExamplesTest extends SparkTest {

    @TempDir
    Path temporary;

    @Test
    void namesTheFileAndTheLineOfAnError() throws IOException {
        write("part-0", "0 1:1\n");
        write("part-1", "# comment\n0 1:1\n\n1 2:x\n1 1:1\n");
        assertEquals(
                "In line 4 of file:" + temporary + "/part-1: expected index:value with a finite value, found '2:x'",
                refusal(temporary.toString()));
    }

    @Test
    void skipsCommentsAndQueries() throws IOException {
        String plain = "1 1:0.5 3:2\n0 2:-1\n1\n";
        Path text = write("plain.txt", plain);
        List<LabeledPoint> expected = read(text.toString()).points().collect();
        write("plain.txt", "# ranked\n1 qid:7 1:0.5 3:2 # best\n  # nothing\n0 2:-1# worst\n\n1 qid:8 #\n");
        Examples examples = read(text.toString());
        assertEquals(expected, examples.points().collect());
        assertEquals(3, examples.features());
        assertEquals(List.of(3L), examples.partitionRows());
    }

    @Test
    void namesTheLineOfAMalformedQuery() throws IOException {
        Path text = write("ranked.txt", "1 qid:7 1:1 # good\n1 qid:x 1:1\n");
        assertEquals(
                "In line 2 of file:" + text + ": expected qid:query with a whole number as query, found 'qid:x'",
                refusal(text.toString()));
    }

    @Test
    void refusesTextWithoutExamples() throws IOException {
        Path text = write("empty.txt", "");
        assertEquals("Expected at least one example in " + text + ", but the file is empty", refusal(text.toString()));
        write("empty.txt", "# nothing\n\n");
        assertTrue(refusal(text.toString()).startsWith("Expected at least one example in "));
    }

    @Test
    void namesDamagedCompressedText() throws IOException {
        Path text = temporary.resolve("points.txt.gz");
        byte[] packed = TestImages.gzip("0 1:1\n1 1:2\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        Files.write(text, Arrays.copyOf(packed, packed.length - 9));
        String message = refusal(text.toString());
        assertTrue(message.startsWith("Cannot read file:" + text + ": "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a[1]", "_hidden", "{a}", "a:b"})
    void saysWhichFilesSparkCannotRead(String name) throws IOException {
        write("a1", "0 1:1\n");
        Path text = write(name, "0 1:1\n");
        String message = refusal(text.toString());
        assertTrue(message.endsWith("Spark's text reader cannot read it, found file:" + text + "; rename it"), message);
    }

    @Test
    void aFolderOrAGlobIsItsFilesInTheOrderOfTheirNames() throws IOException {
        write("part-1", "1 2:1\n1 2:1");
        write("part-0", "0 1:1\n");
        write("_SUCCESS", "");
        for (String path : List.of(temporary.toString(), temporary + "/part-*")) {
            Examples examples = read(path);
            assertEquals(2, examples.features());
            assertEquals(2, examples.classes());
            List<LabeledPoint> points = examples.points().collect();
            assertEquals(
                    List.of(0.0, 1.0, 1.0),
                    points.stream().map(LabeledPoint::label).toList());
        }
    }

    /** The number of rows limits the tasks that read, like the partitions of blocks. */
    @Test
    void readsAtMostOnePartitionPerThousandRows() throws IOException {
        Path text = write("points.txt", "1 1:0.5 2:1\n0 2:-1\n".repeat(150));
        LibsvmExamples small = LibsvmExamples.inspect(text.toString(), new Configuration());
        assertEquals(List.of(300L), small.read(spark(), 0, null, 1_000_000).partitionRows());
        write("points.txt", "1 1:0.5 2:1\n0 2:-1\n".repeat(10_000));
        LibsvmExamples large = LibsvmExamples.inspect(text.toString(), new Configuration());
        List<Long> rows = large.read(spark(), 0, null, 1_000_000).partitionRows();
        assertTrue(rows.size() >= 15 && rows.size() <= 25, rows.toString());
        assertEquals(3, large.read(spark(), 0, null, 3).partitionRows().size());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text);
    }

    private static String refusal(String path) {
        return assertThrows(UserException.class, () -> read(path)).getMessage();
    }

    private static Examples read(String path) {
        return LibsvmExamples.inspect(path, new Configuration()).read(spark(), 0, null, 1);
    }
}
