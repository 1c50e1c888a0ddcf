package io.sparkperceptron.notes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a data frame, in memory.
 *
 * @param columns the names of the columns
 * @param rows with null for what is missing
 */
record Grid(List<String> columns, List<List<Object>> rows) {

    static Grid of(Dataset<Row> frame) {
        return new Grid(
                List.of(frame.columns()),
                frame.collectAsList().stream()
                        .map(row -> IntStream.range(0, row.length())
                                .mapToObj(row::get)
                                .toList())
                        .toList());
    }

    /** A pivot table: a row for each first cell, a column for each second cell, and the third cells as values. */
    Grid wide() {
        List<Object> names = rows.stream().map(row -> row.get(1)).distinct().toList();
        Map<Object, List<Object>> byFirst = new TreeMap<>();
        for (List<Object> row : rows) {
            byFirst.computeIfAbsent(row.get(0), first -> {
                        List<Object> cells = new ArrayList<>(Collections.nCopies(1 + names.size(), null));
                        cells.set(0, first);
                        return cells;
                    })
                    .set(1 + names.indexOf(row.get(1)), row.get(2));
        }
        List<String> titles = new ArrayList<>(List.of(columns.get(0)));
        names.forEach(name -> titles.add(String.valueOf(name)));
        return new Grid(titles, List.copyOf(byFirst.values()));
    }

    /** At most this many rows, evenly spaced, including the first and the last. */
    Grid thinned(int most) {
        int count = rows.size();
        return count <= most
                ? this
                : new Grid(
                        columns,
                        IntStream.range(0, most)
                                .mapToObj(i -> rows.get((int) ((long) i * (count - 1) / (most - 1))))
                                .toList());
    }

    /** The name of a column as it is shown. */
    String title(int column) {
        return columns.get(column).replace('_', ' ');
    }

    boolean isText(int column) {
        return rows.stream().anyMatch(row -> row.get(column) instanceof String);
    }

    /** NaN if the cell holds no finite number. */
    double number(int row, int column) {
        return rows.get(row).get(column) instanceof Number number && Double.isFinite(number.doubleValue())
                ? number.doubleValue()
                : Double.NaN;
    }
}
