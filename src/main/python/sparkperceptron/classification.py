"""The estimator, its model and the summary of a training."""

from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence, Tuple

from pyspark import SparkContext, keyword_only
from pyspark.java_gateway import ensure_callback_server_started
from pyspark.ml.base import _FitMultipleIterator
from pyspark.ml.classification import (
    _ClassificationSummary,
    _JavaProbabilisticClassificationModel,
    _JavaProbabilisticClassifier,
    _ProbabilisticClassifierParams,
    _TrainingSummary,
)
from pyspark.ml.linalg import Matrix, Vector
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.param.shared import (
    HasMaxIter,
    HasRegParam,
    HasSeed,
    HasSolver,
    HasStepSize,
    HasTol,
    HasValidationIndicatorCol,
    HasWeightCol,
)
from pyspark.ml.util import HasTrainingSummary, JavaMLWritable
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import DataFrame

from sparkperceptron._java import PACKAGE, _Readable


class _PerceptronParams(
    _ProbabilisticClassifierParams,
    HasSolver,
    HasStepSize,
    HasRegParam,
    HasMaxIter,
    HasTol,
    HasSeed,
    HasWeightCol,
    HasValidationIndicatorCol,
):
    """Params of :class:`PerceptronClassifier` and :class:`PerceptronClassificationModel`."""

    loss: "Param[str]" = Param(
        Params._dummy(),
        "loss",
        "the loss: logistic or mse",
        typeConverter=TypeConverters.toString,
    )
    solver: "Param[str]" = Param(
        Params._dummy(),
        "solver",
        "the optimizer: descent or lbfgs; lbfgs has no stepSize and no momentum",
        typeConverter=TypeConverters.toString,
    )
    stepSize: "Param[float]" = Param(
        Params._dummy(),
        "stepSize",
        "the step along the gradient (above 0)",
        typeConverter=TypeConverters.toFloat,
    )
    regParam: "Param[float]" = Param(
        Params._dummy(),
        "regParam",
        "lambda of the penalty lambda/2 |w|^2, which leaves the biases out (at least 0)",
        typeConverter=TypeConverters.toFloat,
    )
    momentum: "Param[float]" = Param(
        Params._dummy(),
        "momentum",
        "heavy ball: the part of the last step that the next one keeps (at least 0 and below 1)",
        typeConverter=TypeConverters.toFloat,
    )
    maxIter: "Param[int]" = Param(
        Params._dummy(),
        "maxIter",
        "the number of epochs, each with one update (>= 0)",
        typeConverter=TypeConverters.toInt,
    )
    tol: "Param[float]" = Param(
        Params._dummy(),
        "tol",
        "training ends when the norm of the gradient is at most this; 0 for never (>= 0)",
        typeConverter=TypeConverters.toFloat,
    )
    patience: "Param[int]" = Param(
        Params._dummy(),
        "patience",
        "training ends when the error of the rows marked by validationIndicatorCol has had no new minimum for"
        " this many epochs; 0 for never (>= 0)",
        typeConverter=TypeConverters.toInt,
    )
    initSigma: "Param[float]" = Param(
        Params._dummy(),
        "initSigma",
        "standard deviation of the normal starting weights; 0 for zeros (>= 0)",
        typeConverter=TypeConverters.toFloat,
    )
    seed: "Param[int]" = Param(
        Params._dummy(),
        "seed",
        "the seed of the normal starting weights",
        typeConverter=TypeConverters.toInt,
    )
    scaling: "Param[str]" = Param(
        Params._dummy(),
        "scaling",
        "scaling of the features: none, pixel (divide by 255), unit-norm (each row), or standard (divide each"
        " feature by its standard deviation)",
        typeConverter=TypeConverters.toString,
    )
    classWeight: "Param[str]" = Param(
        Params._dummy(),
        "classWeight",
        "the weights of the classes in training: balanced, or LABEL:WEIGHT[,LABEL:WEIGHT...]",
        typeConverter=TypeConverters.toString,
    )
    weightCol: "Param[str]" = Param(
        Params._dummy(),
        "weightCol",
        "column of the weights of the rows in training; without it, all weights are 1",
        typeConverter=TypeConverters.toString,
    )
    orderCol: "Param[str]" = Param(
        Params._dummy(),
        "orderCol",
        "column to sort the rows by, with a different value in every row; without it, rows have the order in which"
        " Spark returns them",
        typeConverter=TypeConverters.toString,
    )
    validationIndicatorCol: "Param[str]" = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "column that is true for validation rows, which are measured every epoch but not trained on",
        typeConverter=TypeConverters.toString,
    )

    probabilities: "Param[str]" = Param(
        Params._dummy(),
        "probabilities",
        "independent (each perceptron's own), or normalized (divided by their sum, to add up to 1)",
        typeConverter=TypeConverters.toString,
    )
    contributionsCol: "Param[str]" = Param(
        Params._dummy(),
        "contributionsCol",
        "column of vectors that say how much each feature adds to the raw prediction of the predicted class;"
        " none if empty",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._setDefault(
            loss="logistic",
            solver="descent",
            stepSize=0.5,
            regParam=0.0,
            momentum=0.0,
            maxIter=200,
            tol=0.0,
            patience=0,
            initSigma=0.0,
            seed=1,
            scaling="none",
            probabilities="independent",
            contributionsCol="",
        )

    def getLoss(self) -> str:
        """Returns the loss."""
        return self.getOrDefault(self.loss)

    def getMomentum(self) -> float:
        """Returns the momentum of heavy ball."""
        return self.getOrDefault(self.momentum)

    def getPatience(self) -> int:
        """Returns the number of epochs without a new least error after which training ends; 0 for never."""
        return self.getOrDefault(self.patience)

    def getInitSigma(self) -> float:
        """Returns the standard deviation of the starting weights."""
        return self.getOrDefault(self.initSigma)

    def getScaling(self) -> str:
        """Returns the scaling of the features."""
        return self.getOrDefault(self.scaling)

    def getClassWeight(self) -> str:
        """Returns the weights of the classes in training."""
        return self.getOrDefault(self.classWeight)

    def getOrderCol(self) -> str:
        """Returns the column that rows are sorted by."""
        return self.getOrDefault(self.orderCol)

    def getProbabilities(self) -> str:
        """Returns the kind of probabilities in their column."""
        return self.getOrDefault(self.probabilities)

    def getContributionsCol(self) -> str:
        """Returns the column of contributions; empty for none."""
        return self.getOrDefault(self.contributionsCol)


class PerceptronClassifier(
    _JavaProbabilisticClassifier["PerceptronClassificationModel"],
    _PerceptronParams,
    _Readable,
    JavaMLWritable,
):
    """
    Trains one sigmoid perceptron for each class, by full-batch gradient descent or L-BFGS.

    Labels are 0, 1, 2 ..., as StringIndexer makes them. Features are a column of vectors or of arrays of numbers.

    Examples
    --------
    >>> classifier = PerceptronClassifier(stepSize=0.5, maxIter=100, scaling="standard", orderCol="id")
    >>> model = classifier.fit(flowers)
    >>> model.summary.metrics.show()
    >>> model.transform(flowers).select("label", "prediction", "probability").show()
    """

    _input_kwargs: Dict[str, Any]

    initialModel: "Param[PerceptronClassificationModel]" = Param(
        Params._dummy(),
        "initialModel",
        "the model to start from, instead of zeros",
        typeConverter=lambda value: _model(value),
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: str = "features",
        labelCol: str = "label",
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        rawPredictionCol: str = "rawPrediction",
        thresholds: Optional[List[float]] = None,
        loss: str = "logistic",
        solver: str = "descent",
        stepSize: float = 0.5,
        regParam: float = 0.0,
        momentum: float = 0.0,
        maxIter: int = 200,
        tol: float = 0.0,
        patience: int = 0,
        initSigma: float = 0.0,
        seed: int = 1,
        scaling: str = "none",
        classWeight: Optional[str] = None,
        weightCol: Optional[str] = None,
        orderCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        probabilities: str = "independent",
        contributionsCol: str = "",
        initialModel: "Optional[PerceptronClassificationModel]" = None,
    ):
        super().__init__()
        self._java_obj = self._new_java_obj(PACKAGE + "PerceptronClassifier", self.uid)
        self.setParams(**self._input_kwargs)

    @keyword_only
    def setParams(
        self,
        *,
        featuresCol: str = "features",
        labelCol: str = "label",
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        rawPredictionCol: str = "rawPrediction",
        thresholds: Optional[List[float]] = None,
        loss: str = "logistic",
        solver: str = "descent",
        stepSize: float = 0.5,
        regParam: float = 0.0,
        momentum: float = 0.0,
        maxIter: int = 200,
        tol: float = 0.0,
        patience: int = 0,
        initSigma: float = 0.0,
        seed: int = 1,
        scaling: str = "none",
        classWeight: Optional[str] = None,
        weightCol: Optional[str] = None,
        orderCol: Optional[str] = None,
        validationIndicatorCol: Optional[str] = None,
        probabilities: str = "independent",
        contributionsCol: str = "",
        initialModel: "Optional[PerceptronClassificationModel]" = None,
    ) -> "PerceptronClassifier":
        """Sets the params that are given by name."""
        return self._set(**self._input_kwargs)

    def setLoss(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`loss`."""
        return self._set(loss=value)

    def setSolver(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`solver`."""
        return self._set(solver=value)

    def setStepSize(self, value: float) -> "PerceptronClassifier":
        """Sets :py:attr:`stepSize`."""
        return self._set(stepSize=value)

    def setRegParam(self, value: float) -> "PerceptronClassifier":
        """Sets :py:attr:`regParam`."""
        return self._set(regParam=value)

    def setMomentum(self, value: float) -> "PerceptronClassifier":
        """Sets :py:attr:`momentum`."""
        return self._set(momentum=value)

    def setMaxIter(self, value: int) -> "PerceptronClassifier":
        """Sets :py:attr:`maxIter`."""
        return self._set(maxIter=value)

    def setTol(self, value: float) -> "PerceptronClassifier":
        """Sets :py:attr:`tol`."""
        return self._set(tol=value)

    def setPatience(self, value: int) -> "PerceptronClassifier":
        """Sets :py:attr:`patience`."""
        return self._set(patience=value)

    def setInitSigma(self, value: float) -> "PerceptronClassifier":
        """Sets :py:attr:`initSigma`."""
        return self._set(initSigma=value)

    def setSeed(self, value: int) -> "PerceptronClassifier":
        """Sets :py:attr:`seed`."""
        return self._set(seed=value)

    def setScaling(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`scaling`."""
        return self._set(scaling=value)

    def setClassWeight(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`classWeight`."""
        return self._set(classWeight=value)

    def setWeightCol(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`weightCol`."""
        return self._set(weightCol=value)

    def setOrderCol(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`orderCol`."""
        return self._set(orderCol=value)

    def setValidationIndicatorCol(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`validationIndicatorCol`."""
        return self._set(validationIndicatorCol=value)

    def setProbabilities(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`probabilities`."""
        return self._set(probabilities=value)

    def setContributionsCol(self, value: str) -> "PerceptronClassifier":
        """Sets :py:attr:`contributionsCol`."""
        return self._set(contributionsCol=value)

    def setInitialModel(self, value: "PerceptronClassificationModel") -> "PerceptronClassifier":
        """Sets :py:attr:`initialModel`. The estimator does not save it."""
        return self._set(initialModel=value)

    def getInitialModel(self) -> "PerceptronClassificationModel":
        """Returns the model that training starts from."""
        return self.getOrDefault(self.initialModel)

    def setTrainingListener(self, value: Optional[Callable[[Dict[str, Any]], None]]) -> "PerceptronClassifier":
        """
        Sets a listener of each epoch while ``fit`` runs; None for none. Copies have the same listener; it is not
        saved. If it raises, Spark's log has the exception, and the training goes on.

        Parameters
        ----------
        value : callable
            gets a dict for each epoch of each setting: ``run``, ``epoch``, ``train_cost``, ``train_error``, ``penalty``
            and ``gradient_norm``; if rows are marked, also ``validation_cost`` and ``validation_error``
        """
        if value is not None:
            ensure_callback_server_started(SparkContext._gateway)
        self._java_obj.setTrainingListener(None if value is None else _Listener(value))
        return self

    def fitMultiple(
        self, dataset: DataFrame, paramMaps: Sequence[Dict[Param, Any]]
    ) -> Iterator[Tuple[int, "PerceptronClassificationModel"]]:
        """
        Trains a model for each map. Settings that differ only in loss, solver, stepSize, regParam and momentum share
        one pass over the data per epoch. Each model has the bits of a training by itself.

        Returns
        -------
        iterator of (int, :class:`PerceptronClassificationModel`)
            the place of the map, and its model; any thread may take the next one
        """
        estimator = self.copy()
        estimator._transfer_params_to_java()
        fitted = estimator._java_obj.fit(dataset._jdf, estimator._transfer_param_maps_to_java(paramMaps))
        models = [estimator._copyValues(self._create_model(one), params) for one, params in zip(fitted, paramMaps)]
        return _FitMultipleIterator(models.__getitem__, len(models))

    def _set(self, **kwargs: Any) -> "PerceptronClassifier":
        """Sets params. None clears a param, because pyspark would give Java a null."""
        for name in [name for name, value in kwargs.items() if value is None]:
            self.clear(self.getParam(name))
            del kwargs[name]
        return super()._set(**kwargs)

    def _create_model(self, java_model: Any) -> "PerceptronClassificationModel":
        return PerceptronClassificationModel(java_model)

    def _transfer_param_maps_to_java(self, paramMaps: Sequence[Dict[Param, Any]]) -> Any:
        return self._new_java_array(
            [self._transfer_param_map_to_java(one) for one in paramMaps],
            SparkContext._jvm.org.apache.spark.ml.param.ParamMap,
        )

    def _make_java_param_pair(self, param: Param, value: Any) -> Any:
        if isinstance(value, JavaWrapper):
            # pyspark would pickle it.
            value = value._java_obj
        return super()._make_java_param_pair(param, value)


class PerceptronClassificationModel(
    _JavaProbabilisticClassificationModel[Vector],
    _PerceptronParams,
    _Readable,
    JavaMLWritable,
    HasTrainingSummary["PerceptronTrainingSummary"],
):
    """
    C trained perceptrons. The raw prediction of a row is z = w.x + b of each perceptron, its probability sigma(z) of
    each. They do not add up to 1, unless :py:attr:`probabilities` is ``normalized``. The prediction is the label of the
    largest z.

    ``load`` reads what ``save`` wrote, and ``OUTPUT/models/RUN`` of ``submit/train.sh``.
    """

    def setProbabilities(self, value: str) -> "PerceptronClassificationModel":
        """Sets :py:attr:`probabilities`."""
        return self._set(probabilities=value)

    def setContributionsCol(self, value: str) -> "PerceptronClassificationModel":
        """Sets :py:attr:`contributionsCol`."""
        return self._set(contributionsCol=value)

    @property
    def featureNames(self) -> List[str]:
        """The names of the features by the metadata of their column in training; an empty list if it has none."""
        return list(self._call_java("featureNames"))

    @property
    def coefficientMatrix(self) -> Matrix:
        """C x d weights for features as in the column: with standard scaling they include its factors."""
        return self._call_java("coefficientMatrix")

    @property
    def interceptVector(self) -> Vector:
        """The C intercepts."""
        return self._call_java("interceptVector")

    @property
    def labels(self) -> List[int]:
        """The labels of the classes, ascending: 0 to C - 1 if :class:`PerceptronClassifier` fitted the model."""
        return list(self._call_java("labels"))

    @property
    def labelNames(self) -> List[str]:
        """The labels as texts: names if the command line trained the model on names, otherwise numbers."""
        return list(self._call_java("labelNames"))

    @property
    def summary(self) -> "PerceptronTrainingSummary":
        """The training that made this model. A loaded model raises, see :py:attr:`hasSummary`."""
        return PerceptronTrainingSummary(super().summary)

    def evaluate(self, dataset: DataFrame) -> "PerceptronSummary":
        """Spark's metrics of the predictions for labelled rows."""
        self._transfer_params_to_java()
        return PerceptronSummary(self._call_java("evaluate", dataset))


class PerceptronSummary(_ClassificationSummary):
    """
    The predictions of a model for labelled rows, and Spark's metrics of them: accuracy, and precision, recall and
    others by label. The first metric that is asked for reads the rows. With weightCol a row counts as its weight.
    """


class PerceptronTrainingSummary(PerceptronSummary, _TrainingSummary):
    """
    The training of a model, and its predictions for the rows trained on. Errors are fractions. The metrics of epochs
    are in memory; predictions, verdict, curvature and report read the data frame again when one of them is first used.
    """

    @property
    def metrics(self) -> DataFrame:
        """
        A row for each epoch from 0 on: ``epoch``, ``train_cost``, ``train_error``, ``validation_cost``,
        ``validation_error``, ``penalty``, ``gradient_norm`` and ``seconds``.
        """
        return self._call_java("metrics")

    @property
    def allMetrics(self) -> DataFrame:
        """The metrics of all settings trained side by side, with the columns of their loss and hyperparameters."""
        return self._call_java("allMetrics")

    @property
    def coefficients(self) -> DataFrame:
        """
        A row for each class and feature: ``label``, ``feature``, from 0 on, its ``name`` by the metadata of the column
        of features, or null, and ``coefficient``.
        """
        return self._call_java("coefficients")

    @property
    def modelEpoch(self) -> int:
        """
        The epoch whose weights the model has: the last one; with patience that of the least validation error; the one
        before if training diverged.
        """
        return self._call_java("modelEpoch")

    @property
    def ending(self) -> str:
        """
        Why training ended: ``epochs`` by maxIter, ``converged`` by tol, ``patience``, ``saturated`` if steps no longer
        changed any weight, or ``diverged``.
        """
        return self._call_java("ending")

    @property
    def divergence(self) -> str:
        """A sentence on when and why training diverged, and what to do; empty if it did not."""
        return self._call_java("divergence")

    @property
    def verdict(self) -> DataFrame:
        """
        One row: ``verdict``, ``verdict_epoch``, ``reason``, ``chosen_by``, ``best_error``, ``best_epoch``,
        ``settled_epoch`` and ``guaranteed_step_size``.
        """
        return self._call_java("verdict")

    @property
    def curvature(self) -> DataFrame:
        """
        At some epochs ``curvature``, the eigenvalue of largest size of the training cost's Hessian, and
        ``step_size_times_curvature``: a step overshoots where the product is above 2.
        """
        return self._call_java("curvature")

    def writeReport(self, uri: str) -> str:
        """
        Writes the files of ``submit/train.sh`` for all settings trained side by side. The rows marked by
        validationIndicatorCol are the test set.

        Parameters
        ----------
        uri : str
            a folder on any storage; earlier results there are replaced

        Returns
        -------
        str
            the URI of the page
        """
        return self._call_java("writeReport", uri)


class _Listener:
    """Tells a Python function what Java measures."""

    def __init__(self, told: Callable[[Dict[str, Any]], None]):
        self.told = told

    def epochStarted(self, state: Any) -> None:
        """Does nothing: there are no metrics yet."""

    def epochFinished(self, epoch: int, metrics: Any) -> None:
        """Tells the metrics of each run."""
        for one in metrics:
            values = {
                "run": one.run().name(),
                "epoch": epoch,
                "train_cost": one.train().cost(),
                "train_error": one.train().error(),
                "penalty": one.penalty(),
                "gradient_norm": one.gradientNorm(),
            }
            validation = one.validation() if one.validation().isMeasured() else one.test()
            if validation.isMeasured():
                values["validation_cost"] = validation.cost()
                values["validation_error"] = validation.error()
            self.told(values)

    def runLeft(self, metrics: Any, ending: Any) -> None:
        """Does nothing: the summary has the ending."""

    def trainingEnded(self) -> None:
        """Does nothing: fit returns."""

    class Java:
        implements = ["io.sparkperceptron.training.TrainingListener"]


def _model(value: Any) -> PerceptronClassificationModel:
    """Returns a value of initialModel, which is a Java object if the estimator comes from Java."""
    if isinstance(value, PerceptronClassificationModel):
        return value
    if hasattr(value, "getClass") and value.getClass().getName() == PACKAGE + "PerceptronClassificationModel":
        return PerceptronClassificationModel._from_java(value)
    raise TypeError("Expected a PerceptronClassificationModel as initialModel, got %s" % type(value))
