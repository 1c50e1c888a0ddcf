package io.sparkperceptron.ml;

import org.apache.spark.ml.util.Identifiable$;

/**
 * A uid that is there before the constructor that it is given to. Spark's constructors make params, which take their owner's uid, before a Java
 * class can set a field of its own.
 */
record Uid(String text) {

    private static final ThreadLocal<String> ANNOUNCED = new ThreadLocal<>();

    /** To be called in the arguments of a constructor's {@code this(...)}: what {@link #take} gives next in this thread. */
    static Uid announce(String text) {
        ANNOUNCED.set(text);
        return new Uid(text);
    }

    /** Likewise, of a new one. */
    static Uid random(String prefix) {
        return announce(Identifiable$.MODULE$.randomUID(prefix));
    }

    /** The uid that was announced. */
    static String take() {
        String text = ANNOUNCED.get();
        ANNOUNCED.remove();
        return text;
    }
}
