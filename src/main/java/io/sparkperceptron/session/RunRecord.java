package io.sparkperceptron.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.Build;
import io.sparkperceptron.cluster.CachedBlocks;
import io.sparkperceptron.data.DataSets;
import io.sparkperceptron.data.DatasetSummary;
import io.sparkperceptron.data.Examples;
import io.sparkperceptron.data.Split;
import io.sparkperceptron.gradient.KernelChoice;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code run.json}: what was asked for, and under which circumstances it was done. */
final class RunRecord {

    static final String NAME = "run.json";

    private final Map<String, Object> fields = new LinkedHashMap<>();

    RunRecord(
            JavaSparkContext spark,
            TrainingPlan plan,
            KernelChoice kernel,
            DataSets sets,
            CachedBlocks data,
            List<String> arguments) {
        fields.put("started", Instant.now().toString());
        fields.put("finished", null);
        fields.put("resumedAtEpoch", null);
        fields.put("arguments", arguments);
        fields.put("options", options(plan, sets, data));
        fields.put("data", data(sets, data));
        fields.put("provenance", provenance(spark, kernel));
    }

    /** Says in the record from which epoch of an earlier training this one goes on. */
    void setResumed(int epoch) {
        fields.put("resumedAtEpoch", epoch);
    }

    /** What another training must agree in to come to the same bits: a word for people, and the value. */
    Map<String, String> identity() {
        return identity(JsonFile.tree(fields));
    }

    /**
     * The same of an earlier training.
     *
     * @throws UserException if its record cannot be read
     */
    static Map<String, String> identity(Folder folder) {
        return identity(JsonFile.read(folder, NAME, JsonNode.class, "the record of a training"));
    }

    private static Map<String, String> identity(JsonNode record) {
        JsonNode options = record.path("options");
        JsonNode data = record.path("data");
        boolean zeros = options.path("startSigma").asDouble() == 0;
        Map<String, String> identity = new LinkedHashMap<>();
        List<String> runs = new ArrayList<>();
        options.path("runs").forEach(run -> runs.add(run.asText()));
        identity.put("runs (--loss, --learning-rate)", String.join(", ", runs));
        identity.put("starting weights (--init)", options.path("startSigma").asText());
        identity.put("seed (--seed)", zeros ? "any" : options.path("seed").asText());
        identity.put("tolerance (--tolerance)", options.path("tolerance").asText());
        identity.put("patience (--patience)", options.path("patience").asText());
        identity.put(
                "target error (--target-error)", options.path("targetError").asText());
        identity.put("scaling (--scaling)", options.path("scaling").asText());
        identity.put("number of classes (--classes)", data.path("classes").asText());
        identity.put("number of features", data.path("features").asText());
        for (String set : List.of("training", "validation", "test")) {
            identity.put(
                    "rows of the " + set + " set", data.path(set).path("rows").asText());
            identity.put(
                    "fingerprint of the " + set + " set",
                    data.path(set).path("fingerprint").asText());
        }
        return identity;
    }

    void write(Folder folder) {
        JsonFile.write(folder, NAME, fields);
    }

    /** Writes it again, with the time at which all results were there. */
    void writeFinished(Folder folder) {
        fields.put("finished", Instant.now().toString());
        write(folder);
    }

    private static Map<String, Object> options(TrainingPlan plan, DataSets sets, CachedBlocks data) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("runs", plan.runs().stream().map(Run::name).toList());
        options.put("epochs", plan.epochs());
        options.put("tolerance", plan.stop().tolerance());
        options.put("patience", plan.stop().patience());
        double target = plan.stop().targetError();
        options.put("targetError", target < 0 ? null : target);
        options.put("startSigma", plan.start().sigma());
        options.put("seed", plan.start().seed());
        options.put("scaling", sets.scaling().label());
        options.put("partitions", data.partitions());
        return options;
    }

    private static Map<String, Object> data(DataSets sets, CachedBlocks data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("features", data.features());
        fields.put("classes", data.classes());
        fields.put("imageHeight", data.shape() == null ? null : data.shape().height());
        fields.put("imageWidth", data.shape() == null ? null : data.shape().width());
        fields.put("training", set(sets.training(), data.summary(Split.TRAIN)));
        fields.put("validation", set(sets.training(), data.summary(Split.VALIDATION)));
        fields.put("test", set(sets.test(), data.summary(Split.TEST)));
        return fields;
    }

    private static Map<String, Object> set(Examples examples, DatasetSummary summary) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", examples.source());
        fields.put("rows", summary.rows());
        fields.put("fingerprint", summary.fingerprint());
        fields.put("cachedBytes", summary.bytes());
        return fields;
    }

    private static Map<String, Object> provenance(JavaSparkContext spark, KernelChoice kernel) {
        Build build = new Build();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("project", build.version());
        fields.put("commit", build.commit());
        fields.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        fields.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        fields.put("spark", spark.version());
        fields.put("master", spark.master());
        fields.put("kernel", kernel.description());
        return fields;
    }
}
