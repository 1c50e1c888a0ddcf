package io.sparkperceptron.ml;

import io.sparkperceptron.model.Hyperparameter;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * The params of training, besides those that all classifiers of Spark have. Names are Spark's where Spark has one.
 * There is no {@code aggregationDepth}: large sums are always merged in steps.
 */
public interface PerceptronParams extends HasWeightCol {

    /** The params themselves. Public only because this is an interface. */
    OwnParams own();

    /** The loss, {@code logistic} (default) or {@code mse}. */
    default Param<String> loss() {
        return own().loss;
    }

    /** The optimizer, {@code descent} (default) or {@code lbfgs}, which has no stepSize and no momentum. */
    default Param<String> solver() {
        return own().solver;
    }

    /** The learning rate, above 0; by default 0.5. */
    default DoubleParam stepSize() {
        return own().hyperparameters.get(Hyperparameter.LEARNING_RATE);
    }

    /** lambda of the penalty lambda/2 |w|^2, at least 0; by default 0. */
    default DoubleParam regParam() {
        return own().hyperparameters.get(Hyperparameter.L2);
    }

    /** The momentum of heavy ball, at least 0 and below 1; by default 0. */
    default DoubleParam momentum() {
        return own().hyperparameters.get(Hyperparameter.MOMENTUM);
    }

    /** The number of epochs; by default 200. */
    default IntParam maxIter() {
        return own().maxIter;
    }

    /** Training ends when the gradient is not longer than this; by default 0, for never. */
    default DoubleParam tol() {
        return own().tol;
    }

    /** Training ends after this many epochs without a new least validation error; by default 0, for never. */
    default IntParam patience() {
        return own().patience;
    }

    /** The standard deviation of normal starting weights; by default 0, for zeros. */
    default DoubleParam initSigma() {
        return own().initSigma;
    }

    /** The seed of the starting weights; by default 1. */
    default LongParam seed() {
        return own().seed;
    }

    /** {@code none} (default), {@code pixel}, {@code unit-norm} or {@code standard}. */
    default Param<String> scaling() {
        return own().scaling;
    }

    /** {@code balanced}, or labels and weights such as {@code 3:2.5,7:1}; not set by default. */
    default Param<String> classWeight() {
        return own().classWeight;
    }

    @Override
    default Param<String> weightCol() {
        return own().weightCol;
    }

    /** The column that rows are sorted by; not set by default. */
    default Param<String> orderCol() {
        return own().orderCol;
    }

    /** The column that marks rows for validation; not set by default. */
    default Param<String> validationIndicatorCol() {
        return own().validationIndicatorCol;
    }

    /** {@code independent} (default) or {@code normalized}: what the column of probabilities has. */
    default Param<String> probabilities() {
        return own().probabilities;
    }

    /** The column of each feature's part of the predicted class's score; by default empty, for none. */
    default Param<String> contributionsCol() {
        return own().contributionsCol;
    }

    default String getLoss() {
        return $(loss());
    }

    default String getSolver() {
        return $(solver());
    }

    default double getStepSize() {
        return (double) $(stepSize());
    }

    default double getRegParam() {
        return (double) $(regParam());
    }

    default double getMomentum() {
        return (double) $(momentum());
    }

    default int getMaxIter() {
        return (int) $(maxIter());
    }

    default double getTol() {
        return (double) $(tol());
    }

    default int getPatience() {
        return (int) $(patience());
    }

    default double getInitSigma() {
        return (double) $(initSigma());
    }

    default long getSeed() {
        return (long) $(seed());
    }

    default String getScaling() {
        return $(scaling());
    }

    default String getClassWeight() {
        return $(classWeight());
    }

    default String getOrderCol() {
        return $(orderCol());
    }

    default String getValidationIndicatorCol() {
        return $(validationIndicatorCol());
    }

    default String getProbabilities() {
        return $(probabilities());
    }

    default String getContributionsCol() {
        return $(contributionsCol());
    }

    /** Scala gives a trait its param in this way; here it comes from {@link #own}. */
    @Override
    default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(Param<String> param) {}
}
