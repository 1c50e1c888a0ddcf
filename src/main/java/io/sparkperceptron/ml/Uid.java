package io.sparkperceptron.ml;

import org.apache.spark.ml.util.Identifiable$;

/**
 * Holds a uid until its owner can store it. Spark's constructors make params, which ask their owner for its uid,
 * before a Java class can set a field.
 */
record Uid(String text) {

    private static final ThreadLocal<String> ANNOUNCED = new ThreadLocal<>();

    /** Stores the uid that {@link #take} returns next in this thread. Call it in the arguments of {@code this(...)}. */
    static Uid announce(String text) {
        ANNOUNCED.set(text);
        return new Uid(text);
    }

    static Uid random(String prefix) {
        return announce(Identifiable$.MODULE$.randomUID(prefix));
    }

    static String take() {
        String text = ANNOUNCED.get();
        ANNOUNCED.remove();
        return text;
    }
}
