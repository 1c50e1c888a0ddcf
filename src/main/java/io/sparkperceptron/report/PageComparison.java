package io.sparkperceptron.report;

import io.sparkperceptron.analysis.McNemarTest;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.results.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * McNemar's test of every two of R runs, with arrays as in {@link PageContent}. Entry a R + b compares runs a and b.
 *
 * @param runs the places of the runs that are compared, ascending: those with the least errors at their ends, without
 *     diverged ones
 * @param onlyFirstWrong the number of test examples that a gets wrong and b right, as integers
 * @param pValues as floats
 * @param chiSquares as floats; NaN for an exact test
 */
record PageComparison(List<Integer> runs, String onlyFirstWrong, String pValues, String chiSquares) {

    /** With this many runs the arrays take a million characters. */
    private static final int MOST_RUNS = 250;

    static PageComparison of(Outcome outcome) {
        List<Integer> compared = compared(outcome.runs());
        List<Long> counts = outcome.findings().onlyFirstWrong();
        int runs = outcome.runs().size();
        List<Long> onlyFirstWrong = new ArrayList<>();
        List<McNemarTest> tests = new ArrayList<>();
        for (int a : compared) {
            for (int b : compared) {
                onlyFirstWrong.add(counts.get(a * runs + b));
                tests.add(new McNemarTest(counts.get(a * runs + b), counts.get(b * runs + a)));
            }
        }
        return new PageComparison(
                compared,
                PageBytes.integers(onlyFirstWrong),
                PageBytes.floats(tests, McNemarTest::pValue),
                PageBytes.floats(tests, test -> test.isExact() ? Double.NaN : test.chiSquared()));
    }

    private static List<Integer> compared(List<RunHistory> runs) {
        return IntStream.range(0, runs.size())
                .boxed()
                .filter(run -> !runs.get(run).diverged())
                .sorted(Comparator.comparingDouble(run -> runs.get(run).lastChoosingError()))
                .limit(MOST_RUNS)
                .sorted()
                .toList();
    }
}
