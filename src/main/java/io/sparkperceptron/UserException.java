package io.sparkperceptron;

/**
 * A failure that a person can mend. The message is one sentence fit to be shown by itself: what was expected, what was
 * found, where, and what to do.
 */
public final class UserException extends RuntimeException {

    public UserException(String message) {
        super(message);
    }

    public UserException(String message, Throwable cause) {
        super(message, cause);
    }
}
