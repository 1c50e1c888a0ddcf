package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds every stage of the package and tries all uses of it in a pipeline, like SynapseML's fuzzing tests. */
class StagesTest extends MlTest {

    @TempDir
    Path folder;

    private final Dataset<Row> rows = rows(80, 21);

    @Test
    void everyStageIsFittedCopiedSavedAndLoaded() throws Exception {
        Set<Class<?>> stages = stages();
        Set<Class<?>> tried = new HashSet<>();
        for (Class<?> stage : stages) {
            if (Estimator.class.isAssignableFrom(stage)) {
                Estimator<?> estimator = (Estimator<?>) stage.getConstructor().newInstance();
                shorten(estimator);
                tried.add(stage);
                tried.add(tryEstimator(estimator).getClass());
            }
        }
        assertEquals(stages, tried, "a transformer that no estimator fits needs a case of its own");
    }

    /** Spark Connect's server finds stages by this list. A class without a constructor would hide all of Spark's. */
    @Test
    void everyStageIsListedForJavasServiceLoader() throws Exception {
        Set<Class<?>> listed = new HashSet<>();
        for (Class<?> kind : List.of(Estimator.class, Transformer.class)) {
            Path services = Path.of("src/main/resources/META-INF/services", kind.getName());
            for (String name : Files.readAllLines(services)) {
                Class<?> stage = Class.forName(name);
                assertTrue(kind.isAssignableFrom(stage) && Modifier.isPublic(stage.getModifiers()), name);
                stage.getConstructor().newInstance();
                stage.getMethod("load", String.class);
                listed.add(stage);
            }
            assertTrue(ServiceLoader.load(kind).stream()
                    .map(ServiceLoader.Provider::type)
                    .collect(Collectors.toSet())
                    .containsAll(listed.stream().filter(kind::isAssignableFrom).toList()));
        }
        assertEquals(stages(), listed);
    }

    private static Set<Class<?>> stages() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(PerceptronClassifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path room = classes.resolve(PerceptronClassifier.class.getPackageName().replace('.', '/'));
        Set<Class<?>> found = new HashSet<>();
        try (Stream<Path> files = Files.list(room)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                Class<?> one = Class.forName(PerceptronClassifier.class.getPackageName() + "."
                        + file.getFileName().toString().replace(".class", ""));
                if (PipelineStage.class.isAssignableFrom(one) && !Modifier.isAbstract(one.getModifiers())) {
                    found.add(one);
                }
            }
        }
        assertTrue(found.contains(PerceptronCrossValidator.class), found.toString());
        return found;
    }

    private static void shorten(Estimator<?> estimator) {
        PerceptronClassifier short3 = new PerceptronClassifier().setMaxIter(3);
        if (estimator instanceof PerceptronCrossValidator validator) {
            ParamMap[] maps = {
                new ParamMap().put(short3.stepSize(), (Object) 0.25).put(short3.loss(), "mse"), ParamMap.empty()
            };
            validator.setEstimator(short3).setEstimatorParamMaps(maps).setNumFolds(2);
        } else {
            estimator.set(estimator.getParam("maxIter"), 3);
        }
    }

    private Transformer tryEstimator(Estimator<?> estimator) throws Exception {
        Class<?> type = estimator.getClass();
        assertEquals("mine", ((Params) type.getConstructor(String.class).newInstance("mine")).uid());
        requireAccessors(estimator, true);
        Model<?> model = estimator.fit(rows);
        List<Row> expected = scores(model);
        assertEquals(estimator.uid(), model.uid());
        assertEquals(estimator, model.parent());

        Estimator<?> copy = (Estimator<?>) estimator.copy(ParamMap.empty());
        assertNotSame(estimator, copy);
        assertEquals(values(estimator), values(copy));
        assertEquals(expected, scores(copy.fit(rows)));
        Estimator<?> loaded = (Estimator<?>) saved(estimator);
        assertEquals(values(estimator), values(loaded));
        assertEquals(expected, scores(loaded.fit(rows)));

        requireAccessors(model, false);
        Transformer copied = model.copy(ParamMap.empty());
        assertEquals(values(model), values(copied));
        assertEquals(estimator, ((Model<?>) copied).parent());
        assertEquals(expected, scores(copied));
        Transformer read = (Transformer) saved(model);
        assertEquals(values(model), values(read));
        assertEquals(expected, scores(read));
        assertEquals(
                model.transformSchema(rows.schema()).fieldNames().length,
                model.transform(rows).columns().length);

        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator});
        Pipeline pipelineRead = (Pipeline) saved(pipeline);
        PipelineModel fitted = pipelineRead.fit(rows);
        assertEquals(expected, scores(fitted));
        assertEquals(expected, scores((Transformer) saved(fitted)));
        return model;
    }

    private List<Row> scores(Transformer model) {
        return model.transform(rows)
                .sort("id")
                .select("id", "rawPrediction", "probability", "prediction")
                .collectAsList();
    }

    private Object saved(Object stage) throws Exception {
        String place = folder.resolve(stage.getClass().getSimpleName() + System.nanoTime())
                .toString();
        assertInstanceOf(MLWritable.class, stage).save(place);
        return stage.getClass().getMethod("load", String.class).invoke(null, place);
    }

    /** A getter for each param, which gives its value if it has one; a setter for each param of an estimator. */
    private static void requireAccessors(Params owner, boolean setters) throws Exception {
        for (Param<?> param : owner.params()) {
            String name = StringUtils.capitalize(param.name());
            Object value = null;
            try {
                value = owner.getClass().getMethod("get" + name).invoke(owner);
            } catch (InvocationTargetException e) {
                assertFalse(owner.isDefined(param), param.name());
            }
            if (owner.isDefined(param)) {
                assertEquals(owner.getOrDefault(param), value, param.name());
            }
            if (setters) {
                assertTrue(
                        Arrays.stream(owner.getClass().getMethods())
                                .anyMatch(method -> method.getName().equals("set" + name)),
                        "a setter of " + param.name());
            }
        }
    }

    private static String values(Params owner) {
        List<String> values = new ArrayList<>(List.of(owner.uid()));
        Arrays.stream(owner.params())
                .filter(param -> owner.isDefined(param) && !(owner.getOrDefault(param) instanceof ParamMap[]))
                .forEach(param -> values.add(param.name() + "=" + owner.getOrDefault(param)));
        if (owner instanceof PerceptronCrossValidatorParams validator) {
            values.add(values(validator.getEstimator()));
            for (ParamMap map : validator.getEstimatorParamMaps()) {
                values.add(Arrays.stream(validator.getEstimator().params())
                        .filter(map::contains)
                        .map(param -> param.name() + "=" + map.get(param).get())
                        .collect(Collectors.joining(",")));
            }
        }
        return String.join(" ", values);
    }
}
