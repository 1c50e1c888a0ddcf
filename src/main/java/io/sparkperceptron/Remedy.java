package io.sparkperceptron;

/**
 * What a person can do about a {@link UserException}, beyond what its sentence says. The command line says by which option; a
 * program or a notebook has its own way.
 */
public enum Remedy {
    /** Say how many classes there are. */
    CLASSES,
    /** Say how many features there are. */
    FEATURES,
    /** Hold out another number of rows. */
    HELD_OUT_ROWS,
    /** Make fewer folds. */
    FEWER_FOLDS,
    /** Weight other classes. */
    CLASS_WEIGHTS,
    /** Scale the features down. */
    SCALING,
    /** Give the driver more memory. */
    DRIVER_MEMORY,
    /** Likewise, or train fewer runs at a time, or with the kernel that takes less. */
    MEMORY_OR_FEWER_RUNS,
    /** Give executors more memory, or train fewer runs at a time, or with the kernel that takes less. */
    EXECUTOR_MEMORY_OR_FEWER_RUNS,
    /** Write to another folder. */
    OTHER_FOLDER,
    /** Write to another folder, replace what is there, or go on with it. */
    OTHER_FOLDER_OR_THAT,
    /** Train as many epochs as the earlier training had at least. */
    MORE_EPOCHS,
    /** To go on with an earlier training, give the same of an option, see {@link UserException#option}. */
    SAME
}
