"""
Sigmoid perceptrons for ``pyspark.ml``: an estimator, its models and cross-validation.

The classes wrap those of the Java package ``io.sparkperceptron.ml``, whose jar this package is part of. The params,
their defaults and their texts are the same.
"""

import sys

from sparkperceptron.classification import (
    PerceptronClassificationModel,
    PerceptronClassifier,
    PerceptronSummary,
    PerceptronTrainingSummary,
)
from sparkperceptron.tuning import PerceptronCrossValidator, PerceptronCrossValidatorModel

__all__ = [
    "PerceptronClassificationModel",
    "PerceptronClassifier",
    "PerceptronCrossValidator",
    "PerceptronCrossValidatorModel",
    "PerceptronSummary",
    "PerceptronTrainingSummary",
]

# pyspark looks for the Python class of a Java object in a module that has the name of the Java package. No file can
# be this module, because Python's own io is not a package.
sys.modules["io.sparkperceptron.ml"] = sys.modules[__name__]
