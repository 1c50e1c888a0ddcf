package io.sparkperceptron.notebook;

import java.util.HashMap;
import java.util.Map;
import scala.Tuple2;
import scala.collection.Seq;

/** The {@code z} of a note, as far as notes here use it: forms give their defaults, or what was typed. */
public final class ZeppelinContext {

    private final Map<String, Object> given = new HashMap<>();

    /** Types or chooses something in a form. */
    void give(String name, Object value) {
        given.put(name, value);
    }

    /** Gives all forms their defaults again. */
    void clear() {
        given.clear();
    }

    /** What was typed is text, whatever the default is. */
    public Object textbox(String name, Object defaultValue) {
        return String.valueOf(given.getOrDefault(name, defaultValue));
    }

    /** What was chosen, or the default, if it is one of the options' values, or the first option's. */
    public Object select(String name, Seq<Tuple2<Object, String>> options, Object defaultValue) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        for (int i = 0; i < options.size(); i++) {
            if (options.apply(i)._1().equals(defaultValue)) {
                return defaultValue;
            }
        }
        return options.apply(0)._1();
    }
}
