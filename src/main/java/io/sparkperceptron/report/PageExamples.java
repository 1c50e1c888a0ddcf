package io.sparkperceptron.report;

import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;
import java.util.Base64;

/** As many of the example images as there is room for. */
final class PageExamples {

    private static final long MOST_CHARACTERS = 1_000_000;

    private final Outcome outcome;
    private int count;
    private String png;

    /** Reads the sheet, if the features are pixels and there is one. */
    PageExamples(Outcome outcome) {
        this.outcome = outcome;
        this.count =
                outcome.shape() == null ? 0 : outcome.findings().exampleRows().size();
        if (count > 0) {
            ImageSheet sheet = outcome.examples().orElseThrow();
            png = text(sheet);
            while (png.length() > MOST_CHARACTERS && count > 1) {
                count /= 2;
                sheet = sheet.first(count);
                png = text(sheet);
            }
        }
    }

    /** Those shown are the first so many. */
    int count() {
        return count;
    }

    /** Null if there are none. */
    PageContent.Examples content() {
        return count == 0
                ? null
                : new PageContent.Examples(
                        sheet(png),
                        outcome.findings().exampleRows().subList(0, count),
                        outcome.findings().exampleLabels().subList(0, count));
    }

    /** Null if there are none, or too many. */
    PageContent.Sheet classMeans() {
        return outcome.classMeans()
                .map(PageExamples::text)
                .filter(means -> means.length() <= MOST_CHARACTERS)
                .map(PageExamples::sheet)
                .orElse(null);
    }

    private static PageContent.Sheet sheet(String png) {
        return new PageContent.Sheet(ImageSheet.COLUMNS, "data:image/png;base64," + png);
    }

    private static String text(ImageSheet sheet) {
        return Base64.getEncoder().encodeToString(sheet.png());
    }
}
