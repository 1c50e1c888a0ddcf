package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds, in what Spark throws when a job fails, what a task had to say to the user. */
public final class SparkFailures {

    /** By a person or a notebook; Spark says so, too, of jobs that end with it. */
    private static final Pattern CANCELLED = Pattern.compile("Job \\S+ cancelled(?! because SparkContext)");

    private static final String TOLD = "The Spark job was cancelled by whoever runs this Spark";

    private SparkFailures() {}

    /**
     * Runs an action of Spark's.
     *
     * @throws UserException with the sentence of the one that a task threw; or, if the action failed for another reason,
     *     with the first line of that
     */
    public static <T> T unwrap(Supplier<T> action) {
        try {
            return action.get();
        } catch (UserException e) {
            throw e;
        } catch (Exception e) {
            // Also SparkException and InterruptedException, which are checked, but which Spark's methods do not
            // declare.
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
            }
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof UserException)) {
                cause = cause.getCause();
            }
            String sentence =
                    cause instanceof UserException ? cause.getMessage() : sentence(UserException.reason(cause));
            throw new UserException(
                    sentence,
                    cause instanceof UserException told ? told.remedy().orElse(null) : null,
                    e);
        }
    }

    /** Whether a job was cancelled, as what {@link #unwrap} throws tells. */
    public static boolean isCancelled(UserException e) {
        return e.getMessage().equals(TOLD);
    }

    private static String sentence(String reason) {
        return CANCELLED.matcher(reason).find() ? TOLD : "The Spark job failed: " + reason;
    }
}
