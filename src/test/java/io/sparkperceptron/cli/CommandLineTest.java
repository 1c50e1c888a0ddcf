package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.TestImages;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.FolderLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands with arguments as typed. Each command starts its own Spark. */
class CommandLineTest extends CommandTest {

    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @Test
    void trainsEvaluatesAndPredicts() throws IOException {
        assertEquals(0, train("--epochs", "30", "--loss", "logistic,mse", "--learning-rate", "1"), () -> errors);
        assertEquals(
                1 + 2 * 31, Files.readAllLines(output.resolve("metrics.csv")).size());
        for (String run : List.of("logistic-1", "mse-1")) {
            for (String file : List.of(
                    "models/" + run + "/model.json",
                    "models/" + run + "/weights.npy",
                    "images/" + run + "/digit-0.png",
                    "images/" + run + "/digit-5.png",
                    "images/" + run + "/weights.png",
                    "images/" + run + "/weight-histogram.png",
                    "images/" + run + "/weight-histogram.csv",
                    "images/" + run + "/confusion.png",
                    "images/" + run + "/confusion.csv",
                    "images/" + run + "/misclassified.png",
                    "curves/error.png",
                    "curves/error.svg",
                    "curves/cost.png",
                    "curves/cost.svg",
                    "run.json",
                    "report.html",
                    "summary.csv",
                    "images/examples.png",
                    "images/sample.png")) {
                assertTrue(Files.size(output.resolve(file)) > 0, file);
            }
        }
        assertTrue(printed.contains("Results are in file:" + output), printed);
        List<String> last = Files.readAllLines(output.resolve("metrics.csv"));
        double testError = Double.parseDouble(last.get(last.size() - 2).split(",", -1)[7]);
        assertTrue(testError < 0.05, "test error " + testError);

        assertEquals(
                0, run("evaluate", "--model", output + "/models/logistic-1", "--data", data.toString()), () -> errors);
        long wrong = Math.round(testError * 600);
        assertTrue(printed.contains("(" + wrong + " of 600)"), printed);

        Path csv = temporary.resolve("predictions.csv");
        assertEquals(
                0,
                run(
                        "predict",
                        "--model",
                        output + "/models/logistic-1",
                        "--images",
                        data.resolve("t10k-images-idx3-ubyte").toString(),
                        "--output",
                        csv.toString()),
                () -> errors);
        List<String> rows = Files.readAllLines(csv);
        assertEquals("row,label,score", rows.get(0));
        assertEquals(601, rows.size());
        long missed = 0;
        for (int i = 0; i < 600; i++) {
            String[] row = rows.get(i + 1).split(",", -1);
            assertEquals(i, Integer.parseInt(row[0]));
            missed += Integer.parseInt(row[1]) == i % CLASSES ? 0 : 1;
            double score = Double.parseDouble(row[2]);
            assertTrue(score > 0 && score < 1);
        }
        assertEquals(wrong, missed);

        String[] again = {"predict", "--model", output + "/models/logistic-1", "--data", data.toString(), "--output"};
        assertEquals(1, run(with(again, csv.toString())));
        assertSentence("exists; name another with --output");
        assertEquals(1, run(with(again, output.toString(), "--overwrite")));
        assertSentence("there is a folder or device of that name");
        assertEquals(0, run(with(again, csv.toString(), "--overwrite")), () -> errors);
        assertEquals(rows, Files.readAllLines(csv));

        Path folder = temporary.resolve("parts");
        for (String more : List.of("--partitions=3", "--overwrite")) {
            assertEquals(0, run(with(again, folder.toString(), "--parts", more)), () -> errors);
            assertEquals("Predictions are in the folder file:" + folder, printed.strip());
            List<String> inParts = new ArrayList<>(List.of("row,label,score"));
            for (int part = 0; Files.exists(folder.resolve("part-0000" + part)); part++) {
                List<String> lines = Files.readAllLines(folder.resolve("part-0000" + part));
                assertEquals("row,label,score", lines.remove(0));
                inParts.addAll(lines);
            }
            assertEquals(rows, inParts);
        }
        Files.writeString(folder.resolve("thesis.txt"), "x");
        assertEquals(1, run(with(again, folder.toString(), "--parts", "--overwrite")));
        assertSentence("Expected only earlier predictions in file:" + folder + ", found 'thesis.txt'");
        assertEquals(2, run("predict", "--model", output.toString(), "--data", data.toString(), "--parts"));
        assertTrue(errors.startsWith("error: expected --output with --parts"), errors);

        assertEquals(1, run("evaluate", "--model", output.toString(), "--data", data.toString()));
        assertTrue(errors.contains("found logistic-1, mse-1; name one with --model"), errors);

        String[] export = {"export", "--model", output + "/models/mse-1", "--to", temporary.resolve("onnx") + ""};
        assertEquals(0, run(export), () -> errors);
        assertEquals(1, run(export));
        assertSentence("exists; name another with --to, or replace it with --overwrite");
    }

    @Test
    @Tag("thorough")
    void aGridIsTrainedInOnePassAndItsRunsSayWhatWasVaried() throws IOException {
        assertEquals(
                0,
                train("--epochs", "3", "--learning-rate", "0.1..0.4:3,0.4,2", "--l2", "0,1e-3", "--momentum", "0.5"),
                () -> errors);
        assertEquals(
                List.of(
                        "logistic-0.1-l2-0",
                        "logistic-0.1-l2-0.001",
                        "logistic-0.2-l2-0",
                        "logistic-0.2-l2-0.001",
                        "logistic-0.4-l2-0",
                        "logistic-0.4-l2-0.001",
                        "logistic-2-l2-0",
                        "logistic-2-l2-0.001"),
                names("models"));
        List<String> metrics = Files.readAllLines(output.resolve("metrics.csv"));
        assertEquals(1 + 4 * 8, metrics.size());
        assertTrue(metrics.get(0).endsWith(",validation_error,l2,momentum,fold,penalty,digest"), metrics.get(0));
        assertTrue(metrics.get(2).matches(".*,,,0.001,0.5,,0.0,[0-9a-f]{16}"), metrics.get(2));
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"momentum\" : [ 0.5 ]"));
        byte[] summary = Files.readAllBytes(output.resolve("summary.csv"));
        assertEquals(0, run("report", output.toString()), () -> errors);
        assertTrue(Arrays.equals(summary, Files.readAllBytes(output.resolve("summary.csv"))));
    }

    @Test
    void modelsKeepTheBestWeightsAndThePageShowsTheLast() throws IOException {
        String[] options = {"--epochs", "40", "--learning-rate", "5", "--validation", "300", "--patience", "6"};
        assertEquals(0, train(options), () -> errors);
        byte[] last = Files.readAllBytes(output.resolve("models/logistic-5/weights.npy"));
        byte[] weights = Files.readAllBytes(output.resolve("images/logistic-5/weights.png"));
        assertEquals(0, train(with(options, "--keep", "best", "--overwrite")), () -> errors);
        Matcher told = Pattern.compile(
                        "Model of logistic-5: the weights of epoch (\\d+), whose validation error is least")
                .matcher(printed);
        assertTrue(told.find(), printed);
        Path model = output.resolve("models/logistic-5");
        assertTrue(Files.readString(model.resolve("model.json")).contains("\"epoch\" : " + told.group(1) + ","));
        assertTrue(Arrays.equals(last, Files.readAllBytes(model.resolve("last.npy"))));
        assertFalse(Arrays.equals(last, Files.readAllBytes(model.resolve("weights.npy"))));
        assertTrue(Arrays.equals(weights, Files.readAllBytes(output.resolve("images/logistic-5/weights.png"))));
        byte[] best = Files.readAllBytes(model.resolve("weights.npy"));
        assertEquals(0, run("report", output.toString()), () -> errors);
        assertTrue(printed.contains(told.group()), printed);
        assertTrue(Arrays.equals(weights, Files.readAllBytes(output.resolve("images/logistic-5/weights.png"))));
        assertEquals(1, train(with(options, "--resume")));
        assertSentence("expected its kept weights, best, found none; give the same --keep");
        output = temporary.resolve("short");
        assertEquals(0, train("--epochs", told.group(1), "--learning-rate", "5", "--validation", "300"), () -> errors);
        assertTrue(Arrays.equals(best, Files.readAllBytes(output.resolve("models/logistic-5/weights.npy"))));
    }

    @Test
    void trainsOnLibsvmText() throws IOException {
        Path text = temporary.resolve("points.txt");
        Files.writeString(text, "# three points\n0 1:1 2:-0.5\n1 1:-1 3:0.25\n2 2:4\n");
        assertEquals(
                0,
                run(
                        "train",
                        "--train-libsvm",
                        text.toString(),
                        "--test-libsvm",
                        text.toString(),
                        "--epochs",
                        "50",
                        "--output",
                        output.toString()),
                () -> errors);
        assertTrue(Files.exists(output.resolve("images/logistic-0.5/confusion.png")));
        assertFalse(Files.exists(output.resolve("images/logistic-0.5/weights.png")));
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"scaling\" : \"none\""));
        assertTrue(printed.contains("0.00 %"), printed);
        assertEquals(0, run("evaluate", "--model", output.toString(), "--libsvm", text.toString()), () -> errors);
        assertTrue(printed.contains("(0 of 3)"), printed);
    }

    @Test
    @Tag("thorough")
    void outputsHaveTheOriginalLabels() throws IOException {
        Path train = Files.writeString(temporary.resolve("train.txt"), "+1 1:1 # yes\n-1 qid:1 2:1\n-1 2:2\n");
        Path test = Files.writeString(temporary.resolve("test.txt"), "-1 2:1\n1 1:3\n1 1:1\n");
        String[] options = {"train", "--train-libsvm", train.toString(), "--output", output.toString(), "--epochs", "9"
        };
        assertEquals(0, run(with(options, "--test-libsvm", test.toString())), () -> errors);
        assertTrue(printed.startsWith("Labels as classes: -1 is 0, 1 is 1\n"), printed);
        assertEquals(
                List.of("label,predicted_-1,predicted_1", "-1,1,0", "1,0,2"),
                Files.readAllLines(output.resolve("images/logistic-0.5/confusion.csv")));
        String labels = "\"labels\" : [ -1, 1 ]";
        assertTrue(Files.readString(output.resolve("run.json")).contains(labels));
        Path model = output.resolve("models/logistic-0.5/model.json");
        assertTrue(Files.readString(model).contains(labels));

        assertEquals(0, run("evaluate", "--model", output.toString(), "--libsvm", test.toString()), () -> errors);
        assertTrue(printed.contains("\n   -1         1   100.00 %"), printed);
        assertTrue(printed.contains("\n         -1     1\n   -1     1     0\n    1     0     2\n"), printed);
        Files.writeString(test, "9 2:1\n7 1:3\n");
        assertEquals(0, run("predict", "--model", output.toString(), "--libsvm", test.toString()), () -> errors);
        List<String> rows = printed.lines().toList();
        assertTrue(rows.get(1).startsWith("0,-1,0.") && rows.get(2).startsWith("1,1,0."), printed);

        String sentence = ": expected one of the training set's labels, -1, 1, found '9'";
        assertEquals(1, run("evaluate", "--model", output.toString(), "--libsvm", test.toString()));
        assertSentence("In line 1 of file:" + test + sentence);
        assertEquals(1, run(with(options, "--overwrite", "--test-libsvm", test.toString())));
        assertSentence("In line 1 of file:" + test + sentence);

        Files.writeString(model, Files.readString(model).replace(labels, "\"labels\" : [ 1, -1 ]"));
        assertEquals(1, run("evaluate", "--model", output.toString(), "--libsvm", train.toString()));
        assertSentence("expected labels in ascending order, got -1 as that of class 1");
    }

    @Test
    @Tag("thorough")
    void standardScalingIsKeptWithTheModel() throws IOException {
        assertEquals(0, train("--scaling", "standard", "--epochs", "20"), () -> errors);
        List<String> last = Files.readAllLines(output.resolve("metrics.csv"));
        double testError = Double.parseDouble(last.get(last.size() - 1).split(",", -1)[7]);
        Path model = output.resolve("models/logistic-0.5");
        assertTrue(Files.readString(model.resolve("model.json")).contains("\"scaling\" : \"standard\""));
        String[] evaluate = {"evaluate", "--model", output.toString(), "--data", data.toString()};
        assertEquals(0, run(evaluate), () -> errors);
        assertTrue(printed.contains("(" + Math.round(testError * 600) + " of 600)"), printed);
        assertEquals(0, run("predict", "--model", output.toString(), "--data", data.toString()), () -> errors);
        long missed = printed.lines()
                .skip(1)
                .map(row -> row.split(",", -1))
                .filter(row -> Integer.parseInt(row[1]) != Integer.parseInt(row[0]) % CLASSES)
                .count();
        assertEquals(Math.round(testError * 600), missed);
        assertFailure(
                1,
                "expected its scaling, standard, found pixel; give the same --scaling",
                "--epochs",
                "20",
                "--resume");
        assertEquals(0, train("--scaling", "standard", "--epochs", "22", "--resume"), () -> errors);
        byte[] resumed = Files.readAllBytes(model.resolve("weights.npy"));
        assertEquals(0, train("--scaling", "standard", "--epochs", "22", "--overwrite"), () -> errors);
        assertTrue(Arrays.equals(resumed, Files.readAllBytes(model.resolve("weights.npy"))));

        Files.write(model.resolve("factors.npy"), Files.readAllBytes(model.resolve("weights.npy")));
        assertEquals(1, run(evaluate));
        assertSentence("Expected 1 x 48 factors in file:" + model + "/factors.npy as model.json beside it says, found");
        Files.delete(model.resolve("factors.npy"));
        assertEquals(1, run(evaluate));
        assertSentence("factors.npy");
    }

    @Test
    void anArgumentFileComesFirstAndOptionsWin() throws IOException {
        Path file = Files.writeString(temporary.resolve("my.args"), "# mine\n--learning-rate 1,2\n--epochs 3\n");
        assertEquals(0, train("@" + file, "--learning-rate", "4"), () -> errors);
        assertEquals(List.of("logistic-4"), names("models"));
        assertEquals(5, Files.readAllLines(output.resolve("metrics.csv")).size());
    }

    @Test
    @Tag("thorough")
    void overwritesOnlyResultsAndOnlyWhenTold() throws IOException {
        assertEquals(0, train("--epochs", "1"), () -> errors);
        assertFailure(
                1,
                "exists; name another with --output, replace it with --overwrite, or go on with --resume",
                "--epochs",
                "1");
        assertEquals(0, train("--epochs", "1", "--overwrite", "--learning-rate", "2"), () -> errors);
        assertEquals(List.of("logistic-2"), names("models"));
        Path pictures = Files.createDirectories(temporary.resolve("pictures/images"));
        Files.writeString(pictures.resolve("cat.jpg"), "miaow");
        assertEquals(
                1,
                run(
                        "train",
                        "--data",
                        data.toString(),
                        "--overwrite",
                        "--output",
                        temporary.resolve("pictures").toString()));
        assertSentence("found no run.json; name another folder");
        assertTrue(Files.exists(pictures.resolve("cat.jpg")));
        Files.writeString(output.resolve("thesis.txt"), "precious");
        assertFailure(1, "found 'thesis.txt'", "--epochs", "1", "--overwrite");
        assertTrue(Files.exists(output.resolve("metrics.csv")));
    }

    /** Balanced weights of equally large classes are 1, so the bits are the same. */
    @Test
    @Tag("thorough")
    void classesAreWeighted() throws IOException {
        String[] options = {"--epochs", "3", "--classes", "" + CLASSES, "--overwrite"};
        Path weights = output.resolve("models/logistic-0.5/weights.npy");
        assertEquals(0, train(options), () -> errors);
        byte[] plain = Files.readAllBytes(weights);
        assertFalse(Files.readString(output.resolve("run.json")).contains("balanced"));
        assertEquals(0, train(with(options, "--class-weight", "balanced")), () -> errors);
        assertArrayEquals(plain, Files.readAllBytes(weights));
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"classWeight\" : \"balanced\""));
        assertEquals(0, train(with(options, "--class-weight", "2:5")), () -> errors);
        assertFalse(Arrays.equals(plain, Files.readAllBytes(weights)));
        assertFailure(
                1,
                "Expected class weights for labels of the training set, 0 to 5, found one for 9; --class-weight sets"
                        + " the weights",
                with(options, "--class-weight", "2:5,9:1"));
    }

    @Test
    void refusesFoldsWhoseTrainingRowsHaveNoWeight() throws IOException {
        Path text = temporary.resolve("rare.libsvm");
        Files.writeString(text, "3 1:1\n".repeat(10) + "7 2:1\n");
        String[] rare = {
            "train", "--train-libsvm", text.toString(), "--test-libsvm", text.toString(), "--output", output.toString()
        };
        assertEquals(1, run(with(rare, "--folds", "4", "--class-weight", "3:0")));
        assertSentence("Expected a class weight above 0 for some training examples without fold ");
        assertTrue(errors.contains(", found none; --class-weight sets the weights"), errors);
    }

    @Test
    void resumesOnlyTheSameTraining() throws IOException {
        assertEquals(0, train("--epochs", "3", "--init", "normal:0.1", "--resume"), () -> errors);
        byte[] metrics = Files.readAllBytes(output.resolve("metrics.csv"));
        String before = "To go on with the training in file:" + output + ", expected its ";
        for (String[] other : new String[][] {
            {"runs, logistic-0.5, found mse-0.5; give the same --loss and --learning-rate, or", "--loss", "mse"},
            {"runs, logistic-0.5, found logistic-2; give the same --loss and", "--learning-rate", "2"},
            {"l2, 0, found 0.5; give the same --l2, or", "--l2", "0.5"},
            {"momentum, 0, found 0.9; give the same --momentum, or", "--momentum", "0.9"},
            {"starting weights, 0.1, found 0.0; give the same --init, or", "--init", "zeros"},
            {"seed, 1, found 2; give the same --seed, or", "--seed", "2"},
            {"tolerance, 0.0, found 0.5; give the same --tolerance, or", "--tolerance", "0.5"},
            {"class weights, none, found 3:2.0; give the same --class-weight, or", "--class-weight", "3:2"},
            {"scaling, pixel, found none; give the same --scaling, or", "--scaling", "none"},
            {"number of classes, 10, found 7; give the same --classes, or", "--classes", "7"}
        }) {
            assertFailure(
                    1, before + other[0], "--epochs", "3", "--init", "normal:0.1", "--resume", other[1], other[2]);
        }
        byte[] images = TestImages.images(1200, CLASSES, 8, 1);
        images[100] ^= 1;
        write(IMAGES, images);
        assertFailure(1, before + "fingerprint of the training set, ", "--init", "normal:0.1", "--resume");
        write(IMAGES, TestImages.images(1200, CLASSES, 8, 1));
        assertFailure(1, "ask for at least 3 epochs to go on", "--epochs", "2", "--init", "normal:0.1", "--resume");
        assertTrue(Arrays.equals(metrics, Files.readAllBytes(output.resolve("metrics.csv"))));
        assertEquals(0, train("--epochs", "5", "--init", "normal:0.1", "--resume"), () -> errors);
        assertEquals(1 + 6, Files.readAllLines(output.resolve("metrics.csv")).size());
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"resumedAtEpoch\" : 3"));
    }

    @Test
    @Tag("thorough")
    void resumesAKilledTraining() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve(FolderLock.NAME), lockOfAProcessThatIsGone());
        Files.writeString(output.resolve("..lock.writing"), "");
        Files.writeString(output.resolve(".run.json.writing"), "{");
        assertEquals(0, train("--epochs", "1"), () -> errors);
        Files.writeString(output.resolve(".metrics.csv.writing"), "epo");
        Files.createDirectories(output.resolve("checkpoints/epoch-000009"));
        assertEquals(0, train("--epochs", "2", "--resume"), () -> errors);
        assertEquals(0, train("--epochs", "1", "--overwrite"), () -> errors);
    }

    private String lockOfAProcessThatIsGone() throws Exception {
        Folder folder = Folder.at(temporary.resolve("another").toString(), new Configuration());
        FolderLock lock = FolderLock.acquire(folder);
        String mine = new String(folder.read(FolderLock.NAME, 1000), StandardCharsets.UTF_8);
        lock.close();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        return mine.replace(" " + ProcessHandle.current().pid() + " ", " " + gone.pid() + " ");
    }

    @Test
    @Tag("thorough")
    void nothingIsOverwrittenBeforeTheDataIsKnownToBeGood() throws IOException {
        assertEquals(0, train("--epochs", "1"), () -> errors);
        byte[] labels = TestImages.labels(1200, CLASSES);
        labels[8 + 900] = 77;
        write(LABELS, labels);
        assertFailure(1, "found 77 at byte 908", "--epochs", "1", "--overwrite");
        assertEquals(List.of("logistic-0.5"), names("models"));
    }

    @Test
    void aRateThatDrivesTheCostsToInfinityFailsTheRun() {
        assertFailure(1, "The run logistic-1E+300 diverged: at epoch 1", "--learning-rate", "1e300");
        assertTrue(errors.contains("try a smaller one such as 1E+299"), errors);
    }

    @Test
    void anOutputThatCannotBeWrittenIsFoundBeforeSparkStarts() throws IOException {
        output = Files.writeString(temporary.resolve("file"), "x").resolve("out");
        System.setProperty("spark.master", "no master can be called this");
        try {
            assertFailure(1, "Cannot write to file:" + output);
        } finally {
            aSmallSpark();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--learning-rate 0|expected a finite number above 0, got '0'",
                "--learning-rate -1|got '-1'",
                "--learning-rate NaN|got 'NaN'",
                "--learning-rate Infinity|got 'Infinity'",
                "--learning-rate fast|got 'fast'",
                "--learning-rate 0.1,,1|got ''",
                "--learning-rate 1,1|one of them twice",
                "--learning-rate 10..0.01:30|expected a range from a smaller rate to a larger one, got from 10 to"
                        + " 0.01, in",
                "--learning-rate 0.01..10|expected a range of rates as FIRST..LAST:COUNT, such as 0.01..10:30, got"
                        + " '0.01..10'",
                "--learning-rate 0.01..10:1|expected 2 to 10000 rates in a range, got 1, in '0.01..10:1'",
                "--learning-rate 0.01..10:many|expected 2 to 10000 rates in a range, got many",
                "--learning-rate 0..10:5|expected a finite number above 0, got '0'",
                "--learning-rate 1..:5|expected a finite number above 0, got ''",
                "--l2 -1|for option '--l2': expected a finite number of at least 0, got '-1'",
                "--l2 Infinity|got 'Infinity'",
                "--l2 0,much|got 'much'",
                "--l2 0,-0|expected runs that differ in loss, learning rate, l2 or momentum, got one of them twice",
                "--momentum 1|for option '--momentum': expected a number of at least 0 and below 1, got '1'",
                "--momentum -0.1|got '-0.1'",
                "--momentum NaN|got 'NaN'",
                "--folds 1|expected 2 to 100 folds, got 1",
                "--folds 101|expected 2 to 100 folds, got 101",
                "--folds 5 --validation 10|expected rows that are held out or folds, got 10 rows and 5 folds",
                "--held-out-scores|--held-out-scores goes with --folds, because the models without each fold"
                        + " score its rows",
                "--keep first|for option '--keep': expected last or best, got 'first'",
                "--keep best|--keep best goes with --validation, because the error of those rows chooses the"
                        + " weights",
                "--class-weight even|for option '--class-weight': expected 'balanced', or labels and weights such as"
                        + " 3:2.5,7:1",
                "--class-weight 3:-1|expected finite weights of at least 0, got -1.0 for the class 3",
                "--loss hinge|expected logistic or mse, got 'hinge'",
                "--optimizer sgd|expected descent or lbfgs, got 'sgd'",
                "--history 0|expected a whole number of at least 1, got '0'",
                "--epochs -1|expected at least 0 epochs, got -1",
                "--epochs many|'many' is not an int",
                "--init ones|expected zeros, normal:SIGMA with SIGMA above 0, or model:DIR",
                "--init normal:-1|expected zeros, normal:SIGMA with SIGMA above 0, or model:DIR",
                "--scaling log|expected none, pixel, unit-norm or standard, got 'log'",
                "--partitions 0|for option '--partitions': expected a whole number of at least 1, got '0'",
                "--classes 1|for option '--classes': expected a whole number of at least 2",
                "--features 5|--features goes with --train-libsvm",
                "--train-libsvm x|expected images, LIBSVM data or tables, got options for several",
                "--checkpoint-every 0|for option '--checkpoint-every': expected a whole number of at least 1",
                "--resume --overwrite|expected --resume or --overwrite, got both",
                "--nosuch 1|Unknown option",
                "@nosuch.args|No argument file nosuch.args"
            })
    void wrongUsageIsToldInOneSentenceAndExitsWithTwo(String options, String sentence) {
        assertFailure(2, sentence, options.split(" ", -1));
    }

    @Test
    void verboseAddsTheStackTrace() {
        assertEquals(1, run("train", "--data", temporary.resolve("nowhere").toString(), "--verbose"));
        assertTrue(errors.contains("\tat io.sparkperceptron."), errors);
    }

    @Test
    void aHugeStartIsBlamedOnTheStart() {
        assertFailure(
                1,
                "at epoch 0 its costs or weights were past all bounds; the starting weights (--init)",
                "--init",
                "normal:1e200");
        assertFailure(
                1,
                "at epoch 0 its costs or weights were past all bounds; the starting weights (--init) or the features"
                        + " (--scaling) are too large; so did the other run",
                "--overwrite",
                "--init",
                "normal:1e200",
                "--optimizer",
                "lbfgs",
                "--l2",
                "0,0.001");
    }

    @Test
    @Tag("thorough")
    void transposedImagesGiveTheBitsOfUprightImages() throws IOException {
        assertEquals(0, train("--epochs", "2"), () -> errors);
        Path weights = output.resolve("models/logistic-0.5/weights.npy");
        byte[] expected = Files.readAllBytes(weights);
        for (String name : List.of(IMAGES, "t10k-images-idx3-ubyte")) {
            byte[] upright = Files.readAllBytes(data.resolve(name));
            byte[] transposed = upright.clone();
            transposed[11] = 8;
            transposed[15] = CLASSES;
            for (int i = 0; i < upright.length - 16; i++) {
                int image = i / (8 * CLASSES) * 8 * CLASSES;
                int pixel = i % (8 * CLASSES);
                transposed[16 + image + pixel % 8 * CLASSES + pixel / 8] = upright[16 + i];
            }
            write(name, transposed);
        }
        assertEquals(0, train("--overwrite", "--epochs", "2", "--transpose-images"), () -> errors);
        assertArrayEquals(expected, Files.readAllBytes(weights));
        String[] evaluate = {"evaluate", "--model", output.toString(), "--data", data.toString()};
        assertEquals(1, run(evaluate));
        assertSentence("Expected what the model was trained on, images of 6x8 pixels, found images of 8x6 in ");
        assertEquals(0, run(with(evaluate, "--transpose-images")), () -> errors);
    }

    @Test
    @Tag("thorough")
    void moreWeightsThanFitAreRefused() throws IOException {
        Path text = Files.writeString(temporary.resolve("huge.txt"), "2000000000 1:1\n");
        assertEquals(1, run("train", "--train-libsvm", text.toString(), "--test-libsvm", text.toString()));
        assertSentence("Expected at least two labels in " + text + ", found only 2000000000");
        Files.writeString(text, "1 2000000000:1\n");
        assertEquals(1, run("train", "--train-libsvm", text.toString(), "--test-libsvm", text.toString()));
        assertSentence("found 2000000000 features and 2 classes in " + text + "; renumber the features, or hash them");
        Files.writeString(text, "1 1000000000:1\n");
        assertEquals(1, run("train", "--train-libsvm", text.toString(), "--test-libsvm", text.toString()));
        assertSentence("found 1000000000 features and 2 classes in " + text);
        assertTrue(errors.contains("give more memory with --driver-memory"), errors);
    }

    @Test
    void outputThatCannotBePrintedIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(full, true, StandardCharsets.UTF_8);
        assertEquals(1, Main.run(out, new PrintWriter(err, true), "--version"));
        assertTrue(err.toString().startsWith("error: Not everything could be printed"), err.toString());
    }

    @Test
    void noCommandIsWrongUsage() {
        assertEquals(2, run());
        assertTrue(
                errors.contains(
                        "Expected a command: train, report, evaluate, predict, stability, check-gradient, generate"),
                errors);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "--version", "train --help", "evaluate --help", "predict --help", "train --version"})
    void helpAndVersionSucceed(String arguments) {
        assertEquals(0, run(arguments.split(" ", -1)), () -> errors);
        assertFalse(printed.isBlank());
    }

    @Test
    void namesTheMissingFile() throws IOException {
        Files.delete(data.resolve(LABELS));
        assertFailure(1, "No file " + LABELS + " (or with .gz) in file:" + data);
        assertEquals(1, run("train", "--data", temporary.resolve("nowhere").toString()));
        assertTrue(errors.contains("No folder file:"), errors);
    }

    @Test
    void damagedImagesAreRefusedBeforeSparkStarts() {
        write(IMAGES, Arrays.copyOf(TestImages.images(1200, CLASSES, 8, 1), 57615));
        System.setProperty("spark.master", "no master can be called this");
        try {
            assertFailure(1, "Expected 57616 bytes in file:" + data.resolve(IMAGES));
        } finally {
            aSmallSpark();
        }
    }

    @Test
    void refusesATestSetOfAnotherShape() {
        write("t10k-images-idx3-ubyte", TestImages.images(600, CLASSES, 9, 2));
        assertFailure(1, "Expected images of one shape, found 6x8 pixels");
    }

    @Test
    void refusesLabelsBeyondTheClasses() {
        assertFailure(1, "Expected a label from 0 to 3", "--classes", "4");
        assertTrue(errors.contains("; --classes sets the number when training"), errors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 4:1|expected indices up to 3|--features", "2 1:1|expected a label from 0 to 1|--classes"})
    void namesTheLineOfBadLibsvmText(String line, String sentence, String option) throws IOException {
        Path text = Files.writeString(temporary.resolve("bad.txt"), "# comment\n0 1:1\n" + line + "\n1 1:1\n");
        assertEquals(
                1,
                run(
                        "train",
                        "--train-libsvm",
                        text.toString(),
                        "--test-libsvm",
                        text.toString(),
                        "--features",
                        "3",
                        "--classes",
                        "2",
                        "--output",
                        output.toString()));
        assertSentence("In line 3 of file:" + text + ": " + sentence);
        assertTrue(errors.contains(option), errors);
    }

    @Test
    void printsNoPredictionsIfSomeImageCannotBeRead() {
        assertEquals(0, train("--epochs", "1"), () -> errors);
        byte[] images = TestImages.gzip(TestImages.images(600, CLASSES, 8, 2));
        write("t10k-images-idx3-ubyte", Arrays.copyOf(images, images.length - 9));
        assertEquals(1, run("predict", "--model", output.toString(), "--data", data.toString()));
        assertSentence("the gzipped data is cut short");
        assertEquals("", printed);
    }

    @Test
    void refusesImagesOfAnotherShapeThanTheModels() {
        assertEquals(0, train("--epochs", "1"), () -> errors);
        Path other = TestImages.writeFolder(temporary.resolve("other"), 10, 10, CLASSES, 9);
        assertEquals(1, run("evaluate", "--model", output.toString(), "--data", other.toString()));
        assertSentence("images of 6x8 pixels, found images of 6x9");
    }

    @Test
    @Tag("thorough")
    @Tag("vector")
    void kernelsGiveTheSameBitsAndAreNamedInTheRecord() throws IOException {
        assertEquals(0, train("--epochs", "5", "--loss", "logistic,mse", "--kernel", "scalar"), () -> errors);
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"kernel\" : \"scalar\""));
        List<String> scalar = Files.readAllLines(output.resolve("metrics.csv"));
        byte[] weights = Files.readAllBytes(output.resolve("models/mse-0.5/weights.npy"));
        assertEquals(
                0, train("--epochs", "5", "--loss", "logistic,mse", "--kernel", "vector", "--overwrite"), () -> errors);
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"kernel\" : \"vector, "));
        List<String> vector = Files.readAllLines(output.resolve("metrics.csv"));
        assertEquals(
                scalar.stream().map(CommandLineTest::withoutTimes).toList(),
                vector.stream().map(CommandLineTest::withoutTimes).toList());
        assertTrue(Arrays.equals(weights, Files.readAllBytes(output.resolve("models/mse-0.5/weights.npy"))));
        assertFailure(2, "expected auto, vector or scalar, got 'gpu'", "--kernel", "gpu", "--overwrite");
    }

    @Test
    @Tag("thorough")
    @Tag("vector")
    void whereExamplesHaveFewOfManyFeaturesTheScalarKernelIsTakenToTheSameBits() throws IOException {
        Path text = temporary.resolve("wide.libsvm");
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < 300; row++) {
            lines.append(row % 2 == 0 ? "-1" : "1");
            for (int k = 0; k < 4; k++) {
                lines.append(' ').append(1 + 10_000 * k + row * 7919 % 10_000).append(":0.5");
            }
            lines.append('\n');
        }
        Files.writeString(text, lines);
        String[] wide = {
            "train", "--train-libsvm", text.toString(), "--test-libsvm", text.toString(), "--epochs", "4", "--output"
        };
        assertEquals(0, run(with(wide, output.toString())), () -> errors);
        assertTrue(Files.readString(output.resolve("run.json")).contains("\"kernel\" : \"scalar\""));
        Path vector = temporary.resolve("vector");
        assertEquals(0, run(with(wide, vector.toString(), "--kernel", "vector")), () -> errors);
        assertTrue(Files.readString(vector.resolve("run.json")).contains("\"kernel\" : \"vector, "));
        String weights = "models/logistic-0.5/weights.npy";
        assertArrayEquals(Files.readAllBytes(output.resolve(weights)), Files.readAllBytes(vector.resolve(weights)));
    }

    private static String withoutTimes(String row) {
        String[] fields = row.split(",", -1);
        return String.join(",", Arrays.copyOf(fields, 9));
    }

    /** In a process of 3 GB, the weights of 6 million features and 4 runs of 2 classes fit, but not two kernels. */
    @Test
    @Tag("thorough")
    void refusesASweepThatDoesNotFitTheMemory() throws IOException {
        Path text = temporary.resolve("wide.libsvm");
        Files.writeString(text, "0 1:1\n1 5000000:2\n");
        String[] wide = {
            "train",
            "--train-libsvm",
            text.toString(),
            "--test-libsvm",
            text.toString(),
            "--features",
            "6000000",
            "--learning-rate",
            "1,2",
            "--loss",
            "logistic,mse",
            "--output",
            output.toString()
        };
        assertEquals(1, run(wide));
        assertSentence("found 6000000 features, 2 classes and 4 run(s), which take at least ");
        assertFalse(Files.exists(output));
    }

    @Test
    @Tag("thorough")
    void runsThatEndEarlySaySo() throws IOException {
        assertEquals(0, train("--epochs", "40", "--learning-rate", "0.5,0.0001", "--tolerance", "0.3"), () -> errors);
        List<String> rows = printed.lines().toList();
        assertTrue(rows.get(1).startsWith("logistic-0.5") && rows.get(1).endsWith("  steady, converged"), printed);
        assertTrue(
                rows.get(2).startsWith("logistic-0.0001      40 ")
                        && rows.get(2).endsWith("  steady"),
                printed);
        assertFailure(2, "expected a tolerance of at least 0, got -1.0", "--tolerance", "-1", "--overwrite");
    }
}
