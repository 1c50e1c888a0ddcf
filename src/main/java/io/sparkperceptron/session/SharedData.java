package io.sparkperceptron.session;

import io.sparkperceptron.storage.FoundFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** One cached copy of images for all notes and users of one Spark that load the same images. */
final class SharedData {

    /** Files whose length or time of modification changed are other data. */
    private record Key(SparkContext spark, DataSettings settings, List<String> files) {}

    private static final Map<Key, SharedData> ALL = new HashMap<>();

    private final TrainingData data;
    private int users;

    private SharedData(TrainingData data) {
        this.data = data;
    }

    static TrainingData load(SparkSession spark, DataSettings settings) {
        if (!(settings.location() instanceof DataSettings.Images images)) {
            return TrainingData.load(spark, settings);
        }
        synchronized (ALL) {
            ALL.keySet().removeIf(key -> key.spark().isStopped());
            SparkContext context = spark.sparkContext();
            Key key = new Key(context, settings, files(images, context.hadoopConfiguration()));
            return ALL.computeIfAbsent(key, absent -> new SharedData(TrainingData.load(spark, settings)))
                    .lent(key, spark);
        }
    }

    private static List<String> files(DataSettings.Images images, Configuration configuration) {
        return DataFiles.uris(images, configuration).stream()
                .flatMap(uri -> FoundFiles.at(uri, configuration).stream())
                .map(file -> file.getPath() + " " + file.getLen() + " " + file.getModificationTime())
                .toList();
    }

    private TrainingData lent(Key key, SparkSession spark) {
        users++;
        AtomicBoolean closed = new AtomicBoolean();
        return new TrainingData(data, spark, () -> {
            if (closed.compareAndSet(false, true)) {
                giveBack(key);
            }
        });
    }

    private void giveBack(Key key) {
        synchronized (ALL) {
            users--;
            if (users == 0) {
                ALL.remove(key, this);
                data.close();
            }
        }
    }
}
