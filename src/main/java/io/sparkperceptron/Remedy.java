package io.sparkperceptron;

/**
 * What a person can do about a {@link UserException}, beyond what its sentence says. The command line names the
 * option for it.
 */
public enum Remedy {
    CLASSES,
    FEATURES,
    HELD_OUT_ROWS,
    FEWER_FOLDS,
    CLASS_WEIGHTS,
    SCALING,
    DRIVER_MEMORY,
    /** Give the driver more memory, train fewer runs at a time, or use the kernel that takes less. */
    MEMORY_OR_FEWER_RUNS,
    EXECUTOR_MEMORY_OR_FEWER_RUNS,
    OTHER_FOLDER,
    /** Write to another folder, replace the results there, or resume. */
    OTHER_FOLDER_OR_RESUME_OR_REPLACE,
    /** Train at least as many epochs as the earlier training. */
    MORE_EPOCHS,
    /** Give the option {@link UserException#option} the value that the earlier training had. */
    SAME
}
