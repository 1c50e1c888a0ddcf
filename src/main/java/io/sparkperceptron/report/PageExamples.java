package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;

/**
 * Images on the page.
 *
 * @param content the first example images, as many as the page has room for; null if there are none
 * @param classMeans null if there are none, or their sheet is too large
 */
record PageExamples(PageContent.Examples content, PageContent.Sheet classMeans) {

    private static final long MOST_CHARACTERS = 1_000_000;

    static PageExamples of(Outcome outcome) {
        return new PageExamples(
                outcome.examples()
                        .map(sheet -> first(sheet, outcome.findings()))
                        .orElse(null),
                outcome.classMeans()
                        .map(PageExamples::shown)
                        .filter(PageExamples::fits)
                        .orElse(null));
    }

    /** The number of example images. */
    int count() {
        return content == null ? 0 : content.rows().size();
    }

    private static PageContent.Examples first(ImageSheet sheet, Findings findings) {
        int count = findings.exampleRows().size();
        PageContent.Sheet examples = shown(sheet);
        while (!fits(examples) && count > 1) {
            count /= 2;
            examples = shown(sheet.first(count));
        }
        return new PageContent.Examples(
                examples,
                findings.exampleRows().subList(0, count),
                findings.exampleLabels().subList(0, count));
    }

    private static boolean fits(PageContent.Sheet sheet) {
        return sheet.png().length() <= MOST_CHARACTERS;
    }

    private static PageContent.Sheet shown(ImageSheet sheet) {
        return new PageContent.Sheet(sheet.columns(), PageBytes.png(sheet.png()));
    }
}
