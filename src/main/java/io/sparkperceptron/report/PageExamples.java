package io.sparkperceptron.report;

import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;
import java.util.Base64;

/** As many of the example images as there is room for. */
final class PageExamples {

    private static final long MOST_CHARACTERS = 1_000_000;

    private final Outcome outcome;
    private int count;
    private PageContent.Sheet examples;
    private final PageContent.Sheet classMeans;

    /** Reads the sheets, if the features are pixels and there are some. */
    PageExamples(Outcome outcome) {
        this.outcome = outcome;
        this.count =
                outcome.shape() == null ? 0 : outcome.findings().exampleRows().size();
        if (count > 0) {
            ImageSheet sheet = outcome.examples().orElseThrow();
            examples = shown(sheet);
            while (!fits(examples) && count > 1) {
                count /= 2;
                examples = shown(sheet.first(count));
            }
        }
        this.classMeans = outcome.classMeans()
                .map(PageExamples::shown)
                .filter(PageExamples::fits)
                .orElse(null);
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
                        examples,
                        outcome.findings().exampleRows().subList(0, count),
                        outcome.findings().exampleLabels().subList(0, count));
    }

    /** Null if there are none, or too many. */
    PageContent.Sheet classMeans() {
        return classMeans;
    }

    private static boolean fits(PageContent.Sheet sheet) {
        return sheet.png().length() <= MOST_CHARACTERS;
    }

    private static PageContent.Sheet shown(ImageSheet sheet) {
        return new PageContent.Sheet(
                sheet.columns(), "data:image/png;base64," + Base64.getEncoder().encodeToString(sheet.png()));
    }
}
