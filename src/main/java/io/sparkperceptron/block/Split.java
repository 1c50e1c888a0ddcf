package io.sparkperceptron.block;

/** The set that a block belongs to. */
public enum Split {
    TRAIN,
    /** Training rows held out to choose a run or its epochs. */
    VALIDATION,
    TEST
}
