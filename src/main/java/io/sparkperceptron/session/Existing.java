package io.sparkperceptron.session;

/** What a training does with the results of an earlier one in its folder. */
public enum Existing {
    /** The training fails if there are any. */
    REFUSED,
    /** The training replaces them, after it has checked the data. */
    REPLACED,
    /** The training resumes from the newest checkpoint; without one, it begins. */
    RESUMED
}
