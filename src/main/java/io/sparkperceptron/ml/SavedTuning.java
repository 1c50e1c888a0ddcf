package io.sparkperceptron.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.NotImplementedError;

/**
 * The params of a saved cross-validation, or of its model. Spark's file of params has no estimator, maps and evaluator:
 * they are in files beside it.
 *
 * @param estimator the writer of the estimator; null if there is none
 * @param evaluator the writer of the evaluator; null if there is none
 * @param maps the values as JSON, by the names of the estimator's params; names of a stage's params begin with its uid
 *     and a dot
 */
record SavedTuning(MLWriter estimator, MLWriter evaluator, List<Map<String, JsonNode>> maps) {

    private static final String ESTIMATOR = "estimator";
    private static final String EVALUATOR = "evaluator";
    private static final String MAPS = "estimator-param-maps.json";

    /**
     * Prepares to save an owner; a model is saved without the initial model of its training. Throws UserException if a
     * map has params that are not the owner's, or something cannot be saved, such as the initial model of an estimator.
     */
    static SavedTuning of(PerceptronCrossValidatorParams owner) {
        boolean withoutStart = owner instanceof PerceptronCrossValidatorModel;
        Evaluator evaluator = owner.isSet(owner.evaluator()) ? owner.getEvaluator() : null;
        if (evaluator != null && !(evaluator instanceof MLWritable)) {
            throw new UserException("Expected an evaluator that can be saved, an MLWritable, found "
                    + evaluator.getClass().getName());
        }
        MLWriter evaluatorWriter = evaluator == null ? null : ((MLWritable) evaluator).write();
        if (!owner.isSet(owner.estimator())) {
            return new SavedTuning(null, evaluatorWriter, List.of());
        }
        Estimator<?> estimator = owner.getEstimator().copy(ParamMap.empty());
        if (withoutStart) {
            Stages.all(estimator).forEach(stage -> {
                if (stage instanceof PerceptronClassifier perceptrons) {
                    perceptrons.clear(perceptrons.initialModel());
                }
            });
        }
        return new SavedTuning(
                ((MLWritable) estimator).write(),
                evaluatorWriter,
                Arrays.stream(owner.getEstimatorParamMaps())
                        .map(map -> values(map, estimator, withoutStart))
                        .toList());
    }

    private static Map<String, JsonNode> values(ParamMap map, Estimator<?> estimator, boolean withoutStart) {
        List<String> uids = Stages.all(estimator).map(Params::uid).toList();
        Map<String, JsonNode> values = new TreeMap<>();
        for (ParamPair<?> pair : map.toList()) {
            Param<?> param = pair.param();
            if (!uids.contains(param.parent())) {
                throw new UserException("Expected params of the estimator " + estimator.uid()
                        + " in estimatorParamMaps to save them, found others: " + map);
            }
            if (!(withoutStart && pair.value() instanceof PerceptronClassificationModel)) {
                String stage = param.parent().equals(estimator.uid()) ? "" : param.parent() + ".";
                values.put(stage + param.name(), json(pair));
            }
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    private static JsonNode json(ParamPair<?> pair) {
        try {
            String json = ((Param<Object>) pair.param()).jsonEncode(pair.value());
            return JsonFile.parse(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, "a value of a param", MAPS);
        } catch (UnsupportedOperationException | NotImplementedError e) {
            throw new UserException(
                    "Expected values of " + pair.param() + " in estimatorParamMaps that can be saved as JSON, found "
                            + pair.value(),
                    e);
        }
    }

    /** Spark Connect's server keeps models on its own disk, where Spark's code takes a path, not a URI. */
    static String inside(String path, String name) {
        return new Path(path, name).toString();
    }

    /** Writes the files. Modified: plain, a copy of the owner, loses what Spark's writer cannot write. */
    void write(PerceptronCrossValidatorParams plain, String path, SparkSession spark) {
        plain.clear(plain.estimator());
        plain.clear(plain.estimatorParamMaps());
        plain.clear(plain.evaluator());
        new DefaultParamsWriter(plain).saveImpl(path);
        Folder folder = Folder.at(path, spark.sparkContext().hadoopConfiguration());
        if (evaluator != null) {
            evaluator.saveImpl(inside(path, EVALUATOR));
        }
        if (estimator != null) {
            estimator.saveImpl(inside(path, ESTIMATOR));
            JsonFile.write(folder, MAPS, maps);
        }
    }

    /** Sets the saved params in their owner. Throws UserException if they are damaged. */
    static <T extends PerceptronCrossValidatorParams> T read(
            SavedParams saved, T owner, String path, SparkSession spark) {
        Folder folder = Folder.at(path, spark.sparkContext().hadoopConfiguration());
        if (folder.holds(ESTIMATOR)) {
            Estimator<?> estimator = SavedParams.load(inside(path, ESTIMATOR), Estimator.class, spark);
            JsonNode[] values = JsonFile.read(folder, MAPS, JsonNode[].class, "the maps of a cross-validation");
            owner.set(owner.estimator(), estimator);
            owner.set(
                    owner.estimatorParamMaps(),
                    Arrays.stream(values)
                            .map(map -> map(map, estimator, folder))
                            .toArray(ParamMap[]::new));
        }
        if (folder.holds(EVALUATOR)) {
            owner.set(owner.evaluator(), SavedParams.load(inside(path, EVALUATOR), Evaluator.class, spark));
        }
        return saved.setIn(owner);
    }

    private static ParamMap map(JsonNode values, Estimator<?> estimator, Folder folder) {
        ParamMap map = new ParamMap();
        try {
            values.properties().forEach(value -> {
                int dot = value.getKey().lastIndexOf('.');
                String uid = dot < 0 ? estimator.uid() : value.getKey().substring(0, dot);
                Params stage = Stages.all(estimator)
                        .filter(one -> one.uid().equals(uid))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no stage " + uid));
                Param<Object> param = stage.getParam(value.getKey().substring(dot + 1));
                map.put(param.w(param.jsonDecode(value.getValue().toString())));
            });
        } catch (Exception e) {
            // json4s throws MappingException, which is checked but not declared.
            throw SavedParams.unusable(folder.child(MAPS).uri(), e);
        }
        return map;
    }
}
