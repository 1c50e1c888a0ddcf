package io.sparkperceptron.block;

/** Which of the sets a block belongs to. */
public enum Split {
    TRAIN,
    /** Rows held out of the training set, to choose a run or its epochs by. */
    VALIDATION,
    TEST
}
