package io.sparkperceptron.ml;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Hyperparameter;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.Identifiable;
import scala.Function1;

/**
 * The uid of an estimator or model, and its params, each made when it is first asked for. Spark's constructors ask
 * their object for both before a Java class can set a field.
 */
public final class OwnParams implements Identifiable, Serializable {

    private static final ThreadLocal<OwnParams> ANNOUNCED = new ThreadLocal<>();

    private final String uid;
    private final Map<String, Param<?>> params = new ConcurrentHashMap<>();

    private OwnParams(String uid) {
        this.uid = uid;
    }

    /** Makes what {@link #take} returns next in this thread. Call it in the arguments of {@code this(...)}. */
    static OwnParams announce(String uid) {
        OwnParams own = new OwnParams(uid);
        ANNOUNCED.set(own);
        return own;
    }

    static OwnParams take() {
        OwnParams own = ANNOUNCED.get();
        ANNOUNCED.remove();
        return own;
    }

    @Override
    public String uid() {
        return uid;
    }

    /** A param of any value but null that {@code check} accepts. */
    <T> Param<T> param(String name, String meaning, Check<T> check) {
        return made(name, key -> new Param<>(this, name, meaning, accepted(check)));
    }

    /** A param of any value but null. */
    <T> Param<T> param(String name, String meaning) {
        return param(name, meaning, value -> {});
    }

    IntParam integer(String name, String meaning, Function1<Object, Object> condition) {
        return made(name, key -> new IntParam(this, name, meaning, condition));
    }

    LongParam seed(String meaning) {
        return made("seed", key -> new LongParam(this, key, meaning));
    }

    /** A param of finite numbers of at least 0. */
    DoubleParam number(String name, String meaning) {
        return made(
                name,
                key -> new DoubleParam(this, name, meaning, (Function1<Object, Object> & Serializable)
                        value -> Double.isFinite((double) value) && (double) value >= 0));
    }

    DoubleParam hyperparameter(Hyperparameter one) {
        return made(
                one.param(),
                name -> new DoubleParam(
                        this,
                        name,
                        one.meaning() + " (" + one.bound() + ")",
                        accepted(value -> one.require((double) value))));
    }

    @SuppressWarnings("unchecked")
    <P extends Param<?>> P made(String name, Function<String, P> maker) {
        return (P) params.computeIfAbsent(name, maker);
    }

    /** Whether {@code probabilities} add up to 1. Throws IllegalArgumentException for any other value. */
    static boolean isNormalized(String value) {
        boolean normalized = value.equalsIgnoreCase("normalized");
        if (!normalized && !value.equalsIgnoreCase("independent")) {
            throw new IllegalArgumentException("expected independent or normalized, got '" + value + "'");
        }
        return normalized;
    }

    /** The name of a column; empty if it is not set, because an empty name means no column in Spark ML. */
    static String name(Params owner, Param<String> column) {
        return owner.isDefined(column) ? owner.getOrDefault(column) : "";
    }

    private static <T> Function1<T, Object> accepted(Check<T> check) {
        return (Function1<T, Object> & Serializable) value -> {
            if (value == null) {
                // Spark's own message would fail at a null.
                throw new UserException("Expected a value of a param, found null; clear(param) unsets it");
            }
            try {
                check.accept(value);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        };
    }

    /** Throws IllegalArgumentException for a bad value. Spark serializes it with its model. */
    interface Check<T> extends Consumer<T>, Serializable {}
}
