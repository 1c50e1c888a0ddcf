package io.sparkperceptron;

import java.util.Arrays;
import java.util.Optional;

/**
 * A failure that a person can mend. The message is one sentence fit to be shown by itself: what was expected, what was
 * found, where, and what to do; logins in URIs are masked in it.
 */
public final class UserException extends RuntimeException {

    private final Remedy remedy;
    private final String option;

    public UserException(String message) {
        this(message, null, null);
    }

    public UserException(String message, Throwable cause) {
        this(message, null, cause);
    }

    public UserException(String message, Remedy remedy) {
        this(message, remedy, null);
    }

    /**
     * A failure with a known remedy.
     *
     * @param remedy null if the sentence says it all
     */
    public UserException(String message, Remedy remedy, Throwable cause) {
        super(Secrets.masked(message), cause);
        this.remedy = remedy;
        this.option = null;
    }

    /** Where {@link Remedy#SAME} is the remedy, of an option by its name in the record of a training. */
    public UserException(String message, String option) {
        super(Secrets.masked(message));
        this.remedy = Remedy.SAME;
        this.option = option;
    }

    /** What can be done beside what the message says, if anything. */
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** The option that {@link Remedy#SAME} is said of; else null. */
    public String option() {
        return option;
    }

    /** The first line of what went wrong, without the name of a Java class, unless there is nothing else; logins are masked. */
    public static String reason(Throwable e) {
        String message = e.getMessage();
        if (e.getCause() != null && e.getCause().toString().equals(message)) {
            return reason(e.getCause());
        }
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        return Arrays.stream(Secrets.masked(message).split("\n", -1))
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(message)
                .replaceFirst("; For more details see.*", "")
                .replaceFirst("^\\[[A-Z_.]+\\] ", "")
                .strip();
    }
}
