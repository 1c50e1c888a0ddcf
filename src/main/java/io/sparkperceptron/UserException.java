package io.sparkperceptron;

import java.util.Arrays;
import java.util.Optional;

/**
 * A failure that a person can mend. The message is one sentence fit to be shown by itself: what was expected, what was
 * found, where, and what to do; logins in URIs are masked in it.
 */
public final class UserException extends RuntimeException {

    private final Remedy remedy;

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
    }

    /** What can be done beside what the message says, if anything. */
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
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
