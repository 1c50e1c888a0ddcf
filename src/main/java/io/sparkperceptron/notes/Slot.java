package io.sparkperceptron.notes;

import io.sparkperceptron.UserException;
import java.util.function.Supplier;

/**
 * What one paragraph of a note makes and later ones use. It is emptied before it is made anew: where that fails, later paragraphs say so, and do not go
 * on with what an earlier run of the paragraph has left.
 *
 * @param <T> what it holds; it is closed when it is replaced, if it can be
 */
public final class Slot<T> {

    private final String paragraph;
    private T content;

    /**
     * An empty one.
     *
     * @param paragraph the title of the one that fills it
     */
    public Slot(String paragraph) {
        this.paragraph = paragraph;
    }

    /** Empties it, and closes what can be closed. */
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

    /** Fills it, if nothing is thrown; it is empty until then. */
    public void fill(Supplier<? extends T> maker) {
        empty();
        content = maker.get();
    }

    /**
     * What is in it.
     *
     * @throws UserException if it is empty
     */
    public T get() {
        if (content == null) {
            throw new UserException("Nothing to go on with: the paragraph '" + paragraph
                    + "' has not been run, or has failed; run it, and then this one");
        }
        return content;
    }
}
