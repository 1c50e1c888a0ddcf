package io.sparkperceptron.ml;

import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Optimizer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * The params of training, besides those that all classifiers of Spark have. Names are Spark's where Spark has one.
 * There is no {@code aggregationDepth}: large sums are always merged in steps.
 */
public interface PerceptronParams extends HasWeightCol {

    /** The params themselves. Public only because this is an interface. */
    OwnParams own();

    @Override
    default String uid() {
        return own().uid();
    }

    /** The loss, {@code logistic} (default) or {@code mse}. */
    default Param<String> loss() {
        return own().param("loss", "the loss: " + Loss.NAMES, Loss::of);
    }

    /** The optimizer, {@code descent} (default) or {@code lbfgs}. L-BFGS has no stepSize and no momentum. */
    default Param<String> solver() {
        return own().param(
                        "solver",
                        "the optimizer: " + Optimizer.NAMES + "; lbfgs has no stepSize and no momentum",
                        Optimizer::of);
    }

    /** The learning rate, above 0; by default 0.5. */
    default DoubleParam stepSize() {
        return own().hyperparameter(Hyperparameter.LEARNING_RATE);
    }

    /** lambda of the penalty lambda/2 |w|^2, at least 0; by default 0. */
    default DoubleParam regParam() {
        return own().hyperparameter(Hyperparameter.L2);
    }

    /** The momentum of heavy ball, at least 0 and below 1; by default 0. */
    default DoubleParam momentum() {
        return own().hyperparameter(Hyperparameter.MOMENTUM);
    }

    /** The number of epochs; by default 200. */
    default IntParam maxIter() {
        return own().integer("maxIter", "the number of epochs, each with one update (>= 0)", ParamValidators.gtEq(0));
    }

    /** Training ends when the norm of the gradient is at most this; by default 0, for never. */
    default DoubleParam tol() {
        return own().number("tol", "training ends when the norm of the gradient is at most this; 0 for never (>= 0)");
    }

    /** Training ends after this many epochs without a new least validation error; by default 0, for never. */
    default IntParam patience() {
        return own().integer(
                        "patience",
                        "training ends when the error of the rows marked by validationIndicatorCol has had no new"
                                + " minimum for this many epochs; 0 for never (>= 0)",
                        ParamValidators.gtEq(0));
    }

    /** The standard deviation of normal starting weights; by default 0, for zeros. */
    default DoubleParam initSigma() {
        return own().number("initSigma", "standard deviation of the normal starting weights; 0 for zeros (>= 0)");
    }

    /** The seed of the starting weights; by default 1. */
    default LongParam seed() {
        return own().seed("the seed of the normal starting weights");
    }

    /** {@code none} (default), {@code pixel}, {@code unit-norm} or {@code standard}. */
    default Param<String> scaling() {
        return own().param(
                        "scaling",
                        "scaling of the features: none, pixel (divide by 255), unit-norm (each row), or standard"
                                + " (divide each feature by its standard deviation)",
                        FeatureScaling::of);
    }

    /** {@code balanced}, or labels and weights such as {@code 3:2.5,7:1}; not set by default. */
    default Param<String> classWeight() {
        return own().param(
                        "classWeight",
                        "the weights of the classes in training: balanced, or LABEL:WEIGHT[,LABEL:WEIGHT...]",
                        ClassWeighting::of);
    }

    @Override
    default Param<String> weightCol() {
        return own().param("weightCol", "column of the weights of the rows in training; without it, all weights are 1");
    }

    /** The column that rows are sorted by; not set by default. */
    default Param<String> orderCol() {
        return own().param(
                        "orderCol",
                        "column to sort the rows by, with a different value in every row; without it, rows have the"
                                + " order in which Spark returns them");
    }

    /** The column that marks rows for validation; not set by default. */
    default Param<String> validationIndicatorCol() {
        return own().param(
                        "validationIndicatorCol",
                        "column that is true for validation rows, which are measured every epoch but not trained on");
    }

    /** {@code independent} (default) or {@code normalized}: the kind of probabilities in their column. */
    default Param<String> probabilities() {
        return own().param(
                        "probabilities",
                        "independent (each perceptron's own), or normalized (divided by their sum, to add up to 1)",
                        OwnParams::isNormalized);
    }

    /** The column of how much each feature adds to the predicted class's score; by default empty, for none. */
    default Param<String> contributionsCol() {
        return own().param(
                        "contributionsCol",
                        "column of vectors that say how much each feature adds to the raw prediction of the predicted"
                                + " class; none if empty");
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

    /** Does nothing: Scala would set the param of a trait by this, but here {@link #own} makes the param. */
    @Override
    default void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(Param<String> param) {}
}
