package io.sparkperceptron.ml;

import io.sparkperceptron.block.Folds;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of a cross-validation, which its model has too. Their names are those of Spark's CrossValidator. */
public interface PerceptronCrossValidatorParams extends Params {

    /** The params themselves. Public only because this is an interface. */
    OwnParams own();

    @Override
    default String uid() {
        return own().uid();
    }

    /** The perceptrons, or a Pipeline with one {@link PerceptronClassifier} among its stages. */
    default Param<Estimator<?>> estimator() {
        return own().param("estimator", "the perceptrons, or a pipeline with them");
    }

    /** The settings; by default one, the estimator's own. */
    default Param<ParamMap[]> estimatorParamMaps() {
        return own().param("estimatorParamMaps", "the settings: maps of params of the estimator and its stages");
    }

    /** The evaluator of the rows held out. Not set by default: then the error of the perceptrons decides. */
    default Param<Evaluator> evaluator() {
        return own().param(
                        "evaluator",
                        "the evaluator of the rows held out; without it, the error of the perceptrons decides");
    }

    /** K, from 2 to 100; by default 3. */
    default IntParam numFolds() {
        return own().integer(
                        "numFolds",
                        "number of folds (" + Folds.FEWEST + " to " + Folds.MOST + ")",
                        ParamValidators.inRange(Folds.FEWEST, Folds.MOST));
    }

    /** The column with the fold of each row, an integer from 0 to K - 1; by default empty: folds are drawn. */
    default Param<String> foldCol() {
        return own().param(
                        "foldCol",
                        "column with the fold of each row, from 0 to numFolds - 1; without it, folds are drawn");
    }

    /** The seed of the folds; by default 1. */
    default LongParam seed() {
        return own().seed("the seed for drawing the folds");
    }

    /** Whether the model keeps the models of all folds; by default false. */
    default BooleanParam collectSubModels() {
        return own().made(
                        "collectSubModels",
                        name -> new BooleanParam(this, name, "whether the model keeps the models of all folds"));
    }

    default Estimator<?> getEstimator() {
        return $(estimator());
    }

    default ParamMap[] getEstimatorParamMaps() {
        return $(estimatorParamMaps());
    }

    default Evaluator getEvaluator() {
        return $(evaluator());
    }

    default int getNumFolds() {
        return (int) $(numFolds());
    }

    default String getFoldCol() {
        return $(foldCol());
    }

    default long getSeed() {
        return (long) $(seed());
    }

    default boolean getCollectSubModels() {
        return (boolean) $(collectSubModels());
    }
}
