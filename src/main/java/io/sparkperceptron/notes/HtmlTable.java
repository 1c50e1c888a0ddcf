package io.sparkperceptron.notes;

import io.sparkperceptron.report.PageTemplate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A table as HTML. Zeppelin's own tables are at least 1,300 pixels wide, and cannot be read in half a window. */
public final class HtmlTable {

    private static final int MOST_ROWS = 40;
    /** Numbers have at least as many digits as errors in per cent with two decimals. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final String CELL = " style=\"padding:2px 10px;border-bottom:1px solid #ccc;text-align:";

    private HtmlTable() {}

    /** Shows the first rows if there are many, and says so. */
    static String of(Grid grid) {
        List<List<Object>> rows = grid.rows();
        int shown = Math.min(rows.size(), MOST_ROWS);
        StringBuilder html = new StringBuilder("<div style=\"overflow-x:auto\">"
                + "<table style=\"border-collapse:collapse;width:auto;font-size:13px\"><thead><tr>");
        for (int column = 0; column < grid.columns().size(); column++) {
            html.append(
                    "<th scope=\"col\"" + CELL + side(grid, column) + "\">" + escaped(grid.title(column)) + "</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<Object> row : rows.subList(0, shown)) {
            html.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                String tag = column == 0 ? "th scope=\"row\"" : "td";
                html.append('<').append(tag).append(CELL).append(side(grid, column));
                html.append(column == 0 ? ";font-weight:normal;white-space:nowrap\">" : "\">");
                html.append(escaped(text(row.get(column)))).append(column == 0 ? "</th>" : "</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
        if (shown < rows.size()) {
            html.append("<p>The first " + shown + " of " + rows.size() + " rows.</p>");
        }
        return html.toString();
    }

    /** The numbers of a chart as a table that folds: open if there are few rows. */
    static String below(Grid grid) {
        int rows = grid.rows().size();
        String some = rows <= MOST_ROWS ? "" : ", " + MOST_ROWS + " of " + rows + " rows";
        return "<details" + (rows <= MOST_ROWS / 2 ? " open" : "") + "><summary>The numbers" + some + "</summary>"
                + of(grid.thinned(MOST_ROWS)) + "</details>";
    }

    static String escaped(String text) {
        // Zeppelin would take a line that begins with a percent sign for the start of another output.
        return PageTemplate.escaped(text).replace("%", "&#37;");
    }

    /** A cell as text: a number with six digits, nothing for null. */
    public static String text(Object cell) {
        if (cell instanceof Double number && Double.isFinite(number)) {
            BigDecimal plain = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
            boolean isShort = plain.scale() <= 8 && plain.precision() - plain.scale() <= 9;
            return isShort ? plain.toPlainString() : plain.toString();
        }
        return cell == null ? "" : cell.toString();
    }

    private static String side(Grid grid, int column) {
        return grid.isText(column) ? "left" : "right";
    }
}
