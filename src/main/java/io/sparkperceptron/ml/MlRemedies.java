package io.sparkperceptron.ml;

import io.sparkperceptron.Remedy;
import io.sparkperceptron.UserException;
import java.util.function.Supplier;

/** Names the params that fix an error. */
final class MlRemedies {

    private MlRemedies() {}

    /** Runs an action, and adds its remedy to the sentence of an exception. */
    static <T> T told(Supplier<T> action) {
        try {
            return action.get();
        } catch (UserException e) {
            throw e.remedy()
                    .map(MlRemedies::text)
                    .map(remedy -> new UserException(e.getMessage() + "; " + remedy, e))
                    .orElse(e);
        }
    }

    private static String text(Remedy remedy) {
        return switch (remedy) {
            case FEWER_FOLDS -> "choose another number with setNumFolds";
            case CLASS_WEIGHTS -> "setClassWeight sets the weights of classes, setWeightCol those of rows";
            case SCALING -> "scale them down, or call setScaling(\"unit-norm\")";
            case DRIVER_MEMORY -> "give the driver more memory";
            case MEMORY_OR_FEWER_RUNS -> "give the driver more memory, or train fewer settings at a time";
            case EXECUTOR_MEMORY_OR_FEWER_RUNS -> "give executors more memory, or train fewer settings at a time";
            case OTHER_FOLDER, OTHER_FOLDER_OR_RESUME_OR_REPLACE -> "name another folder";
            default -> null;
        };
    }
}
