package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.ClassWeighting;
import io.sparkperceptron.model.FeatureScaling;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.training.Optimizer;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import scala.Function1;

/** The params of {@link PerceptronParams}, made for one owner. */
public final class OwnParams implements Serializable {

    final Param<String> loss;
    final Param<String> solver;
    final Map<Hyperparameter, DoubleParam> hyperparameters = new LinkedHashMap<>();
    final IntParam maxIter;
    final DoubleParam tol;
    final IntParam patience;
    final DoubleParam initSigma;
    final LongParam seed;
    final Param<String> scaling;
    final Param<String> classWeight;
    final Param<String> weightCol;
    final Param<String> orderCol;
    final Param<String> validationIndicatorCol;
    final Param<String> probabilities;
    final Param<String> contributionsCol;

    OwnParams(Params owner) {
        loss = new Param<>(owner, "loss", "the loss: " + Loss.NAMES, accepted(Loss::of));
        solver = new Param<>(
                owner,
                "solver",
                "the optimizer: " + Optimizer.NAMES + ", which has no stepSize and no momentum",
                accepted(Optimizer::of));
        for (Hyperparameter one : Hyperparameter.ALL) {
            String meaning = one.meaning() + " (" + one.bound() + ")";
            hyperparameters.put(
                    one, new DoubleParam(owner, one.param(), meaning, accepted(value -> one.require((double) value))));
        }
        maxIter = new IntParam(
                owner, "maxIter", "the number of updates of the weights, epochs (>= 0)", ParamValidators.gtEq(0));
        tol = new DoubleParam(
                owner,
                "tol",
                "training ends when the gradient is not longer than this; 0 for never (>= 0)",
                finiteAnd(ParamValidators.gtEq(0)));
        patience = new IntParam(
                owner,
                "patience",
                "training ends when the error of the rows marked by validationIndicatorCol has had no new minimum for"
                        + " this many epochs; 0 for never (>= 0)",
                ParamValidators.gtEq(0));
        initSigma = new DoubleParam(
                owner,
                "initSigma",
                "standard deviation of the normal distribution that weights are drawn from at the start; 0 for zeros"
                        + " (>= 0)",
                finiteAnd(ParamValidators.gtEq(0)));
        seed = new LongParam(owner, "seed", "the seed of the weights that are drawn at the start");
        scaling = new Param<>(
                owner,
                "scaling",
                "scaling of the features: none, pixel (divide by 255), unit-norm (each row), or standard (divide each"
                        + " feature by its standard deviation)",
                accepted(FeatureScaling::of));
        classWeight = new Param<>(
                owner,
                "classWeight",
                "what the cost and gradient of a class's rows are multiplied by: balanced, or"
                        + " LABEL:WEIGHT[,LABEL:WEIGHT...]",
                accepted(ClassWeighting::of));
        weightCol = new Param<>(
                owner,
                "weightCol",
                "column of what a row's cost and gradient are multiplied by; all count the same without",
                accepted(name -> {}));
        orderCol = new Param<>(
                owner,
                "orderCol",
                "column that rows are sorted by, with another value in every row; without, they have the order in which"
                        + " Spark shows them",
                accepted(name -> {}));
        validationIndicatorCol = new Param<>(
                owner,
                "validationIndicatorCol",
                "column that is true for rows that are not trained on, but measured after every epoch",
                accepted(name -> {}));
        probabilities = new Param<>(
                owner,
                "probabilities",
                "independent, each perceptron's own, or normalized, divided by their sum so that they add up to 1",
                accepted(OwnParams::isNormalized));
        contributionsCol = new Param<>(
                owner,
                "contributionsCol",
                "column of vectors that say how much each feature adds to the raw prediction of the predicted class;"
                        + " none if empty",
                accepted(name -> {}));
    }

    /** Whether a value of {@code probabilities} asks for a sum of 1. Throws if it is no such value. */
    static boolean isNormalized(String value) {
        boolean normalized = value.equalsIgnoreCase("normalized");
        if (!normalized && !value.equalsIgnoreCase("independent")) {
            throw new IllegalArgumentException("expected independent or normalized, got '" + value + "'");
        }
        return normalized;
    }

    /** Whether a column has a name: an empty one means none, as everywhere in Spark ML. */
    static boolean isNamed(Params owner, Param<String> column) {
        return !name(owner, column).isEmpty();
    }

    /** The name of a column; empty if it has none. */
    static String name(Params owner, Param<String> column) {
        return owner.isDefined(column) ? owner.getOrDefault(column) : "";
    }

    static <T> Function1<T, Object> accepted(Parser<T> parser) {
        return (Function1<T, Object> & Serializable) value -> {
            if (value == null) {
                // Spark's own message would fail at a null.
                throw new UserException("Expected a value of a param, found null; clear(param) unsets it");
            }
            try {
                parser.accept(value);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        };
    }

    private static Function1<Object, Object> finiteAnd(Function1<Object, Object> condition) {
        return (Function1<Object, Object> & Serializable)
                value -> Double.isFinite((double) value) && (boolean) condition.apply(value);
    }

    /** Throws if it cannot read a value. Spark serializes it, because it serializes models with their params. */
    interface Parser<T> extends Consumer<T>, Serializable {}
}
