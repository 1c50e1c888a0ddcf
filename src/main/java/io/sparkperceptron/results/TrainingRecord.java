package io.sparkperceptron.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.Secrets;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassLabels;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.model.PerceptronModel;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import io.sparkperceptron.training.Start;
import io.sparkperceptron.training.TrainingPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * {@code run.json}: options, data, versions and machine of a training. Logins in URIs are masked.
 *
 * @param started in ISO 8601, as is {@code finished}, which is null until all results exist
 * @param resumedAtEpoch where this training continued an earlier one; null if it did not
 * @param arguments of the command line; empty if a program started the training
 */
public record TrainingRecord(
        String started,
        String finished,
        Integer resumedAtEpoch,
        List<String> arguments,
        Options options,
        Data data,
        Provenance provenance) {

    /**
     * The options of a training. A null stands for an option that is not used.
     *
     * @param l2 the different penalties of the runs
     * @param history the pairs that L-BFGS keeps; null without such runs
     * @param classWeight as {@link ClassWeighting} writes it
     * @param keep {@code best}, or null if the models have the last weights
     * @param startSigma see {@link Start}, also for {@code seed}
     * @param startModel the fingerprint of the model that all runs start from
     * @param heldOutScores true, or null if they are not wanted
     */
    public record Options(
            List<String> runs,
            List<Double> l2,
            List<Double> momentum,
            @JsonInclude(Include.NON_NULL) Integer history,
            Integer folds,
            Long foldSeed,
            int epochs,
            double tolerance,
            int patience,
            Double targetError,
            @JsonInclude(Include.NON_NULL) String keep,
            double startSigma,
            long seed,
            String startModel,
            String scaling,
            String classWeight,
            int partitions,
            @JsonInclude(Include.NON_NULL) Boolean heldOutScores) {

        public Options {
            runs = filled(runs, "the names of runs");
            l2 = filled(l2, "at least one l2 penalty and momentum");
            momentum = filled(momentum, "at least one l2 penalty and momentum");
            FeatureScaling.of(scaling);
            if (classWeight != null) {
                ClassWeighting.of(classWeight);
            }
            if (epochs < 0) {
                throw new IllegalArgumentException("expected at least 0 epochs, got " + epochs);
            }
        }

        private static <T> List<T> filled(List<T> found, String expected) {
            if (found == null || found.isEmpty() || Collections.frequency(found, null) > 0) {
                throw new IllegalArgumentException("expected " + expected + ", got " + found);
            }
            return List.copyOf(found);
        }

        /** The different values of the runs that use it; the default if none does. */
        private static List<Double> varied(TrainingPlan plan, Hyperparameter one) {
            List<Double> values = plan.runs().stream()
                    .filter(run -> run.setting().optimizer().uses(one))
                    .map(run -> run.setting().value(one))
                    .distinct()
                    .toList();
            return values.isEmpty() ? List.of(one.standard()) : values;
        }

        public static Options of(
                TrainingPlan plan,
                Folds folds,
                FeatureScaling scaling,
                ClassWeighting weighting,
                int partitions,
                boolean heldOutScores) {
            double target = plan.stop().targetError();
            PerceptronModel given = plan.start().given();
            return new Options(
                    plan.runs().stream().map(Run::name).toList(),
                    varied(plan, Hyperparameter.L2),
                    varied(plan, Hyperparameter.MOMENTUM),
                    plan.hasLbfgs() ? plan.history() : null,
                    folds.isNone() ? null : folds.count(),
                    folds.isNone() ? null : folds.seed(),
                    plan.epochs(),
                    plan.stop().tolerance(),
                    plan.stop().patience(),
                    target < 0 ? null : target,
                    plan.keepsBest() ? "best" : null,
                    plan.start().sigma(),
                    plan.start().seed(),
                    given == null ? null : given.fingerprint(),
                    scaling.label(),
                    weighting.isNone() ? null : weighting.toString(),
                    partitions,
                    heldOutScores ? true : null);
        }
    }

    /**
     * The data sets.
     *
     * @param labels of the classes, ascending; null if they are 0 to C - 1
     * @param imageHeight null, as {@code imageWidth}, if the features are not pixels
     */
    public record Data(
            int features,
            int classes,
            List<?> labels,
            Integer imageHeight,
            Integer imageWidth,
            DataSet training,
            DataSet validation,
            DataSet test) {

        public Data {
            if (classes < 1 || features < 1) {
                throw new IllegalArgumentException(
                        "expected classes and features of at least 1, got " + classes + " and " + features);
            }
            labels = ClassLabels.of(classes, labels).listed();
            if (training == null || validation == null || test == null) {
                throw new IllegalArgumentException("expected a training, a validation and a test set, got fewer");
            }
            if ((imageHeight == null) != (imageWidth == null)) {
                throw new IllegalArgumentException("expected both sides of the images or none, got one");
            }
            if (imageHeight != null && new ImageShape(imageHeight, imageWidth).pixels() != features) {
                throw new IllegalArgumentException(
                        "expected images of " + features + " pixels, got " + new ImageShape(imageHeight, imageWidth));
            }
        }

        public ImageShape shape() {
            return imageHeight == null ? null : new ImageShape(imageHeight, imageWidth);
        }
    }

    /** One data set, with the fingerprint of its labels and unscaled features. */
    public record DataSet(String source, long rows, String fingerprint, long cachedBytes) {

        public DataSet {
            if (rows < 0 || fingerprint == null) {
                throw new IllegalArgumentException(
                        "expected at least 0 rows and a fingerprint, got " + rows + " and " + fingerprint);
            }
            source = Secrets.masked(source);
        }
    }

    public record Provenance(
            String project, String commit, String java, String os, String spark, String master, String kernel) {

        public Provenance {
            master = Secrets.masked(master);
        }
    }

    /**
     * A property that must be equal for two trainings to give the same bits.
     *
     * @param name for messages
     * @param option the field of {@link Options} that sets it, {@code classes} or {@code data}
     */
    public record Trait(String name, String value, String option) {

        /** The same trait of a training that does not use the option. */
        public Trait absent() {
            return new Trait(name, NONE, option);
        }
    }

    private static final String NONE = "none";
    private static final String DATA = "data";
    /** Names in messages, for options whose field name is not a word. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("keep", "kept weights"),
            Map.entry("heldOutScores", "held-out scores"),
            Map.entry("foldSeed", "seed of the folds"),
            Map.entry("startSigma", "starting weights"),
            Map.entry("targetError", "target error"),
            Map.entry("classWeight", "class weights"));

    public TrainingRecord {
        if (options == null || data == null) {
            throw new IllegalArgumentException("expected options and data, got " + options + " and " + data);
        }
        if (arguments == null || Collections.frequency(arguments, null) > 0) {
            throw new IllegalArgumentException("expected arguments, got " + arguments);
        }
        arguments = arguments.stream().map(Secrets::masked).toList();
    }

    public static TrainingRecord start(List<String> arguments, Options options, Data data, Provenance provenance) {
        return new TrainingRecord(Instant.now().toString(), null, null, arguments, options, data, provenance);
    }

    /** Throws UserException if there is no record, or it is damaged. */
    public static TrainingRecord read(Folder output) {
        return JsonFile.read(output, Layout.RECORD, TrainingRecord.class, "the record of a training");
    }

    public void write(Folder output) {
        JsonFile.write(output, Layout.RECORD, this);
    }

    /** The record of a training that continues an earlier one. */
    public TrainingRecord resumedAt(int epoch) {
        return new TrainingRecord(started, finished, epoch, arguments, options, data, provenance);
    }

    public TrainingRecord finishedNow() {
        return new TrainingRecord(
                started, Instant.now().toString(), resumedAtEpoch, arguments, options, data, provenance);
    }

    /** The traits that decide the bits of a training: all options but epochs and partitions, then the data. */
    public List<Trait> identity() {
        ObjectNode tree = (ObjectNode) JsonFile.tree(options);
        tree.remove(List.of("epochs", "partitions", "startModel"));
        String start =
                options.startModel() == null ? Double.toString(options.startSigma()) : "model " + options.startModel();
        tree.put("startSigma", start);
        tree.put("seed", options.startSigma() == 0 ? "any" : Long.toString(options.seed()));
        tree.put("targetError", String.valueOf(options.targetError()));
        // Checkpoints list these five after the others. The order of the fields is part of their bytes.
        for (String later : List.of("tolerance", "patience", "targetError", "scaling", "classWeight")) {
            tree.set(later, tree.remove(later));
        }
        List<Trait> identity = new ArrayList<>();
        tree.properties()
                .forEach(option -> identity.add(new Trait(
                        NAMES.getOrDefault(option.getKey(), option.getKey()),
                        text(option.getValue()),
                        option.getKey())));
        identity.add(new Trait("number of classes", Integer.toString(data.classes()), "classes"));
        identity.add(new Trait("number of features", Integer.toString(data.features()), DATA));
        addTraits("training", data.training(), identity);
        addTraits("validation", data.validation(), identity);
        addTraits("test", data.test(), identity);
        return identity;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(one -> one.isNumber() ? Setting.text(one.doubleValue()) : one.asText())
                    .collect(Collectors.joining(", "));
        }
        return value.isNull() ? NONE : value.asText();
    }

    private static void addTraits(String set, DataSet data, List<Trait> identity) {
        identity.add(new Trait("rows of the " + set + " set", Long.toString(data.rows()), DATA));
        identity.add(new Trait("fingerprint of the " + set + " set", data.fingerprint(), DATA));
    }
}
