package io.sparkperceptron.cli;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;

/** Which options mend what an exception says is wrong. */
final class Remedies {

    private static final String SAME = ", or train into another folder with --output";

    private Remedies() {}

    /** The exception's sentence, and what to type. */
    static String sentence(UserException e) {
        return e.getMessage() + e.remedy().map(remedy -> "; " + of(remedy)).orElse("");
    }

    private static String of(Remedy remedy) {
        return switch (remedy) {
            case CLASSES -> "--classes sets the number when training";
            case FEATURES -> "--features sets the number when training";
            case HELD_OUT_ROWS -> "choose another number with --validation";
            case FEWER_FOLDS -> "choose another number with --folds";
            case CLASS_WEIGHTS -> "--class-weight sets the weights";
            case SCALING -> "scale them down, or pass --scaling unit-norm";
            case DRIVER_MEMORY -> "give more memory with --driver-memory";
            case MEMORY_OR_FEWER_RUNS ->
                "give more memory with --driver-memory, train fewer runs at a time, or try --kernel scalar";
            case EXECUTOR_MEMORY_OR_FEWER_RUNS ->
                "give executors more memory with --executor-memory, train fewer runs at a time, or try --kernel scalar";
            case OTHER_FOLDER -> "name another folder with --output";
            case OTHER_FOLDER_OR_THAT ->
                "name another with --output, replace it with --overwrite, or go on with --resume";
            case MORE_EPOCHS -> "--epochs sets their number";
            case SAME_RUNS -> "give the same --loss and --learning-rate" + SAME;
            case SAME_L2 -> "give the same --l2" + SAME;
            case SAME_MOMENTUM -> "give the same --momentum" + SAME;
            case SAME_FOLDS -> "give the same --folds" + SAME;
            case SAME_FOLD_SEED -> "give the same --fold-seed" + SAME;
            case SAME_START -> "give the same --init" + SAME;
            case SAME_SEED -> "give the same --seed" + SAME;
            case SAME_TOLERANCE -> "give the same --tolerance" + SAME;
            case SAME_PATIENCE -> "give the same --patience" + SAME;
            case SAME_TARGET -> "give the same --target-error" + SAME;
            case SAME_SCALING -> "give the same --scaling" + SAME;
            case SAME_CLASS_WEIGHTS -> "give the same --class-weight" + SAME;
            case SAME_CLASSES -> "give the same --classes" + SAME;
            case SAME_DATA -> "give the same data" + SAME;
        };
    }
}
