package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,mse-10,mse,10,0.1,57.0,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,  | expected an error as a fraction from 0 to 1, got 57.0
            0,mse-10,mse,10,-5,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,    | expected a cost of at least 0, got -5.0
            0,mse-10,mse,10,0.1,0.2,0.3,-0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,  | expected an error as a fraction from 0 to 1, got -0.4
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,-5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,  | expected a gradient's norm of at least 0, got -5.0E-5
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,-1,0,,0, | expected an l2 penalty of at least 0, got -1.0
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,1,,0,  | expected a momentum of at least 0 and below 1, got 1.0
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,-1, | expected a penalty of at least 0, got -1.0
            0,../e,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,    | expected a run's name such as logistic-0.5, got '../e'
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,-2,0, | expected a fold from 0 on, or -1 for none, got -2
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,wxyz | For input string: "wxyz" under radix 16
            -1,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,0.1,0.0,0.0,,,0,0,,0,  | expected an epoch of at least 0, got -1
            0,mse-10,mse,10,0.1,0.2,0.3,0.4,5.0E-5,0.1,-1,0.0,0.0,,,0,0,,0,    | expected seconds of at least 0, got -1.0, 0.0 and 0.0
            """)
    void refusesWhatNoTrainingMeasures(String row, String sentence) throws IOException {
        new MetricsFile(Folder.at(folder.toString(), new Configuration()), List.of()).trainingEnded();
        String header = lines().get(0) + "\n";
        assertEquals(
                "Expected a row of metrics in line 2: " + sentence,
                assertThrows(UserException.class, () -> MetricsTable.parse(header + row + "\n"))
                        .getMessage());
    }

    @Test
    void storesTheInfiniteCostOfADivergedRun() throws IOException {
        new MetricsFile(Folder.at(folder.toString(), new Configuration()), List.of()).trainingEnded();
        String row = "0,mse-10,mse,10,Infinity,0.9,Infinity,0.9,Infinity,0.1,0.1,0.0,0.0,,,0,0,,0,\n";
        assertEquals(1, MetricsTable.parse(lines().get(0) + "\n" + row).size());
    }

    @Test
    void growsWhileTrainingAndIsCompleteAtTheEnd() throws IOException {
        MetricsFile file = new MetricsFile(Folder.at(folder.toString(), new Configuration()), List.of());
        Run run = new Run(Loss.MSE, 10);
        file.epochFinished(0, List.of(metrics(0, run)));
        assertEquals(2, lines().size());
        Run fold = new Run(run.setting(), 1, "mse-10-fold-1");
        file.epochFinished(1, List.of(metrics(1, fold)));
        file.trainingEnded();
        assertEquals(
                List.of(
                        "epoch,run,loss,learning_rate,train_cost,train_error,test_cost,test_error,gradient_norm,seconds,"
                                + "kernel_seconds,job_seconds,driver_seconds,validation_cost,validation_error,l2,momentum,fold,penalty,digest",
                        "0,mse-10,mse,10,0.1,0.2,0.30000000000000004,0.4,5.0E-5,0.123457,0.1,0.02,0.003457,,,0,0,,0.125,00000000000000ff",
                        "1,mse-10-fold-1,mse,10,0.1,0.2,0.30000000000000004,0.4,5.0E-5,0.123457,0.1,0.02,0.003457,0.25,0.5,0,0,1,0.125,fffffffffffffffe"),
                lines());
        List<EpochMetrics> read = MetricsTable.parse(String.join("\n", lines()) + "\n");
        assertEquals(List.of(metrics(0, run), metrics(1, fold)), read);
        assertEquals(0.4, read.get(0).choosingError());
        assertEquals(0.5, read.get(1).choosingError());
        assertEquals(
                List.of(Layout.METRICS),
                Folder.at(folder.toString(), new Configuration()).names());
    }

    /** The rounded parts add up to 0.000004, but the rounded sum of the parts is 0.000005. */
    @Test
    void secondsAreTheSumOfTheirPartsAlsoWhenReadBack() {
        EpochMetrics measured = new MadeUpMetrics(0, new Run(Loss.MSE, 10))
                .seconds(1.4e-6, 1.4e-6, 1.6e-6 + 0.4e-6)
                .metrics();
        String text = MetricsTable.TABLE.text(List.of(measured));
        assertEquals(true, text.contains(",4.0E-6,1.0E-6,1.0E-6,2.0E-6,"));
        assertEquals(text, MetricsTable.TABLE.text(MetricsTable.parse(text)));
    }

    private static EpochMetrics metrics(int epoch, Run run) {
        MadeUpMetrics metrics = new MadeUpMetrics(epoch, run)
                .train(0.1, 0.2)
                .test(0.1 + 0.2, 0.4)
                .penalty(0.125)
                .gradientNorm(5e-5)
                .seconds(0.1, 0.02, 0.00345678);
        return epoch == 0
                ? metrics.digest(0xFFL).metrics()
                : metrics.validation(0.25, 0.5).digest(-2L).metrics();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve(Layout.METRICS));
    }
}
