"""Cross-validation with all settings and folds side by side."""

from typing import Any, Dict, List, Optional

from py4j.java_gateway import JavaObject
from pyspark import SparkContext, keyword_only
from pyspark.ml.base import Estimator, Model
from pyspark.ml.common import _java2py
from pyspark.ml.evaluation import Evaluator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasSeed
from pyspark.ml.util import JavaMLWritable, MetaAlgorithmReadWrite
from pyspark.ml.wrapper import JavaModel, JavaParams, JavaWrapper
from pyspark.sql import DataFrame

from sparkperceptron._java import PACKAGE, _Readable
from sparkperceptron.classification import PerceptronClassifier


def _stages(owner: Any) -> Dict[str, Any]:
    """The estimator or model and the stages in it, by uid."""
    return {stage.uid: stage for stage in MetaAlgorithmReadWrite.getAllNestedStages(owner)}


def _map_to_java(owner: Any, params: Dict[Param, Any]) -> Any:
    """A Java map of params of an estimator, a model and the stages in it."""
    stages = _stages(owner)
    java_map = JavaWrapper._new_java_obj("org.apache.spark.ml.param.ParamMap")
    for param, value in params.items():
        stage = stages.get(param.parent)
        if not isinstance(stage, JavaParams):
            raise ValueError(f"Expected params of {owner.uid} or its stages in estimatorParamMaps, found {param}")
        java_map.put([stage._make_java_param_pair(param, value)])
    return java_map


def _map_from_java(owner: Any, java_map: Any) -> Dict[Param, Any]:
    """The Python map of a Java one."""
    stages = _stages(owner)
    params = {}
    for pair in java_map.toList():
        value = _java2py(SparkContext._active_spark_context, pair.value())
        param = stages[pair.param().parent()].getParam(pair.param().name())
        params[param] = JavaParams._from_java(value) if isinstance(value, JavaObject) else value
    return params


class _PerceptronCrossValidatorParams(HasSeed):
    """Params of :class:`PerceptronCrossValidator` and :class:`PerceptronCrossValidatorModel`."""

    estimator: "Param[Estimator]" = Param(
        Params._dummy(),
        "estimator",
        "the perceptrons, or a pipeline with them",
    )
    estimatorParamMaps: "Param[List[Dict[Param, Any]]]" = Param(
        Params._dummy(),
        "estimatorParamMaps",
        "the settings: maps of params of the estimator and its stages",
    )
    evaluator: "Param[Evaluator]" = Param(
        Params._dummy(),
        "evaluator",
        "the evaluator of the rows held out; without it, the error of the perceptrons decides",
    )
    numFolds: "Param[int]" = Param(
        Params._dummy(),
        "numFolds",
        "number of folds (2 to 100)",
        typeConverter=TypeConverters.toInt,
    )
    foldCol: "Param[str]" = Param(
        Params._dummy(),
        "foldCol",
        "column with the fold of each row, from 0 to numFolds - 1; without it, folds are drawn",
        typeConverter=TypeConverters.toString,
    )
    seed: "Param[int]" = Param(
        Params._dummy(),
        "seed",
        "the seed for drawing the folds",
        typeConverter=TypeConverters.toInt,
    )
    collectSubModels: "Param[bool]" = Param(
        Params._dummy(),
        "collectSubModels",
        "whether the model keeps the models of all folds",
        typeConverter=TypeConverters.toBoolean,
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            numFolds=3,
            foldCol="",
            seed=1,
            collectSubModels=False,
        )

    def getEstimator(self) -> Estimator:
        """Returns the estimator."""
        return self.getOrDefault(self.estimator)

    def getEstimatorParamMaps(self) -> List[Dict[Param, Any]]:
        """Returns the maps; if none are set, one empty map."""
        return self.getOrDefault(self.estimatorParamMaps) if self.isSet(self.estimatorParamMaps) else [{}]

    def getEvaluator(self) -> Evaluator:
        """Returns the evaluator of the rows held out."""
        return self.getOrDefault(self.evaluator)

    def getNumFolds(self) -> int:
        """Returns the number of folds."""
        return self.getOrDefault(self.numFolds)

    def getFoldCol(self) -> str:
        """Returns the column of folds; empty if they are drawn."""
        return self.getOrDefault(self.foldCol)

    def getCollectSubModels(self) -> bool:
        """Returns whether the model keeps the models of all folds."""
        return self.getOrDefault(self.collectSubModels)

    def _set(self, **kwargs: Any) -> Any:
        """Sets params. None clears a param."""
        for name in [name for name, value in kwargs.items() if value is None]:
            self.clear(self.getParam(name))
            del kwargs[name]
        return super()._set(**kwargs)

    def _take_params(self, java: Any) -> None:
        """Sets the params that a Java object has."""
        for name in ("numFolds", "foldCol", "seed", "collectSubModels"):
            if java.isSet(java.getParam(name)):
                self._set(**{name: java.getOrDefault(java.getParam(name))})
        if java.isSet(java.estimator()):
            estimator = JavaParams._from_java(java.getEstimator())
            maps = [_map_from_java(estimator, one) for one in java.getEstimatorParamMaps()]
            self._set(estimator=estimator, estimatorParamMaps=maps)
        if java.isSet(java.evaluator()):
            self._set(evaluator=JavaParams._from_java(java.getEvaluator()))


class PerceptronCrossValidator(
    Estimator["PerceptronCrossValidatorModel"],
    _PerceptronCrossValidatorParams,
    _Readable,
    JavaMLWritable,
):
    """
    K-fold cross-validation of perceptrons, alone or in a pipeline, with all settings and folds side by side.

    An epoch takes one pass over the data, where Spark's CrossValidator trains K times. If stages of the pipeline learn
    from rows, they are fitted without each fold, and an epoch takes a pass for each fold. The setting and the number
    of epochs are chosen by the mean error over the folds. With an evaluator, the best mean metric of the fully
    trained models decides, as in Spark's CrossValidator.

    Examples
    --------
    >>> classifier = PerceptronClassifier(maxIter=100)
    >>> grid = ParamGridBuilder().addGrid(classifier.stepSize, [0.1, 0.5, 1.0]).build()
    >>> tuned = PerceptronCrossValidator(estimator=classifier, estimatorParamMaps=grid, numFolds=5).fit(flowers)
    >>> tuned.choices.show()
    >>> tuned.bestModel.save("hdfs://host/model")
    """

    _input_kwargs: Dict[str, Any]

    @keyword_only
    def __init__(
        self,
        *,
        estimator: Optional[Estimator] = None,
        estimatorParamMaps: Optional[List[Dict[Param, Any]]] = None,
        evaluator: Optional[Evaluator] = None,
        numFolds: int = 3,
        foldCol: str = "",
        seed: int = 1,
        collectSubModels: bool = False,
    ):
        super().__init__()
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        estimator: Optional[Estimator] = None,
        estimatorParamMaps: Optional[List[Dict[Param, Any]]] = None,
        evaluator: Optional[Evaluator] = None,
        numFolds: int = 3,
        foldCol: str = "",
        seed: int = 1,
        collectSubModels: bool = False,
    ) -> "PerceptronCrossValidator":
        """Sets the params that are given by name."""
        return self._set(**self._input_kwargs)

    def setEstimator(self, value: Estimator) -> "PerceptronCrossValidator":
        """Sets :py:attr:`estimator`: a PerceptronClassifier, or a Pipeline with one among its stages."""
        return self._set(estimator=value)

    def setEstimatorParamMaps(self, value: List[Dict[Param, Any]]) -> "PerceptronCrossValidator":
        """Sets :py:attr:`estimatorParamMaps`."""
        return self._set(estimatorParamMaps=value)

    def setEvaluator(self, value: Evaluator) -> "PerceptronCrossValidator":
        """Sets :py:attr:`evaluator`, any of Spark's."""
        return self._set(evaluator=value)

    def setNumFolds(self, value: int) -> "PerceptronCrossValidator":
        """Sets :py:attr:`numFolds`."""
        return self._set(numFolds=value)

    def setFoldCol(self, value: str) -> "PerceptronCrossValidator":
        """Sets :py:attr:`foldCol`."""
        return self._set(foldCol=value)

    def setSeed(self, value: int) -> "PerceptronCrossValidator":
        """Sets :py:attr:`seed`."""
        return self._set(seed=value)

    def setCollectSubModels(self, value: bool) -> "PerceptronCrossValidator":
        """Sets :py:attr:`collectSubModels`."""
        return self._set(collectSubModels=value)

    def copy(self, extra: Optional[Dict[Param, Any]] = None) -> "PerceptronCrossValidator":
        """A copy with extra params. It also copies the estimator and the evaluator, which may own such params."""
        that = Params.copy(self, extra)
        for param in (self.estimator, self.evaluator):
            if that.isSet(param):
                that._set(**{param.name: that.getOrDefault(param).copy(extra)})
        return that

    def _fit(self, dataset: DataFrame) -> "PerceptronCrossValidatorModel":
        return self._copyValues(PerceptronCrossValidatorModel(self._to_java().fit(dataset._jdf)))

    def _to_java(self) -> Any:
        """The Java estimator with the values of this one."""
        that = JavaWrapper._new_java_obj(PACKAGE + "PerceptronCrossValidator", self.uid)
        that.setNumFolds(self.getNumFolds())
        that.setFoldCol(self.getFoldCol())
        that.setSeed(self.getSeed())
        that.setCollectSubModels(self.getCollectSubModels())
        estimator = self.getEstimator() if self.isSet(self.estimator) else PerceptronClassifier()
        parts = list(_stages(estimator).values())
        if self.isSet(self.evaluator):
            parts.append(self.getEvaluator())
        for part in parts:
            if not hasattr(part, "_to_java"):
                raise ValueError(f"Expected stages and an evaluator of Java, found {part}; CrossValidator takes others")
        that.setEstimator(estimator._to_java())
        if self.isSet(self.evaluator):
            that.setEvaluator(self.getEvaluator()._to_java())
        maps = [_map_to_java(estimator, one) for one in self.getEstimatorParamMaps()]
        java_class = SparkContext._jvm.org.apache.spark.ml.param.ParamMap
        that.setEstimatorParamMaps(JavaWrapper._new_java_array(maps, java_class))
        return that

    @classmethod
    def _from_java(cls, java_stage: Any) -> "PerceptronCrossValidator":
        """The Python estimator with the values of a Java one."""
        that = cls()
        that._take_params(java_stage)
        return that._resetUid(java_stage.uid())


class PerceptronCrossValidatorModel(
    JavaModel,
    _PerceptronCrossValidatorParams,
    _Readable,
    JavaMLWritable,
):
    """
    The model that cross-validation has chosen: perceptrons, or a pipeline with them.

    It is saved with its sub-models, if there are any, unless ``write().option("persistSubModels", "false")`` is used.
    """

    @property
    def bestModel(self) -> Model:
        """
        The chosen setting, trained on all rows and, without an evaluator, for the chosen number of epochs. A
        PerceptronClassificationModel, or a PipelineModel with one if the estimator is a pipeline.
        """
        return JavaParams._from_java(self._java_obj.bestModel())

    @property
    def avgMetrics(self) -> List[float]:
        """
        The mean over the folds for each map, in order. It is the mean of the evaluator's metric or, without an
        evaluator, the least mean error, which is infinite if a fold diverged at once.
        """
        return list(self._call_java("avgMetrics"))

    @property
    def hasSubModels(self) -> bool:
        """Whether :py:attr:`collectSubModels` was set."""
        return self._call_java("hasSubModels")

    @property
    def subModels(self) -> List[List[Model]]:
        """
        The models without each fold after their last epoch, by fold and map, without summaries. Raises if they were
        not collected.
        """
        return [[JavaParams._from_java(one) for one in fold] for fold in self._java_obj.subModels()]

    @property
    def curves(self) -> DataFrame:
        """
        Mean cost, mean error and its standard error over the folds, by setting and epoch. A loaded model raises, and
        one that an evaluator has chosen.
        """
        return self._call_java("curves")

    @property
    def metrics(self) -> DataFrame:
        """
        All runs' metrics. ``fold`` is the fold left out; null for a run on all rows. A loaded model raises, and one
        that an evaluator has chosen.
        """
        return self._call_java("metrics")

    @property
    def choices(self) -> DataFrame:
        """
        Each setting's least mean error, and ``chosen_epochs`` of the chosen setting. A loaded model raises, and one
        that an evaluator has chosen.
        """
        return self._call_java("choices")

    @property
    def outOfFold(self) -> DataFrame:
        """
        The rows trained on, in their order, each scored by the chosen setting's model that has not seen the row's fold.

        They have all columns that the perceptrons got, ``fold``, and raw prediction, probability and prediction. These
        models have the weights of the epoch with the lowest mean error. This reads the data frame again, which must not
        have changed. A loaded model raises.
        """
        return self._call_java("outOfFold")

    def conformal(self, alpha: float) -> "PerceptronCrossValidatorModel":
        """
        A copy whose ``transform`` also adds ``predictionSet``, an array of the plausible labels of a row.

        On average, about 1 - alpha of new rows have their label in it: the CV+ of Romano, Sesia and
        Candès, "Classification with valid and adaptive coverage", NeurIPS 2020. The column's metadata have this
        coverage and the guaranteed one. Each row is scored by all models without a fold.

        Examples
        --------
        >>> tuned.conformal(0.1).transform(flowers).select("prediction", "predictionSet").show()
        """
        return self._copyValues(PerceptronCrossValidatorModel(self._call_java("conformal", float(alpha))))

    def copy(self, extra: Optional[Dict[Param, Any]] = None) -> "PerceptronCrossValidatorModel":
        """A copy, also of the best model, which gets the extra params."""
        that = Params.copy(self, extra)
        best = self.bestModel
        stages = _stages(best)
        own = {param: value for param, value in (extra or {}).items() if param.parent in stages}
        that._java_obj = self._java_obj.copy(_map_to_java(best, own))
        return that

    def _transfer_params_to_java(self) -> None:
        """Does nothing, because the Java model has the params of its training."""

    def _transfer_params_from_java(self) -> None:
        self._take_params(self._java_obj)
