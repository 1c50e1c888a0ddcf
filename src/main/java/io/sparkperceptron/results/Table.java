package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in a CSV file. Its columns serve for writing, for parsing and for data frames. */
public record Table<T>(List<Column<T>> columns) {

    public Table {
        columns = List.copyOf(columns);
    }

    public Table<T> and(Column<T> column) {
        return new Table<>(Stream.concat(columns.stream(), Stream.of(column)).toList());
    }

    /** This table with a column at its end for each hyperparameter that has none. */
    Table<T> withAll(Function<T, Setting> setting) {
        List<String> names = columns.stream().map(Column::name).toList();
        Stream<Column<T>> others = Hyperparameter.ALL.stream()
                .filter(one -> !names.contains(one.column()))
                .map(one -> Column.setting(one, setting));
        return new Table<>(Stream.concat(columns.stream(), others).toList());
    }

    String header() {
        return columns.stream().map(Column::name).collect(Collectors.joining(",", "", "\n"));
    }

    String line(T thing) {
        return columns.stream().map(column -> column.cell(thing)).collect(Collectors.joining(",", "", "\n"));
    }

    public String text(List<T> things) {
        return things.stream().map(this::line).collect(Collectors.joining("", header(), ""));
    }

    /**
     * Parses a table. Messages call its rows {@code noun}. Throws UserException if the text is not such a table.
     * Function {@code thing} throws IllegalArgumentException if the values of a row are impossible.
     */
    public List<T> parse(String text, String noun, Function<Row, T> thing) {
        if (!text.startsWith(header()) || !text.endsWith("\n")) {
            throw new UserException(
                    "Expected " + noun + " that begin with " + header().strip() + " and end with a whole line");
        }
        List<String> lines = text.lines().toList();
        List<T> things = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                things.add(thing.apply(row(lines.get(i).split(",", -1))));
            } catch (IllegalArgumentException e) {
                throw new UserException(
                        "Expected a row of " + noun + " in line " + (i + 1) + ": " + UserException.reason(e), e);
            }
        }
        return things;
    }

    private Row row(String[] cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException("expected " + columns.size() + " columns, got " + cells.length);
        }
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].isEmpty() && !columns.get(i).optional()) {
                throw new IllegalArgumentException(
                        "expected a " + columns.get(i).name() + ", got none");
            }
            byName.put(columns.get(i).name(), cells[i]);
        }
        return new Row(byName);
    }

    /** A parsed row: cells by the names of their columns. */
    public record Row(Map<String, String> cells) {

        public String text(String column) {
            return cells.get(column);
        }

        public int integer(String column) {
            return Integer.parseInt(cells.get(column));
        }

        /** NaN for an empty cell. */
        public double number(String column) {
            return known(column).map(Double::valueOf).orElse(Double.NaN);
        }

        /** A text that is not empty. */
        public Optional<String> known(String column) {
            return Optional.of(cells.get(column)).filter(cell -> !cell.isEmpty());
        }
    }
}
