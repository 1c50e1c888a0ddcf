package io.sparkperceptron.analysis;

import java.util.OptionalInt;

/** The results of one run; the interval is that of its last test error. */
public record RunSummary(RunHistory history, Verdict verdict, OptionalInt reasonableEpochs, WilsonInterval interval) {}
