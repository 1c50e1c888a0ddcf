package io.sparkperceptron.spark;

import io.sparkperceptron.UserException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Finds, in what Spark throws when a job fails, what a task had to say to the user. */
public final class SparkFailures {

    /** By a person or a notebook; Spark says so, too, of jobs that end with it. */
    private static final Pattern CANCELLED = Pattern.compile("Job \\S+ cancelled(?! because SparkContext)");

    /** Finds the file of a table in Spark's message, where the message of the cause may not name it. */
    private static final Pattern FILE = Pattern.compile(
            "(?:Encountered error while reading file|Could not read footer for file:) (\\S+?)\\.?(?=\\s|$)");

    private static final String TOLD = "The Spark job was cancelled by whoever runs this Spark";

    private SparkFailures() {}

    /**
     * Runs an action of Spark's.
     *
     * @throws UserException with the sentence of the one that a task threw; or, if the action failed for another reason,
     *     with the first line of that
     */
    public static <T> T unwrap(Supplier<T> action) {
        return unwrap(null, action);
    }

    /** Runs an action that reads a file or folder. The message names it, if the reason names no file. */
    public static <T> T reading(String uri, Supplier<T> action) {
        return unwrap(uri, action);
    }

    private static <T> T unwrap(String uri, Supplier<T> action) {
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
            String file = null;
            while (cause.getCause() != null && !(cause instanceof UserException)) {
                file = file == null ? file(cause) : file;
                cause = cause.getCause();
            }
            String sentence = cause instanceof UserException
                    ? cause.getMessage()
                    : sentence(UserException.reason(cause), file == null ? uri : file);
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

    private static String sentence(String reason, String file) {
        if (CANCELLED.matcher(reason).find()) {
            return TOLD;
        }
        return file == null || reason.contains(new Path(file).getName())
                ? "The Spark job failed: " + reason
                : "Cannot read " + file + ": " + reason.replaceFirst("\\.$", "")
                        + "; the file is damaged, or of another format";
    }

    /** The file of a table that could not be read, if it is named. */
    private static String file(Throwable e) {
        Matcher named = FILE.matcher(String.valueOf(e.getMessage()));
        return named.find() ? named.group(1) : null;
    }
}
