package io.sparkperceptron;

import io.sparkperceptron.model.SetMetrics;
import io.sparkperceptron.training.EpochMetrics;
import io.sparkperceptron.training.EpochTime;
import io.sparkperceptron.training.Run;

/** Builds the metrics of an epoch from the values that matter to a test. */
public final class MadeUpMetrics {

    private final int epoch;
    private final Run run;
    private SetMetrics train = new SetMetrics(1, 0.5);
    private SetMetrics validation = SetMetrics.NONE;
    private SetMetrics test = train;
    private double penalty;
    private double gradientNorm = 1;
    private EpochTime time = new EpochTime(0, 0, 0);
    private Long digest;

    /** Cost 1 and error 0.5 on training and test set, without validation set, penalty, times and digest. */
    public MadeUpMetrics(int epoch, Run run) {
        this.epoch = epoch;
        this.run = run;
    }

    /** The training set and the test set. */
    public MadeUpMetrics sets(double cost, double error) {
        return train(cost, error).test(cost, error);
    }

    public MadeUpMetrics train(double cost, double error) {
        train = new SetMetrics(cost, error);
        return this;
    }

    public MadeUpMetrics validation(double cost, double error) {
        validation = new SetMetrics(cost, error);
        return this;
    }

    public MadeUpMetrics test(double cost, double error) {
        test = new SetMetrics(cost, error);
        return this;
    }

    public MadeUpMetrics penalty(double value) {
        penalty = value;
        return this;
    }

    public MadeUpMetrics gradientNorm(double value) {
        gradientNorm = value;
        return this;
    }

    public MadeUpMetrics seconds(double kernel, double job, double driver) {
        time = new EpochTime(kernel, job, driver);
        return this;
    }

    public MadeUpMetrics digest(Long value) {
        digest = value;
        return this;
    }

    public EpochMetrics metrics() {
        return new EpochMetrics(epoch, run, train, validation, test, penalty, gradientNorm, time, digest);
    }
}
