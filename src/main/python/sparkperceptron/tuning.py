"""Cross-validation with all settings and folds side by side."""

from typing import Any, Dict, List, Optional

from pyspark import keyword_only
from pyspark.ml.base import Estimator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import HasSeed
from pyspark.ml.util import JavaMLWritable
from pyspark.ml.wrapper import JavaModel, JavaParams, JavaWrapper
from pyspark.sql import DataFrame

from sparkperceptron._java import PACKAGE, _Readable
from sparkperceptron.classification import PerceptronClassificationModel, PerceptronClassifier


class PerceptronCrossValidator(Estimator["PerceptronCrossValidatorModel"], HasSeed, _Readable, JavaMLWritable):
    """
    K-fold cross-validation of perceptrons, with all settings and folds side by side.

    An epoch takes one pass over the data, where Spark's CrossValidator trains K times. The setting and the number of
    epochs are chosen by the mean error over the folds; no evaluator is needed.

    Examples
    --------
    >>> classifier = PerceptronClassifier(maxIter=100)
    >>> grid = ParamGridBuilder().addGrid(classifier.stepSize, [0.1, 0.5, 1.0]).build()
    >>> tuned = PerceptronCrossValidator(estimator=classifier, estimatorParamMaps=grid, numFolds=5).fit(flowers)
    >>> tuned.choices.show()
    >>> tuned.bestModel.save("hdfs://host/model")
    """

    _input_kwargs: Dict[str, Any]

    estimator: "Param[PerceptronClassifier]" = Param(Params._dummy(), "estimator", "estimator to be cross-validated")
    estimatorParamMaps: "Param[List[Dict[Param, Any]]]" = Param(
        Params._dummy(), "estimatorParamMaps", "estimator param maps"
    )
    numFolds: "Param[int]" = Param(
        Params._dummy(),
        "numFolds",
        "number of folds (2 to 100)",
        typeConverter=TypeConverters.toInt,
    )
    seed: "Param[int]" = Param(
        Params._dummy(),
        "seed",
        "the seed of the draw of folds",
        typeConverter=TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        estimator: Optional[PerceptronClassifier] = None,
        estimatorParamMaps: Optional[List[Dict[Param, Any]]] = None,
        numFolds: int = 3,
        seed: int = 1,
    ):
        super().__init__()
        self._setDefault(
            numFolds=3,
            seed=1,
        )
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        estimator: Optional[PerceptronClassifier] = None,
        estimatorParamMaps: Optional[List[Dict[Param, Any]]] = None,
        numFolds: int = 3,
        seed: int = 1,
    ) -> "PerceptronCrossValidator":
        """Sets the params that are given by name."""
        return self._set(**self._input_kwargs)

    def setEstimator(self, value: PerceptronClassifier) -> "PerceptronCrossValidator":
        """Sets :py:attr:`estimator`."""
        return self._set(estimator=value)

    def getEstimator(self) -> PerceptronClassifier:
        """Returns the estimator."""
        return self.getOrDefault(self.estimator)

    def setEstimatorParamMaps(self, value: List[Dict[Param, Any]]) -> "PerceptronCrossValidator":
        """Sets :py:attr:`estimatorParamMaps`."""
        return self._set(estimatorParamMaps=value)

    def getEstimatorParamMaps(self) -> List[Dict[Param, Any]]:
        """Returns the maps; if none are set, one that is empty."""
        return self.getOrDefault(self.estimatorParamMaps) if self.isSet(self.estimatorParamMaps) else [{}]

    def setNumFolds(self, value: int) -> "PerceptronCrossValidator":
        """Sets :py:attr:`numFolds`."""
        return self._set(numFolds=value)

    def getNumFolds(self) -> int:
        """Returns the number of folds."""
        return self.getOrDefault(self.numFolds)

    def setSeed(self, value: int) -> "PerceptronCrossValidator":
        """Sets :py:attr:`seed`."""
        return self._set(seed=value)

    def copy(self, extra: Optional[Dict[Param, Any]] = None) -> "PerceptronCrossValidator":
        """A copy, also of the estimator, with extra params of either."""
        that = Params.copy(self, extra)
        return that.setEstimator(self.getEstimator().copy(extra)) if self.isSet(self.estimator) else that

    def _fit(self, dataset: DataFrame) -> "PerceptronCrossValidatorModel":
        return PerceptronCrossValidatorModel(self._to_java().fit(dataset._jdf))

    def _to_java(self) -> Any:
        """The Java estimator with the values of this one."""
        that = JavaWrapper._new_java_obj(PACKAGE + "PerceptronCrossValidator", self.uid)
        that.setNumFolds(self.getNumFolds())
        that.setSeed(self.getSeed())
        estimator = self.getEstimator() if self.isSet(self.estimator) else PerceptronClassifier()
        that.setEstimator(estimator._to_java())
        that.setEstimatorParamMaps(estimator._transfer_param_maps_to_java(self.getEstimatorParamMaps()))
        return that

    @classmethod
    def _from_java(cls, java_stage: Any) -> "PerceptronCrossValidator":
        """The Python estimator with the values of a Java one."""
        estimator = JavaParams._from_java(java_stage.getEstimator())
        that = cls(
            estimator=estimator,
            estimatorParamMaps=[
                estimator._transfer_param_map_from_java(one) for one in java_stage.getEstimatorParamMaps()
            ],
            numFolds=java_stage.getNumFolds(),
            seed=java_stage.getSeed(),
        )
        return that._resetUid(java_stage.uid())


class PerceptronCrossValidatorModel(JavaModel, _Readable, JavaMLWritable):
    """The model that cross-validation has chosen."""

    @property
    def bestModel(self) -> PerceptronClassificationModel:
        """The chosen setting, trained on all rows for the chosen number of epochs."""
        return JavaParams._from_java(self._java_obj.bestModel())

    @property
    def avgMetrics(self) -> List[float]:
        """The least mean error over the folds, for each map in its order; infinite if a fold diverged at once."""
        return list(self._call_java("avgMetrics"))

    @property
    def curves(self) -> DataFrame:
        """Mean cost, mean error and its standard error over the folds, by setting and epoch. A loaded model raises."""
        return self._call_java("curves")

    @property
    def metrics(self) -> DataFrame:
        """All runs' metrics. ``fold`` is the fold left out; null for a run on all rows. A loaded model raises."""
        return self._call_java("metrics")

    @property
    def choices(self) -> DataFrame:
        """Each setting's least mean error, and ``chosen_epochs`` of the chosen setting. A loaded model raises."""
        return self._call_java("choices")

    @property
    def outOfFold(self) -> DataFrame:
        """
        The rows trained on, in their order, each scored by the chosen setting's model that has not seen the row's fold.

        They have all their columns, ``fold``, and the columns of ``transform``. These models have the weights of the
        epoch with the lowest mean error. It reads the data frame again, which must not have changed. A loaded model
        raises.
        """
        return self._call_java("outOfFold")

    def conformal(self, alpha: float) -> "PerceptronCrossValidatorModel":
        """
        A copy whose ``transform`` also adds ``predictionSet``: the labels that a row may well have, an array.

        About 1 - alpha of new rows have their label in it, on the average over all rows: the CV+ of Romano, Sesia and
        Candès, "Classification with valid and adaptive coverage", NeurIPS 2020. The column's metadata have this
        coverage and the one that is certain. Each row is scored by all models without a fold.

        Examples
        --------
        >>> tuned.conformal(0.1).transform(flowers).select("prediction", "predictionSet").show()
        """
        return PerceptronCrossValidatorModel(self._call_java("conformal", float(alpha)))

    def copy(self, extra: Optional[Dict[Param, Any]] = None) -> "PerceptronCrossValidatorModel":
        """A copy, also of the best model, which gets the extra params."""
        that = Params.copy(self, extra)
        that._java_obj = self._java_obj.copy(self.bestModel._transfer_param_map_to_java(extra or {}))
        return that
