package io.sparkperceptron.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.Secrets;
import io.sparkperceptron.UserException;
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
 * {@code run.json}: what was asked for, on which data, and under which circumstances it was done; logins in URIs are masked.
 *
 * @param started when, by ISO 8601; {@code finished} likewise, null until all results are there
 * @param resumedAtEpoch the epoch that an earlier training in the folder was gone on with from; null if there was none
 * @param arguments as a person has typed them; none if a program has trained
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
     * What was asked for.
     *
     * @param runs their names
     * @param l2 the penalties among them; {@code momentum} likewise
     * @param folds their number, null for none; {@code foldSeed} likewise
     * @param targetError null for none
     * @param classWeight as {@link ClassWeighting} writes it, null for none
     * @param startSigma see {@link Start}; {@code seed} likewise
     * @param startModel the fingerprint of the model that is started from, null for none
     */
    public record Options(
            List<String> runs,
            List<Double> l2,
            List<Double> momentum,
            Integer folds,
            Long foldSeed,
            int epochs,
            double tolerance,
            int patience,
            Double targetError,
            double startSigma,
            long seed,
            String startModel,
            String scaling,
            String classWeight,
            int partitions) {

        public Options {
            if (runs == null || runs.isEmpty() || Collections.frequency(runs, null) > 0) {
                throw new IllegalArgumentException("expected the names of runs, got " + runs);
            }
            runs = Collections.unmodifiableList(new ArrayList<>(runs));
            l2 = numbers(l2);
            momentum = numbers(momentum);
            FeatureScaling.of(scaling);
            if (classWeight != null) {
                ClassWeighting.of(classWeight);
            }
            if (epochs < 0) {
                throw new IllegalArgumentException("expected at least 0 epochs, got " + epochs);
            }
        }

        private static List<Double> numbers(List<Double> found) {
            if (found == null || found.isEmpty() || Collections.frequency(found, null) > 0) {
                throw new IllegalArgumentException("expected at least one l2 penalty and momentum, got " + found);
            }
            return Collections.unmodifiableList(new ArrayList<>(found));
        }

        private static List<Double> varied(TrainingPlan plan, Hyperparameter one) {
            return plan.runs().stream()
                    .map(run -> run.setting().value(one))
                    .distinct()
                    .toList();
        }

        /** Those of a plan. */
        public static Options of(
                TrainingPlan plan, Folds folds, FeatureScaling scaling, ClassWeighting weighting, int partitions) {
            double target = plan.stop().targetError();
            PerceptronModel given = plan.start().given();
            return new Options(
                    plan.runs().stream().map(Run::name).toList(),
                    varied(plan, Hyperparameter.L2),
                    varied(plan, Hyperparameter.MOMENTUM),
                    folds.isNone() ? null : folds.count(),
                    folds.isNone() ? null : folds.seed(),
                    plan.epochs(),
                    plan.stop().tolerance(),
                    plan.stop().patience(),
                    target < 0 ? null : target,
                    plan.start().sigma(),
                    plan.start().seed(),
                    given == null ? null : given.fingerprint(),
                    scaling.label(),
                    weighting.isNone() ? null : weighting.toString(),
                    partitions);
        }
    }

    /**
     * What was trained on and tested with.
     *
     * @param features d
     * @param classes C
     * @param labels those of the classes, ascending; null if each is its class's number
     * @param imageHeight null if the features are no images; {@code imageWidth} likewise
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

        /** The shape of the images, or null if the features are none. */
        public ImageShape shape() {
            return imageHeight == null ? null : new ImageShape(imageHeight, imageWidth);
        }
    }

    /**
     * One set.
     *
     * @param source where it came from
     * @param fingerprint of labels and unscaled features
     * @param cachedBytes the memory that its blocks took
     */
    public record DataSet(String source, long rows, String fingerprint, long cachedBytes) {

        public DataSet {
            if (rows < 0 || fingerprint == null) {
                throw new IllegalArgumentException(
                        "expected at least 0 rows and a fingerprint, got " + rows + " and " + fingerprint);
            }
            source = Secrets.masked(source);
        }
    }

    /** Versions and machine. */
    public record Provenance(
            String project, String commit, String java, String os, String spark, String master, String kernel) {

        public Provenance {
            master = Secrets.masked(master);
        }
    }

    /**
     * Something that another training must agree in to come to the same bits.
     *
     * @param name for people
     * @param option that sets it, of {@link Options}, {@code classes} or {@code data}
     */
    public record Trait(String name, String value, String option) {}

    private static final String NONE = "none";
    private static final String DATA = "data";
    /** What people call options that are no words. */
    private static final Map<String, String> NAMES = Map.of(
            "foldSeed",
            "seed of the folds",
            "startSigma",
            "starting weights",
            "targetError",
            "target error",
            "classWeight",
            "class weights");

    public TrainingRecord {
        if (options == null || data == null) {
            throw new IllegalArgumentException("expected options and data, got " + options + " and " + data);
        }
        if (arguments == null || Collections.frequency(arguments, null) > 0) {
            throw new IllegalArgumentException("expected arguments, got " + arguments);
        }
        arguments = arguments.stream().map(Secrets::masked).toList();
    }

    /** Of a training that is about to start. */
    public static TrainingRecord start(List<String> arguments, Options options, Data data, Provenance provenance) {
        return new TrainingRecord(Instant.now().toString(), null, null, arguments, options, data, provenance);
    }

    /** Reads a training's record.
     *
     * @throws UserException if there is none, or it is damaged
     */
    public static TrainingRecord read(Folder output) {
        return JsonFile.read(output, Layout.RECORD, TrainingRecord.class, "the record of a training");
    }

    public void write(Folder output) {
        JsonFile.write(output, Layout.RECORD, this);
    }

    /** The same, of a training that goes on with an earlier one. */
    public TrainingRecord resumedAt(int epoch) {
        return new TrainingRecord(started, finished, epoch, arguments, options, data, provenance);
    }

    /** The same, with now as the time at which all results were there. */
    public TrainingRecord finishedNow() {
        return new TrainingRecord(
                started, Instant.now().toString(), resumedAtEpoch, arguments, options, data, provenance);
    }

    /**
     * What another training must agree in to come to the same bits: all options but epochs and partitions, then the
     * data.
     */
    public List<Trait> identity() {
        ObjectNode tree = (ObjectNode) JsonFile.tree(options);
        tree.remove(List.of("epochs", "partitions", "startModel"));
        String start =
                options.startModel() == null ? Double.toString(options.startSigma()) : "model " + options.startModel();
        tree.put("startSigma", start);
        tree.put("seed", options.startSigma() == 0 ? "any" : Long.toString(options.seed()));
        tree.put("targetError", String.valueOf(options.targetError()));
        // Checkpoints have the rules of stopping and what is done to the data after the start.
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
