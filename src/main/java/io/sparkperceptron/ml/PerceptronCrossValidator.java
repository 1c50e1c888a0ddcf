package io.sparkperceptron.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.analysis.FoldChoice;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.session.Fit;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * K-fold cross-validation of perceptrons, with all settings and folds side by side. An epoch takes one pass over the
 * data, where Spark's CrossValidator trains K models for each setting, one after the other. {@link FoldChoice} chooses
 * setting and number of epochs by the mean error over the folds; no evaluator is needed. The folds depend on the order
 * of the rows alone, as those of {@code submit/train.sh --folds}.
 */
public final class PerceptronCrossValidator extends Estimator<PerceptronCrossValidatorModel> implements MLWritable {

    private static final String ESTIMATOR = "estimator";
    private static final String MAPS = "estimator-param-maps.json";

    private String uid;
    private IntParam numFolds;
    private LongParam seed;
    private PerceptronClassifier estimator = new PerceptronClassifier();
    private ParamMap[] maps = {ParamMap.empty()};

    public PerceptronCrossValidator() {
        this(Uid.random("perceptronCv"));
    }

    public PerceptronCrossValidator(String uid) {
        this(Uid.announce(uid));
    }

    private PerceptronCrossValidator(Uid uid) {
        this.uid = uid.text();
        setDefault(numFolds(), (Object) 3);
        setDefault(seed(), (Object) 1L);
    }

    @Override
    public String uid() {
        uid = uid == null ? Uid.take() : uid;
        return uid;
    }

    /** K, from 2 to 100; by default 3. */
    public IntParam numFolds() {
        if (numFolds == null) {
            numFolds = new IntParam(
                    this,
                    "numFolds",
                    "number of folds (" + Folds.FEWEST + " to " + Folds.MOST + ")",
                    ParamValidators.inRange(Folds.FEWEST, Folds.MOST));
        }
        return numFolds;
    }

    /** The seed of the folds; by default 1. */
    public LongParam seed() {
        if (seed == null) {
            seed = new LongParam(this, "seed", "the seed of the draw of folds");
        }
        return seed;
    }

    public int getNumFolds() {
        return (int) getOrDefault(numFolds());
    }

    public long getSeed() {
        return (long) getOrDefault(seed());
    }

    public PerceptronCrossValidator setNumFolds(int value) {
        return (PerceptronCrossValidator) set(numFolds(), (Object) value);
    }

    public PerceptronCrossValidator setSeed(long value) {
        return (PerceptronCrossValidator) set(seed(), (Object) value);
    }

    public PerceptronCrossValidator setEstimator(PerceptronClassifier value) {
        estimator = value;
        return this;
    }

    public PerceptronCrossValidator setEstimatorParamMaps(ParamMap[] value) {
        maps = value.clone();
        return this;
    }

    public PerceptronClassifier getEstimator() {
        return estimator;
    }

    public ParamMap[] getEstimatorParamMaps() {
        return maps.clone();
    }

    /**
     * Trains every setting on all rows and without each fold. Then trains the chosen setting on all rows, for the
     * chosen number of epochs. Throws UserException if a column is missing, a row is bad, there are fewer rows than
     * folds, or all settings diverge.
     */
    @Override
    public PerceptronCrossValidatorModel fit(Dataset<?> dataset) {
        return MlRemedies.told(() -> choose(dataset));
    }

    private PerceptronCrossValidatorModel choose(Dataset<?> dataset) {
        if (maps.length == 0) {
            throw new UserException("Expected at least one setting in estimatorParamMaps, found none");
        }
        List<PerceptronClassifier> classifiers =
                Arrays.stream(maps).map(estimator::copy).toList();
        FitData.requireColumns(dataset, classifiers);
        Folds folds = new Folds(getNumFolds(), getSeed());
        Map<PerceptronClassifier, RunHistory> histories = new LinkedHashMap<>();
        Map<PerceptronClassifier, Fit> fits = new LinkedHashMap<>();
        List<EpochMetrics> metrics = new ArrayList<>();
        for (List<PerceptronClassifier> group : GridFit.groups(classifiers)) {
            Fit fit = GridFit.fit(dataset, group, folds);
            Map<Setting, RunHistory> found = fit.histories(false).stream()
                    .collect(Collectors.toMap(history -> history.run().setting(), Function.identity()));
            group.forEach(classifier -> histories.put(classifier, found.get(GridFit.setting(classifier))));
            group.forEach(classifier -> fits.put(classifier, fit));
            fit.metrics().values().forEach(metrics::addAll);
        }
        List<RunHistory> inOrder = classifiers.stream().map(histories::get).toList();
        FoldChoice choice = FoldChoice.of(inOrder)
                .orElseThrow(
                        () -> new UserException("All settings have diverged on all rows or on some fold; set smaller"
                                + " step sizes or penalties, or scale the features"));
        PerceptronClassifier setting = classifiers.get(inOrder.indexOf(choice.run()));
        PerceptronClassifier chosen = setting.copy(ParamMap.empty())
                .setMaxIter(choice.epoch())
                .setTol(0)
                .setPatience(0);
        PerceptronClassificationModel best = chosen.fit(dataset);
        PerceptronCrossValidatorModel model = new PerceptronCrossValidatorModel(
                uid(),
                best,
                inOrder.stream().mapToDouble(run -> run.best().error()).toArray());
        model.setMeasured(new PerceptronCrossValidatorModel.Measured(dataset.sparkSession(), inOrder, metrics, choice));
        fits.get(setting)
                .heldOut()
                .ifPresent(found -> model.setHeldOut(HeldOutModels.of(found, dataset, setting, folds)));
        model.setParent(this);
        return copyValues(model, ParamMap.empty());
    }

    @Override
    public PerceptronCrossValidator copy(ParamMap extra) {
        PerceptronCrossValidator copy = new PerceptronCrossValidator(uid());
        copyValues(copy, extra);
        return copy.setEstimator(estimator.copy(extra)).setEstimatorParamMaps(maps);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return estimator.transformSchema(schema);
    }

    /** Throws UserException if a map has params of others than the estimator, or there is an initial model. */
    @Override
    public MLWriter write() {
        MLWriter estimatorWriter = estimator.write();
        List<Map<String, JsonNode>> values =
                Arrays.stream(maps).map(this::values).toList();
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                new DefaultParamsWriter(PerceptronCrossValidator.this).saveImpl(path);
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                estimatorWriter.saveImpl(folder.child(ESTIMATOR).uri());
                JsonFile.write(folder, MAPS, values);
            }
        };
    }

    /** The values of a map as JSON, by the names of their params. */
    @SuppressWarnings("unchecked")
    private Map<String, JsonNode> values(ParamMap map) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (Param<?> param : estimator.params()) {
            if (map.contains(param)) {
                String json = ((Param<Object>) param).jsonEncode(map.get(param).get());
                values.put(param.name(), parsed(json));
            }
        }
        if (values.size() < map.size()) {
            throw new UserException("Expected params of the estimator " + estimator.uid()
                    + " in estimatorParamMaps to save them, found others: " + map);
        }
        return values;
    }

    private static JsonNode parsed(String json) {
        return JsonFile.parse(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, "a value of a param", MAPS);
    }

    public static MLReader<PerceptronCrossValidator> read() {
        return new MLReader<>() {
            @Override
            public PerceptronCrossValidator load(String path) {
                SavedParams saved = SavedParams.read(path, PerceptronCrossValidator.class, sparkSession());
                Folder folder = Folder.at(path, sparkSession().sparkContext().hadoopConfiguration());
                PerceptronClassifier estimator =
                        PerceptronClassifier.load(folder.child(ESTIMATOR).uri());
                JsonNode[] values = JsonFile.read(folder, MAPS, JsonNode[].class, "the maps of a cross-validation");
                return saved.setIn(new PerceptronCrossValidator(saved.uid()))
                        .setEstimator(estimator)
                        .setEstimatorParamMaps(Arrays.stream(values)
                                .map(map -> map(map, estimator, folder))
                                .toArray(ParamMap[]::new));
            }
        };
    }

    private static ParamMap map(JsonNode values, PerceptronClassifier estimator, Folder folder) {
        ParamMap map = new ParamMap();
        try {
            values.properties().forEach(value -> {
                Param<Object> param = estimator.getParam(value.getKey());
                map.put(param.w(param.jsonDecode(value.getValue().toString())));
            });
        } catch (Exception e) {
            // json4s throws MappingException, which is checked but not declared.
            throw SavedParams.unusable(folder.child(MAPS).uri(), e);
        }
        return map;
    }

    /** Loads a saved estimator. Throws UserException if there is none, or its params are damaged. */
    public static PerceptronCrossValidator load(String path) {
        return read().load(path);
    }
}
