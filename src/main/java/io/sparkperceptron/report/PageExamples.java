package io.sparkperceptron.report;

import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;
import java.util.Base64;

/** The first example images, as many as the page has room for, and the class means. */
final class PageExamples {

    private static final long MOST_CHARACTERS = 1_000_000;

    private final Outcome outcome;
    private int count;
    private PageContent.Sheet examples;
    private final PageContent.Sheet classMeans;

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

    /** The number of example images on the page; 0 if the features are no pixels. */
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

    /** Null if there are none, or their sheet is too large. */
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
