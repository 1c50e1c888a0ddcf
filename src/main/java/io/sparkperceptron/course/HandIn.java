package io.sparkperceptron.course;

import io.sparkperceptron.UserException;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.Results;
import io.sparkperceptron.storage.Folder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.lang3.Validate;
import org.apache.spark.sql.SparkSession;

/**
 * What a student hands in: a small CSV file with a name and a value in each line.
 *
 * @param seed of the class that the task was drawn for
 * @param digests of the weights, by epoch
 */
public record HandIn(int task, long seed, Map<Integer, String> digests, Map<Question, String> answers) {

    private static final String TASK = "task";
    private static final String SEED = "seed";
    private static final String DIGEST = "digest_";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern SEEDS = Pattern.compile("\\d{1,10}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{16}");

    private static final Table<Line> TABLE =
            new Table<>(List.of(Column.text("name", Line::name), Column.orEmpty(Column.text("value", Line::value))));

    private record Line(String name, String value) {
        Line {
            if (name.equals(TASK)) {
                require(NUMBER, value, "the number of a task");
            } else if (name.equals(SEED)) {
                require(SEEDS, value, "the seed of a class");
            } else if (name.startsWith(DIGEST)) {
                require(NUMBER, name.substring(DIGEST.length()), "an epoch after " + DIGEST);
                require(HEXADECIMAL, value, "a digest of 16 digits from 0 to f");
            } else {
                value = Question.of(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected a name such as " + TASK + " or " + DIGEST + "10, got '" + name + "'"))
                        .answer(value);
            }
        }

        private static void require(Pattern form, String found, String expected) {
            Validate.isTrue(form.matcher(found).matches(), "expected %s, got '%s'", expected, found);
        }
    }

    public HandIn {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /**
     * The hand-in of a task, with the digests of its training. Throws IllegalArgumentException if there are too
     * few or too many answers, or an answer does not fit its question.
     *
     * @param answers one for each {@link Question}, in their order; an empty text for no answer
     */
    public static HandIn of(Task task, Results training, String... answers) {
        Question[] questions = Question.values();
        Validate.isTrue(
                answers.length == questions.length, "expected %s answers, got %s", questions.length, answers.length);
        TreeMap<Integer, String> digests = new TreeMap<>();
        training.metrics()
                .select("epoch", "digest")
                .collectAsList()
                .forEach(row -> digests.put(row.getInt(0), row.getString(1)));
        int last = digests.lastKey();
        digests.keySet().removeIf(epoch -> !Task.isHandedIn(epoch, last));
        Map<Question, String> byQuestion = new EnumMap<>(Question.class);
        for (int i = 0; i < questions.length; i++) {
            byQuestion.put(questions[i], questions[i].answer(answers[i]));
        }
        return new HandIn(task.number(), task.seed(), digests, byQuestion);
    }

    /** Undoes what mail and spreadsheets do to a file: a byte order mark, and other ends of lines. */
    static String plain(String text) {
        return text.replaceFirst("^\uFEFF", "").replace("\r\n", "\n").stripTrailing() + "\n";
    }

    /** Parses a hand-in. Throws UserException, with the file and the line, if it is damaged. */
    public static HandIn parse(String text, String file) {
        Map<String, String> values = new HashMap<>();
        try {
            TABLE.parse(plain(text), "hand-ins", row -> {
                Line line = new Line(row.text("name").strip(), row.text("value").strip());
                String earlier = values.put(line.name(), line.value());
                Validate.isTrue(earlier == null, "expected one line with %s, got another", line.name());
                return line;
            });
        } catch (UserException e) {
            throw new UserException("In " + file + ": " + e.getMessage(), e);
        }
        if (!values.containsKey(TASK) || !values.containsKey(SEED)) {
            throw new UserException("In " + file + ": Expected a line with " + TASK + " and its number, and one with "
                    + SEED + ", found no " + (values.containsKey(TASK) ? SEED : TASK));
        }
        Map<Integer, String> digests = new HashMap<>();
        Map<Question, String> answers = new EnumMap<>(Question.class);
        values.forEach((name, value) -> {
            if (name.startsWith(DIGEST)) {
                digests.put(Integer.valueOf(name.substring(DIGEST.length())), value);
            }
            Question.of(name).ifPresent(question -> answers.put(question, value));
        });
        return new HandIn(Integer.parseInt(values.get(TASK)), Long.parseLong(values.get(SEED)), digests, answers);
    }

    public String text() {
        List<Line> lines =
                new ArrayList<>(List.of(new Line(TASK, Integer.toString(task)), new Line(SEED, Long.toString(seed))));
        answers.forEach((question, answer) -> lines.add(new Line(question.label(), answer)));
        digests.forEach((epoch, digest) -> lines.add(new Line(DIGEST + epoch, digest)));
        return TABLE.text(lines);
    }

    /** Writes {@code task-N.csv} into a folder at any Hadoop URI, and returns the URI of the file. */
    public String write(SparkSession spark, String folder) {
        Folder place = Folder.at(folder, spark.sparkContext().hadoopConfiguration());
        String name = "task-" + task + ".csv";
        place.write(name, text());
        return place.child(name).toString();
    }
}
