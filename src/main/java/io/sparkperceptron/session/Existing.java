package io.sparkperceptron.session;

/** What becomes of the results of an earlier training in the folder that a training is to write to. */
public enum Existing {
    /** There must be none. */
    REFUSED,
    /** They are replaced, once the data are known to be good. */
    REPLACED,
    /** The training goes on from their newest checkpoint; where there is none, it begins. */
    RESUMED
}
