package io.sparkperceptron.course;

import io.sparkperceptron.analysis.Verdict;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Validate;

/** A question about a trained task. An answer that is left out is empty. */
public enum Question {
    /** The first epoch whose test error is at most the task's target. */
    FIRST_EPOCH("\\d{1,9}|never|", "a whole number or never"),
    /** The verdict on the learning rate. */
    VERDICT("steady|oscillating|saturated|diverged|", "steady, oscillating, saturated or diverged"),
    /** The label with the most mistakes in the test set. */
    DIGIT("[^,\\n]{0,100}", "a label of at most 100 characters without commas");

    static final String NEVER = "never";

    private final Pattern answers;
    private final String expected;

    Question(String answers, String expected) {
        this.answers = Pattern.compile(answers);
        this.expected = expected;
    }

    /** The name in a hand-in: {@code first_epoch}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Question> of(String label) {
        return Arrays.stream(values())
                .filter(question -> question.label().equals(label))
                .findFirst();
    }

    /** A partly saturated run counts as saturated. */
    static String verdict(Verdict.Kind kind) {
        return kind == Verdict.Kind.PARTLY_SATURATED ? Verdict.Kind.SATURATED.label() : kind.label();
    }

    /** Returns an answer without blanks around it. Throws IllegalArgumentException if it does not fit the question. */
    String answer(String typed) {
        String answer = typed.strip();
        Validate.isTrue(answers.matcher(answer).matches(), "expected %s for %s, got '%s'", expected, label(), answer);
        return answer;
    }
}
