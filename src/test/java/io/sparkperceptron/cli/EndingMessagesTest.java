package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingMessagesTest {

    @Test
    void aDivergedSettingIsLoggedOnceNotForEachFold() {
        List<Run> runs =
                Run.all(List.of(new Setting(Loss.LOGISTIC, 1, 0, 0), new Setting(Loss.LOGISTIC, 1e300, 0, 0)), 3);
        EndingMessages messages = new EndingMessages();
        for (double rate : new double[] {1, 1e300}) {
            List<Run> ofSetting =
                    runs.stream().filter(run -> run.learningRate() == rate).toList();
            assertTrue(messages.isNews(ofSetting.get(3), Ending.DIVERGED));
            assertFalse(messages.isNews(ofSetting.get(0), Ending.DIVERGED));
            assertFalse(messages.isNews(ofSetting.get(1), Ending.DIVERGED));
            assertTrue(messages.isNews(ofSetting.get(2), Ending.PATIENCE));
        }
    }
}
