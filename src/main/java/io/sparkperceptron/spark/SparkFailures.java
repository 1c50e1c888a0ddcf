package io.sparkperceptron.spark;

import io.sparkperceptron.UserException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Turns the exceptions of failed Spark jobs into sentences for the user. */
public final class SparkFailures {

    /** A person or a notebook cancelled the job. If Spark cancels it to stop, the message names SparkContext. */
    private static final Pattern CANCELLED = Pattern.compile("Job \\S+ cancelled(?! because SparkContext)");

    /** Finds the file of a table in Spark's message. The message of the cause may not name the file. */
    private static final Pattern FILE = Pattern.compile(
            "(?:Encountered error while reading file|Could not read footer for file:) (\\S+?)\\.?(?=\\s|$)");

    private static final String JOB_CANCELLED = "The Spark job was cancelled by whoever runs this Spark";

    private SparkFailures() {}

    /**
     * Runs an action of Spark. If it fails, throws a {@link UserException}: with the message of the one that a task
     * threw, otherwise with the first line of the root cause.
     */
    public static <T> T unwrap(Supplier<T> action) {
        return reading(null, action);
    }

    /** The same for an action that reads {@code uri}. The message names Spark's file, or else {@code uri}. */
    public static <T> T reading(String uri, Supplier<T> action) {
        try {
            return action.get();
        } catch (UserException e) {
            throw e;
        } catch (Exception e) {
            // Spark's methods also throw SparkException and InterruptedException, which they do not declare.
            if (e.getClass() == InterruptedException.class) {
                Thread.currentThread().interrupt();
            }
            Throwable cause = e;
            String file = null;
            while (cause.getCause() != null && !(cause instanceof UserException)) {
                file = file == null ? file(cause) : file;
                cause = cause.getCause();
            }
            throw cause instanceof UserException ours
                    ? new UserException(ours.getMessage(), ours.remedy().orElse(null), e)
                    : new UserException(sentence(UserException.reason(cause), file == null ? uri : file), e);
        }
    }

    /** Whether an exception of {@link #unwrap} says that the job was cancelled. */
    public static boolean isCancelled(UserException e) {
        return e.getMessage().equals(JOB_CANCELLED);
    }

    private static String sentence(String reason, String file) {
        if (CANCELLED.matcher(reason).find()) {
            return JOB_CANCELLED;
        }
        return file == null || reason.contains(new Path(file).getName())
                ? "The Spark job failed: " + reason
                : "Cannot read " + file + ": " + reason.replaceFirst("\\.$", "")
                        + "; the file is damaged, or of another format";
    }

    private static String file(Throwable e) {
        Matcher named = FILE.matcher(String.valueOf(e.getMessage()));
        return named.find() ? named.group(1) : null;
    }
}
