package io.sparkperceptron;

import java.util.Arrays;
import java.util.Optional;

/**
 * A failure that a person can fix. It is an IllegalArgumentException because that is what Spark ML throws at invalid
 * params, columns and rows, and what PySpark shows as a sentence. The message is one sentence that can be shown alone:
 * what was expected, what was found, where, and what to do. Logins in URIs are masked in it.
 */
public final class UserException extends IllegalArgumentException {

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
     * Has a remedy beyond what the sentence says.
     *
     * @param remedy null for none
     */
    public UserException(String message, Remedy remedy, Throwable cause) {
        super(Secrets.masked(message), cause);
        this.remedy = remedy;
        this.option = null;
    }

    /** Has the remedy {@link Remedy#SAME} for an option, named as in the record of a training. */
    public UserException(String message, String option) {
        super(Secrets.masked(message));
        this.remedy = Remedy.SAME;
        this.option = option;
    }

    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** The option that {@link Remedy#SAME} is about; null for other remedies. */
    public String option() {
        return option;
    }

    /**
     * The first line of an exception's message, with logins masked. Where there is no message, the name of the
     * exception's class.
     */
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
