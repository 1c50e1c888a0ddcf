package io.sparkperceptron.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.storage.Folder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads model files with generated damage. */
@Timeout(300)
@Tag("damage")
class DamagedModelTest {

    private static final int ROWS = 3;
    private static final int COLUMNS = 5;

    @TempDir
    Path temporary;

    @Test
    void matrices(TestReporter reporter) throws IOException {
        byte[] file = matrix();
        DamagedInput.forEach(1500, reporter, random -> {
            byte[] damaged = DamagedInput.damage(file, random);
            NpyFormat.Matrix read = NpyFormat.read(new ByteArrayInputStream(damaged), damaged.length, "weights.npy");
            int header = damaged.length - Double.BYTES * read.rows() * read.columns();
            String shape = "(" + read.rows() + ", " + read.columns() + ")";
            assertEquals(true, new String(damaged, 0, header, StandardCharsets.ISO_8859_1).contains(shape));
            double[] values = new double[read.rows() * read.columns()];
            ByteBuffer.wrap(damaged, header, damaged.length - header)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(values);
            assertArrayEquals(values, read.values());
        });
    }

    @Test
    void models(TestReporter reporter) throws IOException {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        ModelDescription description = new ModelDescription(
                "mse-2",
                "mse",
                List.of(2.0, 0.5, 0.9),
                7,
                ROWS,
                null,
                COLUMNS - 1,
                null,
                "pixel",
                new ImageShape(2, 2),
                "ab".repeat(32),
                "0.1");
        ModelFiles.save(description, new PerceptronModel(ROWS, COLUMNS - 1, values()), FeatureFactors.NONE, folder);
        byte[] json = Files.readAllBytes(temporary.resolve(ModelFiles.DESCRIPTION));
        byte[] weights = Files.readAllBytes(temporary.resolve(ModelFiles.WEIGHTS));
        DamagedInput.forEach(1000, reporter, random -> {
            int which = random.nextInt(10);
            Files.write(
                    temporary.resolve(ModelFiles.DESCRIPTION),
                    which == 0 ? weights : which < 6 ? DamagedInput.damage(json, random) : json);
            Files.write(
                    temporary.resolve(ModelFiles.WEIGHTS),
                    which == 0 ? json : which < 6 ? weights : DamagedInput.damage(weights, random));
            ModelFiles.Stored stored = ModelFiles.load(folder);
            assertEquals(ROWS, stored.model().classes());
            assertEquals(COLUMNS - 1, stored.description().features());
            if (which < 6) {
                assertArrayEquals(values(), stored.model().toArray());
            }
        });
    }

    private static byte[] matrix() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFormat.write(ROWS, COLUMNS, List.of(new NpyFormat.Matrix(ROWS, COLUMNS, values())), out);
        return out.toByteArray();
    }

    private static double[] values() {
        double[] values = new double[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(i);
        }
        return values;
    }
}
