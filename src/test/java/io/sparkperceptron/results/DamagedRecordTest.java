package io.sparkperceptron.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.StopRules;
import io.sparkperceptron.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The record of a training with generated damage. */
@Timeout(300)
@Tag("damage")
class DamagedRecordTest {

    @TempDir
    Path temporary;

    @Test
    void damagedRecordsAreRefusedInOneSentence(TestReporter reporter) throws IOException {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        TrainingRecord whole = record();
        whole.write(folder);
        assertEquals(whole, TrainingRecord.read(folder));
        byte[] json = Files.readAllBytes(temporary.resolve(Layout.RECORD));
        DamagedInput.forEach(500, reporter, random -> {
            Files.write(temporary.resolve(Layout.RECORD), DamagedInput.damage(json, random));
            TrainingRecord found = TrainingRecord.read(folder);
            assertEquals(names(whole), names(found));
        });
    }

    private static List<String> names(TrainingRecord record) {
        return record.identity().stream().map(TrainingRecord.Trait::name).toList();
    }

    private static TrainingRecord record() {
        TrainingPlan plan = new TrainingPlan(
                List.of(new Run(Loss.MSE, 1), new Run(Loss.MSE, 2)), 10, new Start(0.1, 7), StopRules.NONE);
        return TrainingRecord.start(
                List.of("train"),
                TrainingRecord.Options.of(plan, Folds.NONE, FeatureScaling.PIXEL, ClassWeighting.NONE, 2, false),
                new TrainingRecord.Data(
                        784,
                        10,
                        null,
                        28,
                        28,
                        new TrainingRecord.DataSet("train", 60000, "abc", 1),
                        new TrainingRecord.DataSet("train", 0, "", 0),
                        new TrainingRecord.DataSet("test", 10000, "def", 1)),
                new TrainingRecord.Provenance("0", "0", "17", "Linux", "3.5", "local", "scalar"));
    }
}
