package io.sparkperceptron.results;

import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Hyperparameter;
import io.sparkperceptron.training.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A table in a CSV file, by its columns: one list for writing, for parsing, and for whoever wants the same as a data frame. */
public record Table<T>(List<Column<T>> columns) {

    public Table {
        columns = List.copyOf(columns);
    }

    /** With one more column at its end. */
    public Table<T> and(Column<T> column) {
        List<Column<T>> more = new ArrayList<>(columns);
        more.add(column);
        return new Table<>(more);
    }

    /** With a column at its end for each hyperparameter that has none. */
    Table<T> withAll(Function<T, Setting> setting) {
        List<Column<T>> more = new ArrayList<>(columns);
        Hyperparameter.ALL.stream()
                .filter(one ->
                        columns.stream().noneMatch(column -> column.name().equals(one.column())))
                .forEach(one -> more.add(Column.setting(one, setting)));
        return new Table<>(more);
    }

    /** The first line, its end included. */
    String header() {
        return columns.stream().map(Column::name).collect(Collectors.joining(",", "", "\n"));
    }

    /** A line, its end included. */
    String line(T thing) {
        return columns.stream().map(column -> column.cell(thing)).collect(Collectors.joining(",", "", "\n"));
    }

    /** The whole file. */
    public String text(List<T> things) {
        return things.stream().map(this::line).collect(Collectors.joining("", header(), ""));
    }

    /**
     * Reads a table back.
     *
     * @param noun what a row is one of, for the message
     * @param thing what a row says; throws IllegalArgumentException if that cannot be
     * @throws UserException if the text is no such table
     */
    List<T> parse(String text, String noun, Function<Row, T> thing) {
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

    /** A row that was read; cells by the names of their columns. */
    record Row(Map<String, String> cells) {

        String text(String column) {
            return cells.get(column);
        }

        int integer(String column) {
            return Integer.parseInt(cells.get(column));
        }

        /** Something else where nothing stands. */
        int integerOr(String column, int nothing) {
            String cell = cells.get(column);
            return cell.isEmpty() ? nothing : Integer.parseInt(cell);
        }

        /** Null where nothing stands. */
        String textOrNull(String column) {
            String cell = cells.get(column);
            return cell.isEmpty() ? null : cell;
        }

        /** NaN where nothing stands. */
        double number(String column) {
            String cell = cells.get(column);
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        }
    }
}
