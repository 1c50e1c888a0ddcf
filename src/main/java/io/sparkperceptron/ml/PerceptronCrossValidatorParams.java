package io.sparkperceptron.ml;

import io.sparkperceptron.block.Folds;
import java.io.Serializable;
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
    Own own();

    /** The perceptrons, or a Pipeline with one {@link PerceptronClassifier} among its stages. */
    default Param<Estimator<?>> estimator() {
        return own().estimator;
    }

    /** The settings; by default one, the estimator's own. */
    default Param<ParamMap[]> estimatorParamMaps() {
        return own().estimatorParamMaps;
    }

    /** What judges the rows held out; not set by default: the error of the perceptrons judges. */
    default Param<Evaluator> evaluator() {
        return own().evaluator;
    }

    /** K, from 2 to 100; by default 3. */
    default IntParam numFolds() {
        return own().numFolds;
    }

    /** The column of integers from 0 to K - 1 that says which fold a row is in; by default "": folds are drawn. */
    default Param<String> foldCol() {
        return own().foldCol;
    }

    /** The seed of the folds; by default 1. */
    default LongParam seed() {
        return own().seed;
    }

    /** Whether the model keeps the models of all folds; by default false. */
    default BooleanParam collectSubModels() {
        return own().collectSubModels;
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

    /** The params, made for one owner. */
    final class Own implements Serializable {

        private final Param<Estimator<?>> estimator;
        private final Param<ParamMap[]> estimatorParamMaps;
        private final Param<Evaluator> evaluator;
        private final IntParam numFolds;
        private final Param<String> foldCol;
        private final LongParam seed;
        private final BooleanParam collectSubModels;

        Own(Params owner) {
            estimator = new Param<>(
                    owner, "estimator", "the perceptrons, or a pipeline with them", OwnParams.accepted(value -> {}));
            estimatorParamMaps = new Param<>(
                    owner,
                    "estimatorParamMaps",
                    "the settings: maps of params of the estimator and its stages",
                    OwnParams.accepted(value -> {}));
            evaluator = new Param<>(
                    owner,
                    "evaluator",
                    "what judges the rows held out; without, it is the error of the perceptrons",
                    OwnParams.accepted(value -> {}));
            numFolds = new IntParam(
                    owner,
                    "numFolds",
                    "number of folds (" + Folds.FEWEST + " to " + Folds.MOST + ")",
                    ParamValidators.inRange(Folds.FEWEST, Folds.MOST));
            foldCol = new Param<>(
                    owner,
                    "foldCol",
                    "column of the fold that each row is in, from 0 to numFolds - 1; without, folds are drawn",
                    OwnParams.accepted(value -> {}));
            seed = new LongParam(owner, "seed", "the seed of the draw of folds");
            collectSubModels =
                    new BooleanParam(owner, "collectSubModels", "whether the model keeps the models of all folds");
        }

        /** Sets the defaults of the owner. */
        static void setDefaults(PerceptronCrossValidatorParams owner) {
            owner.setDefault(owner.numFolds(), (Object) 3);
            owner.setDefault(owner.foldCol(), "");
            owner.setDefault(owner.seed(), (Object) 1L);
            owner.setDefault(owner.collectSubModels(), (Object) false);
        }
    }
}
