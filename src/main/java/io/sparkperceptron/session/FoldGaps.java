package io.sparkperceptron.session;

import io.sparkperceptron.block.DatasetSummary;
import io.sparkperceptron.block.Folds;
import io.sparkperceptron.model.ClassLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds folds that have no example, or all examples, of a class. */
final class FoldGaps {

    private static final int MOST_SENTENCES = 6;

    private FoldGaps() {}

    /** Makes a sentence for each such fold, at most {@value #MOST_SENTENCES}. */
    static List<String> sentences(DatasetSummary training, Folds folds, ClassLabels labels) {
        List<String> sentences = new ArrayList<>();
        for (int f = 0; f < folds.count(); f++) {
            int fold = f;
            String absent = list(labels, c -> training.classCount(c) > 0 && training.classCount(c, fold) == 0);
            if (!absent.isEmpty()) {
                sentences.add("Fold " + fold + " has no example of class " + absent
                        + ", so its validation error says nothing of that");
            }
            String alone = list(
                    labels, c -> training.classCount(c) > 0 && training.classCount(c, fold) == training.classCount(c));
            if (!alone.isEmpty()) {
                sentences.add("Fold " + fold + " has all examples of class " + alone
                        + ", so runs that leave it out only learn to say no to that");
            }
        }
        int more = sentences.size() - MOST_SENTENCES;
        if (more > 0) {
            sentences.subList(MOST_SENTENCES - 1, sentences.size()).clear();
            sentences.add((more + 1) + " more such warnings, of other folds or classes, are not shown");
        }
        return sentences;
    }

    private static String list(ClassLabels labels, IntPredicate classes) {
        return IntStream.range(0, labels.count())
                .filter(classes)
                .mapToObj(labels::text)
                .collect(Collectors.joining(", "));
    }
}
