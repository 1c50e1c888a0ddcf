package io.sparkperceptron.notes;

import io.sparkperceptron.UserException;
import java.util.function.Supplier;

/**
 * The result of one paragraph of a note, for later paragraphs. The paragraph empties the slot before it runs again. If
 * it then fails, later paragraphs say so, and do not use an old result.
 *
 * @param <T> the result; the slot closes it, if it can be closed, before it takes another
 */
public final class Slot<T> {

    private final String paragraph;
    private T content;

    /** An empty slot; {@code paragraph} is the title of the one that fills it. */
    public Slot(String paragraph) {
        this.paragraph = paragraph;
    }

    /** Drops the content, and closes it if it can be closed. */
    public void empty() {
        T before = content;
        content = null;
        if (before instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
        }
    }

    /** Fills the slot. It stays empty if the maker throws. */
    public void fill(Supplier<? extends T> maker) {
        empty();
        content = maker.get();
    }

    /** The content. Throws a {@link UserException} if the slot is empty. */
    public T get() {
        if (content == null) {
            throw new UserException("Nothing to go on with: the paragraph '" + paragraph
                    + "' has not been run, or has failed; run it, and then this one");
        }
        return content;
    }
}
