package io.sparkperceptron.block;

/** The set that a block belongs to. */
public enum Split {
    TRAIN,
    /** Rows held out of the training set, to choose a run or its epochs by. */
    VALIDATION,
    TEST
}
