"""
The Python classes on a Spark. PYSPARK_SUBMIT_ARGS says where the jar is, see contributing.md.
"""

import importlib.util
import math
import pathlib
import random
import re
import shutil
import tempfile
import unittest

from pyspark.ml import Pipeline, PipelineModel, Transformer
from pyspark.ml.classification import OneVsRest
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import PCA, StandardScaler, VectorAssembler
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable
from pyspark.sql import SparkSession
from pyspark.sql.utils import IllegalArgumentException

builder = SparkSession.builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
spark = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()

# A jar on the path of Python is there only when Spark has started.
from sparkperceptron import (  # noqa: E402
    PerceptronClassificationModel,
    PerceptronClassifier,
    PerceptronCrossValidator,
    PerceptronCrossValidatorModel,
)

ROOT = pathlib.Path(__file__).resolve().parents[3]
DRAWS = importlib.util.find_spec("pandas") and importlib.util.find_spec("matplotlib")
CLASSES = 3
PARAMS = {
    "featuresCol": "features",
    "labelCol": "label",
    "predictionCol": "other",
    "probabilityCol": "chances",
    "rawPredictionCol": "raw",
    "thresholds": [0.5, 0.25, 0.25],
    "loss": "mse",
    "solver": "lbfgs",
    "stepSize": 0.25,
    "regParam": 0.001,
    "momentum": 0.5,
    "maxIter": 7,
    "tol": 1e-9,
    "patience": 3,
    "initSigma": 0.01,
    "seed": 2,
    "scaling": "standard",
    "classWeight": "balanced",
    "weightCol": "weight",
    "orderCol": "id",
    "validationIndicatorCol": "marked",
    "probabilities": "normalized",
    "contributionsCol": "parts",
}


def rows(count):
    """Rows of three classes that lie around a circle."""
    chance = random.Random(1)
    table = []
    for i in range(count):
        angle = i % CLASSES * 2 * math.pi / CLASSES
        x = math.cos(angle) + chance.gauss(0, 0.4)
        y = math.sin(angle) + chance.gauss(0, 0.4)
        table.append((i, float(i % CLASSES), x, y, Vectors.dense(x, y), 1.0 + i % 2, i % 5 == 0))
    return spark.createDataFrame(table, ["id", "label", "x", "y", "features", "weight", "marked"]).cache()


class Same(Transformer, DefaultParamsReadable, DefaultParamsWritable):
    """Changes nothing."""

    def _transform(self, dataset):
        return dataset


class PerceptronsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = rows(120)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.classifier = PerceptronClassifier(maxIter=20, orderCol="id")

    def predictions(self, model):
        return [row.prediction for row in model.transform(self.rows).orderBy("id").collect()]

    def test_every_param_reaches_java_and_comes_back_from_a_saved_estimator(self):
        classifier = PerceptronClassifier(**PARAMS)
        classifier.save(self.folder + "/estimator")
        loaded = PerceptronClassifier.load(self.folder + "/estimator")
        self.assertEqual(classifier.uid, loaded.uid)
        for name, value in PARAMS.items():
            getter = "get" + name[0].upper() + name[1:]
            self.assertEqual(value, getattr(classifier, getter)(), name)
            self.assertEqual(value, getattr(loaded, getter)(), name)
            setter = getattr(PerceptronClassifier(), "set" + name[0].upper() + name[1:])
            self.assertEqual(value, setter(value).getOrDefault(name), name)
        self.assertEqual(set(PARAMS) | {"initialModel"}, {param.name for param in classifier.params})

    def test_defaults_are_those_of_java(self):
        classifier = PerceptronClassifier()
        java = classifier._java_obj
        for param in classifier.params:
            self.assertEqual(java.hasDefault(java.getParam(param.name)), classifier.hasDefault(param), param.name)
            if classifier.hasDefault(param):
                default = java.getOrDefault(java.getParam(param.name))
                self.assertEqual(default, classifier.getOrDefault(param), param.name)

    def test_none_unsets_a_param(self):
        classifier = PerceptronClassifier(weightCol=None, orderCol="id").setOrderCol(None).setInitialModel(None)
        for param in (classifier.weightCol, classifier.orderCol, classifier.initialModel):
            self.assertFalse(classifier.isDefined(param))
        self.assertEqual("logistic", classifier.setLoss("mse").setLoss(None).getLoss())

    def test_fits_and_says_how(self):
        model = self.classifier.setValidationIndicatorCol("marked").fit(self.rows)
        self.assertEqual((CLASSES, 2), (model.numClasses, model.numFeatures))
        self.assertEqual([0, 1, 2], model.labels)
        self.assertEqual((CLASSES, 2), model.coefficientMatrix.toArray().shape)
        self.assertEqual(CLASSES, len(model.interceptVector))
        self.assertEqual(20, model.getMaxIter())
        accuracy = MulticlassClassificationEvaluator(metricName="accuracy").evaluate(model.transform(self.rows))
        self.assertGreater(accuracy, 0.85)
        row = model.transform(self.rows).first()
        z = model.coefficientMatrix.toArray() @ row.features.toArray() + model.interceptVector.toArray()
        self.assertAlmostEqual(0, abs(z - row.rawPrediction.toArray()).max())
        self.assertEqual(row.prediction, model.predict(row.features))
        self.assertAlmostEqual(1 / (1 + math.exp(-z[0])), model.predictProbability(row.features)[0])
        summary = model.summary
        self.assertTrue(model.hasSummary)
        self.assertEqual((20, "epochs"), (summary.totalIterations, summary.ending))
        self.assertEqual(list(range(21)), [row.epoch for row in summary.metrics.orderBy("epoch").collect()])
        self.assertIn("step_size", summary.allMetrics.columns)
        self.assertEqual("validation", summary.verdict.first().chosen_by)
        self.assertGreater(summary.curvature.count(), 1)

    def test_names_features_and_says_what_each_contributes(self):
        table = VectorAssembler(inputCols=["x", "y"], outputCol="named").transform(self.rows)
        model = self.classifier.setFeaturesCol("named").setContributionsCol("parts").fit(table)
        self.assertEqual(["x", "y"], model.featureNames)
        first = model.summary.coefficients.first()
        self.assertEqual((0, 0, "x"), (first.label, first.feature, first.name))
        self.assertEqual(model.coefficientMatrix.toArray()[0, 0], first.coefficient)
        for row in model.transform(table).take(20):
            label = int(row.prediction)
            total = sum(row.parts.toArray()) + model.interceptVector[label]
            self.assertAlmostEqual(row.rawPrediction[label], total)
        self.assertNotIn("parts", model.setContributionsCol("").transform(table).columns)
        self.assertEqual([], self.classifier.setFeaturesCol("features").fit(self.rows).featureNames)

    def test_a_listener_is_told_of_every_epoch_and_may_fail(self):
        told = []
        listening = self.classifier.setValidationIndicatorCol("marked").setTrainingListener(told.append)
        grid = ParamGridBuilder().addGrid(self.classifier.stepSize, [0.1, 0.5]).build()
        models = listening.copy().fit(self.rows, grid)
        self.assertEqual(2 * 21, len(told))
        self.assertEqual({"logistic-0.1", "logistic-0.5"}, {one["run"] for one in told})
        errors = [row.validation_error for row in models[0].summary.metrics.orderBy("epoch").collect()]
        self.assertEqual(errors, [one["validation_error"] for one in told if one["run"] == "logistic-0.1"])

        def fails(metrics):
            raise ValueError("no server")

        self.assertTrue(listening.setTrainingListener(fails).fit(self.rows).hasSummary)
        self.assertTrue(listening.setTrainingListener(None).fit(self.rows).hasSummary)
        self.assertEqual(2 * 21, len(told))

    def test_evaluates_as_spark_does(self):
        model = self.classifier.fit(self.rows)
        summary = model.evaluate(self.rows)
        accuracy = MulticlassClassificationEvaluator(metricName="accuracy").evaluate(model.transform(self.rows))
        self.assertAlmostEqual(accuracy, summary.accuracy)
        self.assertAlmostEqual(accuracy, model.summary.accuracy)
        self.assertEqual([0.0, 1.0, 2.0], summary.labels)
        self.assertEqual(CLASSES, len(summary.precisionByLabel))
        self.assertEqual(120, summary.predictions.count())
        self.assertEqual(21, len(model.summary.objectiveHistory))
        self.assertEqual((20, ""), (model.summary.modelEpoch, model.summary.divergence))

    def test_normalized_probabilities_add_up_to_1(self):
        model = self.classifier.fit(self.rows)
        self.assertNotAlmostEqual(1, sum(model.transform(self.rows).first().probability))
        self.assertAlmostEqual(1, sum(model.setProbabilities("normalized").transform(self.rows).first().probability))

    def test_a_setting_that_diverges_leaves_a_model_that_says_so(self):
        self.classifier.setRegParam(1e200).setStepSize(1e200)
        summary = self.classifier.fit(self.rows).summary
        self.assertEqual("diverged", summary.ending)
        self.assertIn("regParam", summary.divergence)

    def test_a_saved_model_predicts_the_same_and_has_no_summary(self):
        model = self.classifier.setScaling("standard").setPredictionCol("p").fit(self.rows)
        model.setPredictionCol("prediction")
        model.write().overwrite().save(self.folder + "/model")
        loaded = PerceptronClassificationModel.load(self.folder + "/model")
        self.assertEqual(self.predictions(model), self.predictions(loaded))
        self.assertEqual("standard", loaded.getScaling())
        self.assertFalse(loaded.hasSummary)
        self.assertEqual(model.coefficientMatrix, loaded.coefficientMatrix)

    def test_a_copy_has_its_own_params(self):
        copy = self.classifier.copy({self.classifier.maxIter: 3})
        self.assertEqual((3, 20), (copy.fit(self.rows).getMaxIter(), self.classifier.getMaxIter()))
        model = self.classifier.fit(self.rows)
        self.assertIn("p", model.transform(self.rows, {model.predictionCol: "p"}).columns)
        self.assertTrue(model.copy().hasSummary)

    def test_a_training_starts_from_an_initial_model(self):
        first = self.classifier.fit(self.rows)
        both = PerceptronClassifier(maxIter=40, orderCol="id").fit(self.rows)
        second = self.classifier.copy().setInitialModel(first)
        self.assertIs(first, second.getInitialModel())
        self.assertEqual(both.coefficientMatrix, second.fit(self.rows).coefficientMatrix)
        self.assertEqual(both.coefficientMatrix, second.copy().fit(self.rows).coefficientMatrix)
        with self.assertRaises(TypeError):
            second.setInitialModel("a path")

    def test_a_grid_is_one_training(self):
        grid = ParamGridBuilder().addGrid(self.classifier.stepSize, [0.1, 1.0]).build()
        models = self.classifier.fit(self.rows, grid)
        self.assertEqual([0.1, 1.0], [model.getStepSize() for model in models])
        for params, model in zip(grid, models):
            self.assertEqual(self.classifier.fit(self.rows, params).coefficientMatrix, model.coefficientMatrix)
            steps = {row.step_size for row in model.summary.allMetrics.select("step_size").distinct().collect()}
            self.assertEqual({0.1, 1.0}, steps)
        self.assertEqual([], self.classifier.fit(self.rows, []))

    def test_pipelines_are_saved_and_loaded(self):
        assembler = VectorAssembler(inputCols=["x", "y"], outputCol="vectors")
        pipeline = Pipeline(stages=[assembler, self.classifier.setFeaturesCol("vectors")])
        pipeline.save(self.folder + "/pipeline")
        loaded = Pipeline.load(self.folder + "/pipeline")
        self.assertIsInstance(loaded.getStages()[1], PerceptronClassifier)
        self.assertEqual(20, loaded.getStages()[1].getMaxIter())
        model = loaded.fit(self.rows)
        model.save(self.folder + "/model")
        again = PipelineModel.load(self.folder + "/model")
        self.assertIsInstance(again.stages[1], PerceptronClassificationModel)
        self.assertEqual(self.predictions(model), self.predictions(again))

    def test_a_pipeline_may_have_stages_of_python_alone(self):
        model = Pipeline(stages=[Same(), self.classifier]).fit(self.rows)
        model.save(self.folder + "/model")
        again = PipelineModel.load(self.folder + "/model")
        self.assertIsInstance(again.stages[1], PerceptronClassificationModel)
        self.assertEqual(self.predictions(model), self.predictions(again))

    def test_sparks_cross_validator_takes_it(self):
        grid = ParamGridBuilder().addGrid(self.classifier.maxIter, [0, 20]).build()
        cross = CrossValidator(
            estimator=self.classifier,
            estimatorParamMaps=grid,
            evaluator=MulticlassClassificationEvaluator(metricName="accuracy"),
            numFolds=2,
            seed=1,
            parallelism=2,
            collectSubModels=True,
        )
        model = cross.fit(self.rows)
        self.assertEqual(20, model.bestModel.getMaxIter())
        self.assertEqual([2, 2], [len(models) for models in model.subModels])
        model.save(self.folder + "/cross")
        loaded = CrossValidatorModel.load(self.folder + "/cross")
        self.assertIsInstance(loaded.bestModel, PerceptronClassificationModel)
        self.assertEqual(self.predictions(model), self.predictions(loaded))
        self.assertEqual([0, 20], [params[self.classifier.maxIter] for params in loaded.getEstimatorParamMaps()])

    def test_one_vs_rest_takes_it(self):
        # Spark gives it features and labels alone.
        model = OneVsRest(classifier=self.classifier.setOrderCol(None)).fit(self.rows)
        self.assertIsInstance(model.models[0], PerceptronClassificationModel)
        self.assertEqual(120, model.transform(self.rows).count())

    def test_cross_validates_all_folds_side_by_side(self):
        grid = ParamGridBuilder().addGrid(self.classifier.stepSize, [0.001, 0.5]).build()
        cross = PerceptronCrossValidator(
            estimator=self.classifier, estimatorParamMaps=grid, numFolds=4
        ).setSeed(5)
        model = cross.fit(self.rows)
        self.assertEqual(2, len(model.avgMetrics))
        self.assertEqual(0.5, model.bestModel.getStepSize())
        self.assertEqual(2 * 21, model.curves.count())
        self.assertEqual(5, model.metrics.select("fold").distinct().count())
        chosen = model.choices.filter("chosen_epochs is not null").collect()
        self.assertEqual([0.5], [row.step_size for row in chosen])
        self.assertEqual(self.predictions(model.bestModel), self.predictions(model))
        sure = model.conformal(0.1)
        self.assertIn("predictionSet", sure.transform(self.rows).columns)
        self.assertEqual((4, 5, grid), (sure.getNumFolds(), sure.getSeed(), sure.getEstimatorParamMaps()))
        best = model.bestModel
        self.assertIn("p", model.transform(self.rows, {best.predictionCol: "p"}).columns)
        model.save(self.folder + "/chosen")
        loaded = PerceptronCrossValidatorModel.load(self.folder + "/chosen")
        self.assertEqual(model.avgMetrics, loaded.avgMetrics)
        self.assertEqual(self.predictions(model), self.predictions(loaded))

    def test_a_pipeline_holds_a_cross_validator(self):
        grid = ParamGridBuilder().addGrid(self.classifier.maxIter, [2, 20]).build()
        cross = PerceptronCrossValidator(estimator=self.classifier, estimatorParamMaps=grid, numFolds=2)
        self.classifier.setFeaturesCol("vectors")
        pipeline = Pipeline(stages=[VectorAssembler(inputCols=["x", "y"], outputCol="vectors"), cross])
        model = pipeline.fit(self.rows)
        model.save(self.folder + "/model")
        again = PipelineModel.load(self.folder + "/model")
        self.assertIsInstance(again.stages[1], PerceptronCrossValidatorModel)
        self.assertEqual(self.predictions(model), self.predictions(again))
        copy = cross.copy({self.classifier.momentum: 0.5})
        self.assertEqual(0.5, copy.getEstimator().getMomentum())
        self.assertEqual(0.0, cross.getEstimator().getMomentum())
        pipeline.save(self.folder + "/pipeline")
        loaded = Pipeline.load(self.folder + "/pipeline").getStages()[1]
        self.assertIsInstance(loaded, PerceptronCrossValidator)
        self.assertEqual((cross.uid, 2, 1), (loaded.uid, loaded.getNumFolds(), loaded.getSeed()))
        self.assertEqual("vectors", loaded.getEstimator().getFeaturesCol())
        self.assertEqual(grid, loaded.getEstimatorParamMaps())

    def test_a_pipeline_is_judged_as_by_sparks_cross_validator(self):
        rows = self.rows.withColumn("fold", (self.rows.id % 3).cast("int"))
        scaler = StandardScaler(inputCol="features", outputCol="scaled")
        pca = PCA(k=1, inputCol="scaled", outputCol="few")
        pipeline = Pipeline(stages=[scaler, pca, self.classifier.setFeaturesCol("few").setMaxIter(5)])
        grid = ParamGridBuilder().addGrid(pca.k, [1, 2]).addGrid(self.classifier.stepSize, [0.01, 1.0]).build()
        evaluator = MulticlassClassificationEvaluator(metricName="accuracy")
        values = dict(
            estimator=pipeline,
            estimatorParamMaps=grid,
            evaluator=evaluator,
            numFolds=3,
            foldCol="fold",
            collectSubModels=True,
        )
        expected = CrossValidator(**values).fit(rows)
        cross = PerceptronCrossValidator(**values)
        model = cross.fit(rows)
        for one, other in zip(expected.avgMetrics, model.avgMetrics):
            self.assertAlmostEqual(one, other)
        self.assertEqual(self.predictions(expected), self.predictions(model))
        self.assertEqual([4, 4, 4], [len(fold) for fold in model.subModels])
        self.assertEqual("truth", cross.copy({evaluator.labelCol: "truth"}).getEvaluator().getLabelCol())
        model.save(self.folder + "/model")
        cross.save(self.folder + "/cross")
        loaded = PerceptronCrossValidatorModel.load(self.folder + "/model")
        self.assertEqual(self.predictions(model), self.predictions(loaded))
        self.assertEqual(self.predictions(model.subModels[2][3]), self.predictions(loaded.subModels[2][3]))
        model.write().overwrite().option("persistSubModels", "false").save(self.folder + "/model")
        self.assertFalse(PerceptronCrossValidatorModel.load(self.folder + "/model").hasSubModels)
        again = PerceptronCrossValidator.load(self.folder + "/cross")
        for owner in (cross, again, model, model.copy(), loaded):
            self.assertEqual(grid, owner.getEstimatorParamMaps())
            self.assertEqual(pipeline.uid, owner.getEstimator().uid)
            self.assertEqual("accuracy", owner.getEvaluator().getMetricName())
            self.assertEqual((3, "fold", 1, True), (owner.getNumFolds(), owner.getFoldCol(), owner.getSeed(),
                                                    owner.getCollectSubModels()))
        self.assertEqual(self.predictions(model), self.predictions(again.fit(rows)))
        last = model.bestModel.stages[-1]
        self.assertIn("p", model.transform(rows, {last.predictionCol: "p"}).columns)
        with self.assertRaisesRegex(IllegalArgumentException, "see avgMetrics"):
            model.curves
        without = cross.setEvaluator(None).setCollectSubModels(False).fit(rows)
        self.assertGreater(without.curves.count(), 4)
        with self.assertRaisesRegex(IllegalArgumentException, "setCollectSubModels"):
            without.subModels

    def test_what_cannot_be_cross_validated_is_told(self):
        cross = PerceptronCrossValidator(estimator=self.classifier, estimatorParamMaps=[{PCA().k: 1}])
        with self.assertRaisesRegex(ValueError, "Expected params of"):
            cross.fit(self.rows)
        cross.setEstimatorParamMaps([{}]).setEstimator(Pipeline(stages=[Same(), self.classifier]))
        with self.assertRaisesRegex(ValueError, "Expected stages and an evaluator of Java"):
            cross.fit(self.rows)
        with self.assertRaisesRegex(IllegalArgumentException, "Expected one PerceptronClassifier"):
            cross.setEstimator(Pipeline(stages=[])).fit(self.rows)

    def test_the_page_runs_from_top_to_bottom(self):
        flowers = self.rows.select("id", "label", self.rows.x.alias("length"), self.rows.y.alias("width"))
        flowers.write.csv(self.folder + "/flowers.csv", header=True)
        page = (ROOT / "src/site/markdown/python.md").read_text()
        names = {"spark": spark}
        for code in re.findall("```python\n(.*?)```", page, re.DOTALL):
            if "toPandas" not in code or DRAWS:
                exec(code.replace("hdfs://host", self.folder), names)
        if DRAWS:
            self.assertEqual(101, len(names["axes"].lines[0].get_xdata()))
        self.assertIsInstance(names["again"].stages[1], PerceptronClassificationModel)
        self.assertEqual(6, len(names["models"]))

    def test_errors_name_what_is_wrong(self):
        with self.assertRaisesRegex(IllegalArgumentException, "Expected .* 'colour'"):
            self.classifier.setFeaturesCol("colour").fit(self.rows)
        with self.assertRaises(TypeError):
            PerceptronClassifier(stepSize="fast")


if __name__ == "__main__":
    unittest.main()
