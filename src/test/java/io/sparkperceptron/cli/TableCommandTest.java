package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables as data, and starts at a trained model. */
class TableCommandTest extends CommandTest {

    private static final int PIXELS = CLASSES * 8;

    @Test
    void tablesGiveTheBitsOfImages() throws IOException {
        assertEquals(0, train("--epochs", "3"), () -> errors);
        byte[] expected = Files.readAllBytes(weights());

        // Spark splits the larger file and reads it first, but rows keep the order of the file names.
        writeCsv("train", "a.csv", 1200, 0, 100);
        writeCsv("train", "b.csv", 1200, 100, 1200);
        writeCsv("test", "a.csv", 600, 0, 600);
        assertEquals(0, trainTables("--features-prefix", "pixel", "--partitions", "3"), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));
        assertTrue(Files.exists(output.resolve("metrics.parquet/_SUCCESS")));
        assertTrue(Files.exists(output.resolve("summary.parquet/_SUCCESS")));

        assertEquals(0, train("--overwrite", "--epochs", "0"), () -> errors);
        assertFalse(Files.exists(output.resolve("metrics.parquet")), "left behind by an earlier training");

        assertEquals(1, trainTables("--features-prefix", "dot"));
        assertSentence("Expected columns whose names begin with 'dot' in ");
        assertEquals(1, trainTables("--features-prefix", "pixel", "--table-format", "nonsense"));
        assertSentence("nonsense");
        assertEquals(2, train("--order-by", "id"));
        assertSentence("go with --train-table");
    }

    @Test
    void modelAndPageNameTheColumnsWithAnyCharacters() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Files.writeString(table, "label,</script><b>&amp;,x y\n0,0.5,1\n1,1,5\n0,2.5,3\n1,3,5\n");
        // The second replaces the first.
        assertEquals(
                0,
                trainXY(table, "--features-column", "x", "--features-column", "</script><b>&amp;,x y"),
                () -> errors);
        assertTrue(Files.readString(output.resolve("models/logistic-0.5/model.json"))
                .contains("\"featureNames\" : [ \"</script><b>&amp;\", \"x y\" ]"));
        String page = Files.readString(output.resolve("report.html"));
        assertTrue(page.contains("\"featureNames\":[\"\\u003c/script"), "names are no markup");
        assertFalse(page.contains("</script><b>"));
    }

    @Test
    void rowsWithValuesBehindTheLastColumnAreRefused() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Files.writeString(table, "label,x,y,note\n0,0.5,1,a\n1,1,5,2\n0,2.5,3,a,b\n1,3,5,1\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected no value behind the last column in row 2 of " + table
                + ", found 'b'; quote values that hold the separator, and write decimals with a point");

        // A separator or missing values at the end of a line shift no values.
        Files.writeString(table, "label,x,y,note\n0,0.5,1,a,\n1,1.5,2, ,\n0,2.5,3\n1,3.5,\"4\",\"a,b\", \n");
        assertEquals(0, trainXY(table), () -> errors);
        assertEquals(0, trainXY(table, "--order-by", "x"), () -> errors);
    }

    @Test
    @Tag("thorough")
    void textsAndTruthValuesAreLabels() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Files.writeString(table, "label,x,y\nwolf,0.5,1\n\"cat, or dog\",1,5\nwolf,2.5,3\n\"cat, or dog\",3,5\n");
        assertEquals(0, trainXY(table), () -> errors);
        assertTrue(printed.contains("Labels as classes: cat, or dog is 0, wolf is 1"), printed);
        byte[] weights = Files.readAllBytes(weights());
        String labels = "\"labels\" : [ \"cat, or dog\", \"wolf\" ]";
        assertTrue(Files.readString(output.resolve("models/logistic-0.5/model.json"))
                .contains(labels));
        assertTrue(Files.readString(output.resolve("run.json")).contains(labels));
        assertTrue(Files.readString(output.resolve("images/logistic-0.5/confusion.csv"))
                .startsWith("label,\"predicted_cat, or dog\",predicted_wolf\n\"cat, or dog\","));
        assertTrue(Files.readString(output.resolve("report.html")).contains("\"labels\":[\"cat, or dog\",\"wolf\"]"));
        Path text = temporary.resolve("rows.libsvm");
        Files.writeString(text, "0 1:1 2:5\n1 1:0.5 2:1\n");
        assertEquals(0, run("evaluate", "--model", output.toString(), "--libsvm", text.toString()), () -> errors);
        assertTrue(printed.contains("cat, or dog  "), printed);
        assertEquals(0, run("predict", "--model", output.toString(), "--libsvm", text.toString()), () -> errors);
        assertTrue(printed.startsWith("row,label,score\n0,\"cat, or dog\","), printed);

        Files.writeString(table, "label,x,y\ntrue,0.5,1\nfalse,1,5\nTRUE,2.5,3\nfalse,3,5\n");
        assertEquals(0, trainXY(table), () -> errors);
        assertTrue(printed.contains("Labels as classes: false is 0, true is 1"), printed);
        assertArrayEquals(weights, Files.readAllBytes(weights()));
        assertEquals(0, trainXY(table, "--classes", "2"), () -> errors);
        assertFalse(printed.contains("Labels as classes"), printed);
        assertArrayEquals(weights, Files.readAllBytes(weights()));
    }

    @Test
    @Tag("thorough")
    void labelsOfAnotherKindAreRefused() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Path test = temporary.resolve("test.csv");
        Files.writeString(table, "label,x,y\ntrue,0.5,1\nfalse,1,5\n");
        Files.writeString(test, "label,x,y\ntrue,0.5,1\nmaybe,1,5\n");
        assertEquals(1, trainXY(table, "--test-table", test.toString()));
        assertSentence("Expected one of the training set's labels, false, true in row 1 of " + test + ", found maybe");
        Files.writeString(table, "label,x,y\n0,0.5,1\n1,1,5\n");
        assertEquals(1, trainXY(table, "--test-table", test.toString()));
        assertSentence(
                "Expected a label from 0 to 1 in the column 'label' of " + test + ", found string, 'true' in row 0");
        Files.writeString(table, "label,x,y\n0,0.5,1\n?,1,5\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected labels that are all numbers, or none of them, in the column 'label' of " + table
                + ", found numbers, '?' in row 1");
        Files.writeString(table, "label,x,y\nwolf,0.5,1\nwolf,1,5\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected at least two labels in " + table + ", found only wolf");
    }

    @Test
    @Tag("thorough")
    void whatCannotBeFeaturesIsNamedWithItsRow() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Files.writeString(table, "label,x,y\n0,0.5,1\n1,?,5\n0,2.5,3\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected numbers in the column 'x' of " + table
                + ", found string, '?' in row 1; drop such rows, or put numbers in their place");
        Files.writeString(table, "label,x,y\n0,,1\n1,,5\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected a finite number in the column 'x' in row 0 of " + table + ", found null");
        Files.writeString(table, "label,x,y\n");
        assertEquals(1, trainXY(table));
        assertSentence("Expected at least one example in " + table + ", found none");
    }

    @Test
    @Tag("thorough")
    void readersTakeOptionsAndPathsAnyCharacters() throws IOException {
        Path plain = temporary.resolve("rows.csv");
        Files.writeString(plain, "label,x,y\n0,0.5,1\n1,1,5\n0,2.5,3\n1,3.5,5\n");
        assertEquals(0, trainXY(plain), () -> errors);
        byte[] expected = Files.readAllBytes(weights());

        Path folder = Files.createDirectories(temporary.resolve("größe [1] {a} 100%20"));
        Path odd = folder.resolve("it's a*b?\\[x].csv");
        Files.writeString(odd, "ja;0.5;1\nn\u00e4;1;5\nja;2.5;3\nn\u00e4;3.5;\"5\"\n", StandardCharsets.ISO_8859_1);
        String[] dialect = {
            "--features-column",
            "_c1,_c2",
            "--label-column",
            "_c0",
            "--table-options",
            "sep=;,header=false,encoding=ISO-8859-1"
        };
        assertEquals(0, trainXY(odd, dialect), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));
        assertTrue(printed.contains("ja is 0, n\u00e4 is 1"), printed);
        assertEquals(1, trainXY(odd, with(dialect, "--table-options", "multiLine=true")));
        assertSentence("Expected a path that has none of * ? [ ] { } \\ with multiLine, ");
        Path lines = temporary.resolve("größe 100%20.csv");
        Files.writeString(lines, "label,x,y,\"no\nte\"\n0,0.5,1,\"a\nb\"\n1,1,5,\n0,2.5,3,c\n1,3.5,5,\n");
        assertEquals(0, trainXY(lines, "--table-options", "multiLine=true"), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));
        Files.writeString(lines, "label,x,y\n0,0.5,1\n1,1,5,2\n0,2.5,3\n");
        assertEquals(1, trainXY(lines, "--table-options", "multiLine=true"));
        assertSentence(
                "Expected a value for each column in row 1 of " + lines + ", and no more, found '1,1,5,2'; quote ");

        Files.writeString(folder.resolve("10:30.txt"), "in the way");
        Files.move(odd, folder.resolve("rows.csv"));
        Path glob = temporary.resolve("gr*").resolve("{rows,columns}*.csv");
        assertEquals(0, trainXY(glob, dialect), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));

        Files.writeString(plain, "label,x,y\n0,0.5,1\n1,1,NA\n0,2.5,3\n1,3.5,5,9\n");
        assertEquals(1, trainXY(plain, "--table-options", "nullValue=NA"));
        assertSentence("Expected a finite number in the column 'y' in row 1 of " + plain + ", found null");
        Files.writeString(plain, "label,x,y\n0,0.5,1\n1,1,2\n0,2.5,3\n1,3.5,5,9\n");
        assertEquals(1, trainXY(plain, "--table-options", "nullValue=NA"));
        assertSentence("Expected no value behind the last column in row 3 of " + plain + ", found '9'");
        assertEquals(1, trainXY(plain, "--table-options", "seperator=;"));
        assertSentence("Expected options that Spark's reader of csv knows, found 'seperator'; it knows basePath, ");
        assertEquals(1, trainXY(plain, "--table-options", "encoding=nosuch"));
        assertSentence("Expected an encoding that this Java knows, ");
        assertEquals(2, trainXY(plain, "--table-options", "sep"));
        assertEquals(2, train("--table-options", "sep=,"));
        assertSentence("go with --train-table");
    }

    @Test
    @Tag("thorough")
    void arraysAreFeatures() throws IOException {
        Path table = temporary.resolve("rows.csv");
        Files.writeString(table, "label,x,y\n0,0.5,1\n1,1,5\n0,2.5,3\n");
        assertEquals(0, trainXY(table), () -> errors);
        byte[] expected = Files.readAllBytes(weights());
        Path arrays = temporary.resolve("rows.json");
        Files.writeString(
                arrays, "{'label':0,'v':[0.5,1]}\n{'label':1,'v':[1,5]}\n{'label':0,'v':[2.5,3]}\n".replace('\'', '"'));
        assertEquals(0, trainXY(arrays, "--features-column", "v"), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));
    }

    private int trainXY(Path table, String... options) {
        return run(with(
                new String[] {
                    "train",
                    "--train-table",
                    table.toString(),
                    "--test-table",
                    table.toString(),
                    "--epochs",
                    "2",
                    "--overwrite",
                    "--output",
                    output.toString()
                },
                options.length > 1 && options[0].equals("--features-column")
                        ? options
                        : with(new String[] {"--features-column", "x,y"}, options)));
    }

    @Test
    @Tag("thorough")
    void aTrainingStartsFromAModel() throws IOException {
        assertEquals(0, train("--epochs", "5"), () -> errors);
        byte[] expected = Files.readAllBytes(weights());
        assertEquals(0, train("--overwrite", "--epochs", "2"), () -> errors);
        Path model = temporary.resolve("model");
        Files.createDirectories(model);
        for (String name : List.of("model.json", "weights.npy")) {
            Files.copy(output.resolve("models/logistic-0.5").resolve(name), model.resolve(name));
        }
        assertEquals(0, train("--overwrite", "--epochs", "3", "--init", "model:" + model), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights()));

        assertEquals(0, train("--resume", "--epochs", "3", "--init", "model:" + model), () -> errors);
        assertEquals(1, train("--resume", "--epochs", "3"));
        assertSentence("expected its starting weights, model ");
        assertEquals(1, train("--overwrite", "--init", "model:" + model, "--scaling", "none"));
        assertSentence("Expected a model to start from whose features are scaled as the data are, none, found pixel");
        assertEquals(1, train("--overwrite", "--init", "model:" + model, "--classes", "12"));
        assertSentence("Expected a model to start from with the data's 48 features and ");
        assertEquals(1, train("--overwrite", "--init", "model:" + temporary.resolve("nowhere")));
        assertSentence("No file ");
    }

    private int trainTables(String... options) {
        return run(with(
                new String[] {
                    "train",
                    "--train-table",
                    temporary.resolve("train").toString(),
                    "--test-table",
                    temporary.resolve("test").toString(),
                    "--table-format",
                    "csv",
                    "--classes",
                    "10",
                    "--scaling",
                    "pixel",
                    "--epochs",
                    "3",
                    "--overwrite",
                    "--parquet",
                    "--output",
                    output.toString()
                },
                options));
    }

    private Path weights() {
        return output.resolve("models/logistic-0.5/weights.npy");
    }

    /** Some of the rows of {@link TestImages#writeFolder}. */
    private void writeCsv(String folder, String name, int rows, int from, int to) throws IOException {
        String prefix = folder.equals("train") ? "train" : "t10k";
        byte[] images = Files.readAllBytes(data.resolve(prefix + "-images-idx3-ubyte"));
        byte[] labels = Files.readAllBytes(data.resolve(prefix + "-labels-idx1-ubyte"));
        StringBuilder text = new StringBuilder("id,label");
        for (int j = 0; j < PIXELS; j++) {
            text.append(",pixel").append(j);
        }
        text.append("\n");
        for (int i = from; i < to; i++) {
            text.append(i).append(",").append(labels[labels.length - rows + i]);
            for (int j = 0; j < PIXELS; j++) {
                text.append(",").append(images[images.length - (rows - i) * PIXELS + j] & 0xFF);
            }
            text.append("\n");
        }
        Files.createDirectories(temporary.resolve(folder));
        Files.writeString(temporary.resolve(folder).resolve(name), text);
    }
}
