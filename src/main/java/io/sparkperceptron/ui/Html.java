package io.sparkperceptron.ui;

import io.sparkperceptron.notes.HtmlTable;
import io.sparkperceptron.report.PageTemplate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists, tables and numbers of the tab, in the styles of Spark's pages. */
final class Html {

    private Html() {}

    static String list(String style, Stream<String> items) {
        return items.map(item -> "<li>" + PageTemplate.escaped(item) + "</li>")
                .collect(Collectors.joining("", "<ul class=\"" + style + "\">", "</ul>"));
    }

    /** Cells are HTML. */
    static String table(List<String> head, List<List<String>> rows) {
        return "<table class=\"table table-bordered table-sm table-striped\" style=\"width:auto\"><thead><tr><th>"
                + String.join("</th><th>", head) + "</th></tr></thead><tbody>"
                + rows.stream()
                        .map(row -> "<tr><td>" + String.join("</td><td>", row) + "</td></tr>")
                        .collect(Collectors.joining())
                + "</tbody></table>";
    }

    static String percent(double fraction) {
        return Double.isNaN(fraction) ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    static String number(double value) {
        return Double.isFinite(value) ? HtmlTable.text(value) : Double.isNaN(value) ? "" : "infinite";
    }

    static String span(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.1f ms", 1000 * seconds)
                : String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
