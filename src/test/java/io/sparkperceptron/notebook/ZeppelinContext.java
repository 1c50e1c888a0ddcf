package io.sparkperceptron.notebook;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Console$;
import scala.Tuple2;
import scala.collection.Seq;

/** The {@code z} of a note, as far as notes here use it: forms give their defaults, and {@code show} prints what a table is made of. */
public final class ZeppelinContext {

    /** zeppelin.spark.maxResult. */
    private static final int MOST_ROWS = 1000;

    private final Map<String, Object> pool = new HashMap<>();
    private final Map<String, Object> given = new HashMap<>();

    /** Types or chooses something in a form. */
    void give(String name, Object value) {
        given.put(name, value);
    }

    public Object textbox(String name, Object defaultValue) {
        return given.getOrDefault(name, defaultValue);
    }

    public Object textbox(String name) {
        return textbox(name, "");
    }

    public Object input(String name, Object defaultValue) {
        return textbox(name, defaultValue);
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

    public void put(String name, Object value) {
        pool.put(name, value);
    }

    public Object get(String name) {
        return pool.get(name);
    }

    /** Prints the rows, a thousand at most, with tabs between their cells. */
    public void show(Object rows) {
        if (!(rows instanceof Dataset<?> dataset)) {
            throw new IllegalArgumentException("expected a data frame to show, got " + rows);
        }
        PrintStream out = Console$.MODULE$.out();
        out.println("%table " + String.join("\t", dataset.columns()));
        for (Row row : dataset.toDF().takeAsList(MOST_ROWS)) {
            out.println(cells(row));
        }
    }

    private static String cells(Row row) {
        List<Object> cells = Arrays.asList(new Object[row.length()]);
        for (int i = 0; i < row.length(); i++) {
            cells.set(i, row.get(i));
        }
        return cells.stream().map(String::valueOf).collect(Collectors.joining("\t"));
    }
}
