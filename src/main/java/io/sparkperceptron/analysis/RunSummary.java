package io.sparkperceptron.analysis;

import java.util.OptionalInt;

/**
 * What one run came to, among others.
 *
 * @param interval of the test error at its end
 * @param reasonableEpochs see {@link Judge#reasonableEpochs}
 */
public record RunSummary(RunHistory history, Verdict verdict, OptionalInt reasonableEpochs, WilsonInterval interval) {}
