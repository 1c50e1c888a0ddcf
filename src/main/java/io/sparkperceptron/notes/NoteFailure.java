package io.sparkperceptron.notes;

/** Ends a paragraph with one sentence. The shell prints no stack and no cause of it. */
public final class NoteFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String paragraph;

    /** @param paragraph the title of the one that has failed; null if the sentence says what to do first */
    NoteFailure(String sentence, String paragraph) {
        super(sentence, null, false, false);
        this.paragraph = paragraph;
    }

    /** The failure of a paragraph that needs the result of the failed one. */
    NoteFailure toFollower() {
        return paragraph == null
                ? this
                : new NoteFailure("The paragraph '" + paragraph + "' has no result: " + getMessage(), null);
    }
}
