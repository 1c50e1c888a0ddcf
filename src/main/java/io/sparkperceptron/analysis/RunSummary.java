package io.sparkperceptron.analysis;

import java.util.Optional;

/** The results of one run; the interval is that of its last test error. */
public record RunSummary(
        RunHistory history, Verdict verdict, Optional<Integer> reasonableEpochs, WilsonInterval interval) {}
