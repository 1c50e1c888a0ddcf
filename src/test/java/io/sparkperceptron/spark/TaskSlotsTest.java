package io.sparkperceptron.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskSlotsTest {

    @ParameterizedTest
    @CsvSource({
        "spark://host:7077, executor.cores=2, 0",
        "spark://host:7077, cores.max=6, 6",
        "spark://host:7077, cores.max=6 task.cpus=2, 3",
        "spark://host:7077, cores.max=10 executor.cores=4, 8",
        "yarn, executor.cores=4, 8",
        "yarn, executor.cores=3 executor.instances=4 task.cpus=2, 4",
        "yarn, executor.cores=4 executor.instances=3, 12",
        "k8s://https://host, executor.instances=3, 3",
        "yarn, executor.cores=4 dynamicAllocation.enabled=true, 0",
        "yarn, executor.cores=4 dynamicAllocation.enabled=true dynamicAllocation.maxExecutors=5, 20",
    })
    void expectsTheRequestedSlots(String master, String settings, int slots) {
        SparkConf conf = new SparkConf(false).set("spark.master", master);
        for (String setting : settings.split(" ", -1)) {
            String[] words = setting.split("=", 2);
            conf.set("spark." + words[0], words[1]);
        }
        assertEquals(slots == 0 ? OptionalInt.empty() : OptionalInt.of(slots), TaskSlots.expected(conf));
    }
}
