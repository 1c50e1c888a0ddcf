package io.sparkperceptron.analysis;

import java.util.Optional;

/**
 * The results of one run.
 *
 * @param interval the confidence interval of its last test error
 * @param floor of all runs with its loss and l2; empty if L-BFGS has trained none of these runs
 */
public record RunSummary(
        RunHistory history,
        Verdict verdict,
        Optional<Integer> settledEpoch,
        Optional<Doubling> doubling,
        WilsonInterval interval,
        Optional<Floor> floor) {}
