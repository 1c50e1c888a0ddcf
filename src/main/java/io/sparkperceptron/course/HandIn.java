package io.sparkperceptron.course;

import io.sparkperceptron.UserException;
import io.sparkperceptron.results.Column;
import io.sparkperceptron.results.Table;
import io.sparkperceptron.session.Results;
import io.sparkperceptron.storage.Folder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * What a student hands in: a small file of CSV with a name and a value in each line.
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
                value = question(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected a name such as " + TASK + " or " + DIGEST + "10, got '" + name + "'"))
                        .answer(value);
            }
        }

        private static void require(Pattern form, String found, String expected) {
            if (!form.matcher(found).matches()) {
                throw new IllegalArgumentException("expected " + expected + ", got '" + found + "'");
            }
        }

        Optional<Question> question() {
            return question(name);
        }

        private static Optional<Question> question(String name) {
            return Arrays.stream(Question.values())
                    .filter(question -> question.label().equals(name))
                    .findFirst();
        }
    }

    public HandIn {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /**
     * The hand-in of a task, with the digests of its training. Throws IllegalArgumentException if an answer is of another
     * kind than its question.
     *
     * @param answers in the order of the {@link Question}s; empty for none
     */
    public static HandIn of(Task task, Results training, String... answers) {
        TreeMap<Integer, String> digests = new TreeMap<>();
        training.metrics()
                .select("epoch", "digest")
                .collectAsList()
                .forEach(row -> digests.put(row.getInt(0), row.getString(1)));
        int last = digests.lastKey();
        digests.keySet().removeIf(epoch -> !Task.isHandedIn(epoch, last));
        Map<Question, String> byQuestion = new EnumMap<>(Question.class);
        Iterator<String> given = List.of(answers).iterator();
        for (Question question : Question.values()) {
            byQuestion.put(question, question.answer(given.next()));
        }
        return new HandIn(task.number(), task.seed(), digests, byQuestion);
    }

    /** Mail and spreadsheets change the ends of lines, and begin a file with a byte order mark. */
    static String plain(String text) {
        return text.replaceFirst("^\uFEFF", "").replace("\r\n", "\n").stripTrailing() + "\n";
    }

    /** Parses a hand-in. Throws UserException, with the file and the line, if it is damaged. */
    public static HandIn parse(String text, String file) {
        Set<String> names = new HashSet<>();
        List<Line> lines;
        try {
            lines = TABLE.parse(plain(text), "hand-ins", row -> {
                Line line = new Line(row.text("name").strip(), row.text("value").strip());
                if (!names.add(line.name())) {
                    throw new IllegalArgumentException("expected one line with " + line.name() + ", got another");
                }
                return line;
            });
        } catch (UserException e) {
            throw new UserException("In " + file + ": " + e.getMessage(), e);
        }
        Integer task = null;
        Long seed = null;
        Map<Integer, String> digests = new TreeMap<>();
        Map<Question, String> answers = new EnumMap<>(Question.class);
        for (Line line : lines) {
            if (line.name().equals(TASK)) {
                task = Integer.valueOf(line.value());
            } else if (line.name().equals(SEED)) {
                seed = Long.valueOf(line.value());
            } else if (line.name().startsWith(DIGEST)) {
                digests.put(Integer.valueOf(line.name().substring(DIGEST.length())), line.value());
            } else {
                answers.put(line.question().orElseThrow(), line.value());
            }
        }
        if (task == null || seed == null) {
            throw new UserException("In " + file + ": Expected a line with " + TASK + " and its number, and one with "
                    + SEED + ", found " + (task == null ? "no " + TASK : "no " + SEED));
        }
        return new HandIn(task, seed, digests, answers);
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
