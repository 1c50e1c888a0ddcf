package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;

/**
 * One setting of an estimator: perceptrons alone, or a pipeline with them.
 *
 * @param estimator with the values of the map
 * @param others the values of the map for params of other stages
 */
record Stages(
        Estimator<?> estimator,
        List<PipelineStage> before,
        PerceptronClassifier perceptrons,
        List<PipelineStage> after,
        Map<Param<?>, Object> others) {

    /** Applies a map. Throws UserException if the estimator is of another kind, or lacks a param of the map. */
    static Stages of(Estimator<?> given, ParamMap map) {
        if (map == null) {
            throw new UserException("Expected maps in estimatorParamMaps, found null");
        }
        if (given instanceof PerceptronClassifier alone) {
            PerceptronClassifier copy = alone.copy(map);
            requireOwn(map, given, copy);
            return new Stages(copy, List.of(), copy, List.of(), Map.of());
        }
        if (!(given instanceof Pipeline pipeline)) {
            throw new UserException(
                    "Expected a PerceptronClassifier or a Pipeline with one as the estimator, found " + given.uid()
                            + ", a " + given.getClass().getSimpleName() + "; Spark's CrossValidator takes others");
        }
        boolean isEmpty = !pipeline.isDefined(pipeline.stages()) && !map.contains(pipeline.stages());
        Pipeline copy = isEmpty ? new Pipeline(pipeline.uid()).setStages(new PipelineStage[0]) : pipeline.copy(map);
        List<PipelineStage> stages = Arrays.asList(copy.getStages());
        List<PipelineStage> found =
                stages.stream().filter(PerceptronClassifier.class::isInstance).toList();
        if (found.size() != 1) {
            throw new UserException("Expected one PerceptronClassifier among the stages of " + copy.uid() + ", found "
                    + uids(found) + " among " + uids(stages));
        }
        requireOwn(map, given, copy);
        PerceptronClassifier perceptrons = (PerceptronClassifier) found.get(0);
        int at = stages.indexOf(perceptrons);
        Map<Param<?>, Object> others = new HashMap<>();
        map.toList().stream()
                .filter(pair -> !pair.param().parent().equals(perceptrons.uid()))
                .forEach(pair -> others.put(pair.param(), pair.value()));
        return new Stages(copy, stages.subList(0, at), perceptrons, stages.subList(at + 1, stages.size()), others);
    }

    private static String uids(List<PipelineStage> stages) {
        return stages.isEmpty()
                ? "none"
                : stages.stream().map(PipelineStage::uid).collect(Collectors.joining(", "));
    }

    private static void requireOwn(ParamMap map, Estimator<?> given, Estimator<?> copy) {
        List<String> own = Stream.concat(all(given), all(copy)).map(Params::uid).toList();
        for (ParamPair<?> pair : map.toList()) {
            if (!own.contains(pair.param().parent())) {
                throw new UserException("Expected params of " + given.uid() + " or its stages in estimatorParamMaps,"
                        + " found " + pair.param() + "; make the maps with the params of this estimator");
            }
        }
    }

    /** The owner, and all owners of params among the values of its params: the stages of a pipeline, for example. */
    static Stream<Params> all(Params owner) {
        return Stream.concat(
                Stream.of(owner),
                Arrays.stream(owner.params())
                        .filter(owner::isDefined)
                        .map(owner::getOrDefault)
                        .flatMap(value -> value instanceof Object[] array ? Arrays.stream(array) : Stream.of(value))
                        .filter(Params.class::isInstance)
                        .flatMap(value -> all((Params) value)));
    }

    /** Whether stages other than the perceptrons learn from rows. A Transformer does not. */
    boolean othersLearn() {
        return Stream.concat(before.stream(), after.stream()).anyMatch(Stages::learns);
    }

    private static boolean learns(PipelineStage stage) {
        return stage instanceof Pipeline pipeline
                ? Arrays.stream(pipeline.getStages()).anyMatch(Stages::learns)
                : stage instanceof Estimator;
    }

    PipelineModel fitBefore(Dataset<?> rows) {
        return pipeline(before).fit(rows);
    }

    /** Fits the stages after the perceptrons to what the stages before have made of the rows. */
    PipelineModel fitAfter(PerceptronClassificationModel model, Dataset<?> prepared) {
        return pipeline(after).fit(model.transform(prepared));
    }

    /** The model of fitted parts. It has no estimator left to fit, so {@code fit} only joins the stages. */
    Model<?> model(PipelineModel fitted, PerceptronClassificationModel model, PipelineModel rest, Dataset<?> rows) {
        return estimator instanceof PerceptronClassifier
                ? model
                : whole(Arrays.asList(fitted.stages()), model, Arrays.asList(rest.stages()))
                        .fit(rows);
    }

    /** Fits all stages, with {@code replaced} as the perceptrons. */
    Model<?> fit(PerceptronClassifier replaced, Dataset<?> rows) {
        return estimator instanceof PerceptronClassifier
                ? replaced.fit(rows)
                : whole(before, replaced, after).fit(rows);
    }

    private Pipeline whole(
            List<? extends PipelineStage> first, PipelineStage perceptrons, List<? extends PipelineStage> last) {
        return new Pipeline(estimator.uid())
                .setStages(Stream.of(first.stream(), Stream.of(perceptrons), last.stream())
                        .flatMap(stages -> stages)
                        .toArray(PipelineStage[]::new));
    }

    private static Pipeline pipeline(List<PipelineStage> stages) {
        return new Pipeline().setStages(stages.toArray(PipelineStage[]::new));
    }
}
