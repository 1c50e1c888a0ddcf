package io.sparkperceptron.data;

/** Which of the two sets a block belongs to. */
public enum Split {
    TRAIN,
    TEST
}
