package io.sparkperceptron.cli;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import io.sparkperceptron.model.Hyperparameter;

/** Names the options that fix what an exception says is wrong. */
final class Remedies {

    private Remedies() {}

    static String sentence(UserException e) {
        return e.getMessage()
                + e.remedy().map(remedy -> "; " + of(remedy, e.option())).orElse("");
    }

    private static String of(Remedy remedy, String option) {
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
            case OTHER_FOLDER_OR_RESUME_OR_REPLACE ->
                "name another with --output, replace it with --overwrite, or go on with --resume";
            case MORE_EPOCHS -> "--epochs sets their number";
            case SAME -> "give the same " + same(option) + ", or train into another folder with --output";
        };
    }

    private static String same(String option) {
        return switch (option) {
            case "runs" -> "--loss and --learning-rate";
            case "startSigma" -> "--init";
            case "data" -> "data";
            default -> "--" + Hyperparameter.words(option, "-");
        };
    }
}
