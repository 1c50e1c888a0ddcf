package io.sparkperceptron.results;

import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.training.Setting;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A column of a {@link Table}.
 *
 * @param name in the file's header
 * @param optional whether a cell may be empty, for null or NaN
 * @param value gives the value of a row in this column, of the class of {@code type}
 * @param text writes the value: a number that parses back to the same, or a text without commas
 */
public record Column<T>(
        String name, Type type, boolean optional, Function<T, Object> value, Function<Object, String> text) {

    public enum Type {
        INTEGER,
        LONG,
        DOUBLE,
        TEXT
    }

    public static <T> Column<T> integer(String name, Function<T, Integer> value) {
        return new Column<>(name, Type.INTEGER, false, value::apply, String::valueOf);
    }

    public static <T> Column<T> whole(String name, Function<T, Long> value) {
        return new Column<>(name, Type.LONG, false, value::apply, String::valueOf);
    }

    public static <T> Column<T> number(String name, ToDoubleFunction<T> value) {
        return new Column<>(name, Type.DOUBLE, false, value::applyAsDouble, String::valueOf);
    }

    /** A number with empty cells for NaN. */
    static <T> Column<T> known(String name, ToDoubleFunction<T> value) {
        return orEmpty(number(name, value));
    }

    /** A hyperparameter in the shortest form, as in names of runs; empty if the setting's optimizer does not use it. */
    static <T> Column<T> setting(Hyperparameter one, Function<T, Setting> setting) {
        return new Column<>(
                one.column(),
                Type.DOUBLE,
                true,
                thing -> setting.apply(thing).value(one),
                number -> Setting.text((double) number));
    }

    public static <T> Column<T> text(String name, Function<T, String> value) {
        return new Column<>(name, Type.TEXT, false, value::apply, String::valueOf);
    }

    /** The column with empty cells for null and NaN. */
    public static <T> Column<T> orEmpty(Column<T> column) {
        return new Column<>(column.name, column.type, true, column.value, column.text);
    }

    String cell(T thing) {
        Object cell = value.apply(thing);
        boolean nothing = cell == null || (cell instanceof Double number && Double.isNaN(number));
        return optional && nothing ? "" : text.apply(cell);
    }
}
