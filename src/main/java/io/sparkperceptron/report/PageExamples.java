package io.sparkperceptron.report;

import io.sparkperceptron.analysis.Findings;
import io.sparkperceptron.results.ImageSheet;
import io.sparkperceptron.results.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images on the page.
 *
 * @param content the first example images, as many as the page has room for; null if there are none
 * @param classMeans null if there are none, or their sheet is too large
 * @param sample as many of the sampled images as the page has room for, evenly spread; null if that is too few
 * @param doubtful null if there are none, or their sheet is too large
 */
record PageExamples(
        PageContent.Examples content,
        PageContent.Sheet classMeans,
        PageContent.Sample sample,
        PageContent.Sheet doubtful) {

    private static final long MOST_CHARACTERS = 1_000_000;

    private static final int MOST_SAMPLE_CHARACTERS = 130_000;
    private static final int SAMPLE_PARTS = 20;
    private static final int LEAST_TRAINING_IMAGES = 100;
    private static final int LEAST_TEST_IMAGES = 50;

    static PageExamples of(Outcome outcome) {
        return new PageExamples(
                outcome.examples()
                        .map(sheet -> first(sheet, outcome.findings()))
                        .orElse(null),
                whole(outcome.classMeans()),
                outcome.sample()
                        .map(sheet -> sample(sheet, outcome.findings().sample()))
                        .orElse(null),
                whole(outcome.doubtful()));
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

    private static PageContent.Sample sample(ImageSheet sheet, Findings.Sample all) {
        int trainingImages = all.trainingLabels().size();
        for (int parts = SAMPLE_PARTS; parts > 0; parts--) {
            List<Integer> training = evenly(trainingImages, parts);
            List<Integer> test = evenly(all.testLabels().size(), parts);
            if (training.size() < LEAST_TRAINING_IMAGES || test.size() < LEAST_TEST_IMAGES) {
                return null;
            }
            PageContent.Sheet images = shown(
                    sheet.only(Stream.concat(training.stream(), test.stream().map(place -> trainingImages + place))
                            .toList()));
            if (images.png().length() <= MOST_SAMPLE_CHARACTERS) {
                return new PageContent.Sample(
                        images,
                        training.stream().map(all.trainingLabels()::get).toList(),
                        test.stream().map(all.testLabels()::get).toList(),
                        all.classWeights());
            }
        }
        return null;
    }

    /** Evenly spread places below {@code count}: {@code parts} of each {@value #SAMPLE_PARTS}. */
    private static List<Integer> evenly(int count, int parts) {
        return IntStream.range(0, count * parts / SAMPLE_PARTS)
                .mapToObj(place -> place * SAMPLE_PARTS / parts)
                .toList();
    }

    private static PageContent.Sheet whole(Optional<ImageSheet> sheet) {
        return sheet.map(PageExamples::shown).filter(PageExamples::fits).orElse(null);
    }

    private static boolean fits(PageContent.Sheet sheet) {
        return sheet.png().length() <= MOST_CHARACTERS;
    }

    private static PageContent.Sheet shown(ImageSheet sheet) {
        return new PageContent.Sheet(sheet.columns(), PageBytes.png(sheet.png()));
    }
}
