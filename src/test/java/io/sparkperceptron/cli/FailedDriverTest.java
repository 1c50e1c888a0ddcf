package io.sparkperceptron.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedDriverTest {

    @BeforeEach
    void asYarnDoes() {
        System.setProperty("spark.master", "yarn");
        System.setProperty("spark.submit.deployMode", "cluster");
    }

    @AfterEach
    void noMore() {
        System.clearProperty("spark.master");
        System.clearProperty("spark.submit.deployMode");
    }

    @Test
    void aDriverOnYarnThrowsWhatItTold() {
        FailedDriver failure = assertThrows(
                FailedDriver.class, () -> Main.main(new String[] {"train", "--data", "nowhere", "--epochs", "-1"}));
        assertEquals(
                "error: expected at least 0 epochs, got -1\nTry --help with the command train.", failure.getMessage());
        assertEquals(0, failure.getStackTrace().length);
    }

    @Test
    void onlyADriverOnYarnThrows() {
        FailedDriver.throwOnYarn("");
        System.setProperty("spark.submit.deployMode", "client");
        FailedDriver.throwOnYarn("error: anything");
    }
}
