package io.sparkperceptron.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.SparkTest;
import io.sparkperceptron.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFilesTest extends SparkTest {

    @TempDir
    Path temporary;

    /** Spark does not name the file when it looks for columns, and not always when it reads rows. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aDamagedFileIsNamed(String format) throws IOException {
        Path good = write(format);
        byte[] bytes = Files.readAllBytes(good);
        byte[] damagedEnd = bytes.clone();
        Arrays.fill(damagedEnd, bytes.length - 300, bytes.length - 20, (byte) 0x55);
        byte[] damagedRows = bytes.clone();
        Arrays.fill(damagedRows, 100, 4000, (byte) 0x55);
        Path table = Files.createDirectory(temporary.resolve("table"));
        for (byte[] damaged : List.of(damagedEnd, damagedRows, Arrays.copyOf(bytes, bytes.length / 2), new byte[0])) {
            Path bad = Files.write(table.resolve("bad." + format), damaged);
            assertNamed(bad, refusal(table, format));
            Files.copy(good, table.resolve("good." + format));
            if (damaged.length > 0) {
                assertNamed(bad, refusal(table, format));
            }
            Files.delete(table.resolve("good." + format));
        }
    }

    @Test
    void anUnknownFormatIsRefusedWithTheKnownOnes() {
        assertEquals(
                "Expected a format of tables that this Spark knows, binaryFile, csv, image, json, libsvm, orc, parquet,"
                        + " text or the name of a class, found 'nosuch'",
                refusal(temporary, "nosuch").replace(", text, xml or", ", text or"));
    }

    private static void assertNamed(Path file, String message) {
        assertTrue(message.contains(file.toString()), message);
    }

    private String refusal(Path table, String format) {
        DataSettings.Tables tables = new DataSettings.Tables(
                table.toString(), table.toString(), format, List.of("x", "y"), null, "label", null, Map.of());
        DataSettings settings = new DataSettings(tables, null, null, null, 0, 1);
        return assertThrows(UserException.class, () -> DataFiles.inspect(settings, new Configuration())
                        .read(spark(), 1))
                .getMessage();
    }

    /** Writes a file of 2000 rows. */
    private Path write(String format) throws IOException {
        Path folder = temporary.resolve("written");
        TrainingData.sql(spark())
                .range(2000)
                .selectExpr("cast(id % 3 as int) label", "rand(1) x", "rand(2) y")
                .coalesce(1)
                .write()
                .format(format)
                .save(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
