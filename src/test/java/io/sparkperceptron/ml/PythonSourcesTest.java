package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the Python sources with the Java classes. Python need not be installed. */
class PythonSourcesTest {

    private static final Path JAVA = Path.of("src/main/java/io/sparkperceptron/ml");
    private static final Path PYTHON = Path.of("src/main/python/sparkperceptron");
    private static final Pattern CLASS = Pattern.compile("(?ms)^class (\\w+)\\(.*?(?=^class |^def |\\z)");
    private static final Pattern PARAM =
            Pattern.compile("Param\\(\\s*Params\\._dummy\\(\\),\\s*\"(\\w+)\",\\s*((?:\"[^\"]*\"\\s*)+)[,)]");
    private static final Pattern DEFAULTS = Pattern.compile("(?s)_setDefault\\((.*?)\\n\\s*\\)");
    private static final Pattern DEFAULT = Pattern.compile("(\\w+)=(\"[^\"]*\"|[^,\\s]+)");
    private static final Pattern KEYWORD = Pattern.compile("(\\w+): [^=\\n]+ = (\"[^\"]*\"|[^,\\s]+)");
    /** Public only because Java and Spark Connect need them. */
    private static final Set<String> NOT_IN_PYTHON = Set.of("own", "saveSummary");

    static Stream<Params> estimators() {
        return Stream.of(new PerceptronClassifier(), new PerceptronCrossValidator());
    }

    static List<Class<?>> publicClasses() throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(JAVA)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> type = name.equals("package-info") ? null : Class.forName("io.sparkperceptron.ml." + name);
                if (type != null
                        && Modifier.isPublic(type.getModifiers())
                        && !type.isInterface()
                        && type != OwnParams.class) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyParamHasTheSameTextAndDefault(Params estimator) throws IOException {
        String python = source(estimator.getClass());
        Map<String, String> texts = new HashMap<>();
        PARAM.matcher(python).results().forEach(one -> texts.put(one.group(1), joined(one.group(2))));
        Map<String, String> defaults = values(DEFAULT, first(DEFAULTS, python));
        int own = 0;
        for (Param<?> param : estimator.params()) {
            if (isOurs(param.name(), estimator.getClass())) {
                own++;
                assertEquals(param.doc(), texts.get(param.name()), "text of " + param.name());
                assertEquals(inPython(estimator, param), number(defaults.get(param.name())), param.name());
            }
        }
        assertTrue(own >= 2, "found " + own);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyParamIsAKeywordWithTheSameDefault(Params estimator) throws IOException {
        for (String method : List.of("__init__", "setParams")) {
            Map<String, String> keywords = values(
                    KEYWORD,
                    first(
                            Pattern.compile("(?s)def " + method + "\\(\\s*self,\\s*\\*,(.*?)\\n    \\)"),
                            classes().get(estimator.getClass().getSimpleName())));
            for (Param<?> param : estimator.params()) {
                String found = keywords.get(param.name());
                assertTrue(found != null, method + " lacks " + param.name());
                String expected = inPython(estimator, param);
                assertEquals(expected == null ? "None" : expected, number(found), method + ", " + param.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("publicClasses")
    void everyPublicMethodIsThere(Class<?> type) throws IOException {
        String python = source(type);
        Set<String> missing = new TreeSet<>();
        Stream<Method> methods =
                Stream.concat(Stream.of(type), paramsOf(type)).flatMap(one -> Arrays.stream(one.getDeclaredMethods()));
        methods.filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.getName().contains("$")
                        && !Param.class.isAssignableFrom(method.getReturnType())
                        && !isOfSpark(type, method.getName()))
                .map(Method::getName)
                .filter(name -> !NOT_IN_PYTHON.contains(name)
                        && !python.contains("    def " + name + "(")
                        && !Pattern.compile("\\b" + name.replaceFirst("^get", "Has") + "[,)]")
                                .matcher(python)
                                .find())
                .forEach(missing::add);
        assertEquals(Set.of(), missing, type.getSimpleName() + " in Python lacks methods");
    }

    @Test
    void everyPublicClassIsExported() throws Exception {
        String exported =
                first(Pattern.compile("(?s)__all__ = \\[(.*?)]"), Files.readString(PYTHON.resolve("__init__.py")));
        Set<String> names = Pattern.compile("\"(\\w+)\"")
                .matcher(exported)
                .results()
                .map(one -> one.group(1))
                .collect(Collectors.toSet());
        assertEquals(publicClasses().stream().map(Class::getSimpleName).collect(Collectors.toSet()), names);
    }

    @Test
    void everyColumnThatPythonNamesIsInJava() throws IOException {
        String java = String.join("\n", sources(JAVA));
        Set<String> columns = Pattern.compile("``(\\w+_\\w+)``")
                .matcher(String.join("\n", sources(PYTHON)))
                .results()
                .map(one -> one.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(columns.contains("verdict_epoch"), columns.toString());
        columns.removeIf(column -> java.contains("\"" + column + "\""));
        assertEquals(Set.of(), columns, "no such columns");
    }

    /** The Python class of the same name, with the params of perceptrons if it has them. */
    private static String source(Class<?> type) throws IOException {
        Map<String, String> classes = classes();
        String source = classes.get(type.getSimpleName());
        assertTrue(source != null, "no class " + type.getSimpleName() + " in " + PYTHON);
        return source
                + paramsOf(type)
                        .map(params -> classes.get("_" + params.getSimpleName()))
                        .collect(Collectors.joining());
    }

    /** The interfaces here that have the params of a class. */
    private static Stream<Class<?>> paramsOf(Class<?> type) {
        return Stream.<Class<?>>of(PerceptronParams.class, PerceptronCrossValidatorParams.class)
                .filter(params -> params.isAssignableFrom(type));
    }

    private static Map<String, String> classes() throws IOException {
        Map<String, String> classes = new HashMap<>();
        for (String source : sources(PYTHON)) {
            CLASS.matcher(source).results().forEach(one -> classes.put(one.group(1), one.group()));
        }
        return classes;
    }

    private static List<String> sources(Path folder) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    /** Whether a param is made here, not by Spark. */
    private static boolean isOurs(String param, Class<?> owner) {
        return Stream.concat(Stream.of(owner), paramsOf(owner))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(method -> method.getName().equals(param) && method.getParameterCount() == 0);
    }

    /** Whether a method overrides one of Spark or Java. The pyspark class has such methods if they are useful. */
    private static boolean isOfSpark(Class<?> type, String method) {
        return parents(type)
                .filter(parent -> !parent.getName().startsWith("io.sparkperceptron"))
                .flatMap(parent -> Arrays.stream(parent.getDeclaredMethods()))
                .anyMatch(one -> one.getName().equals(method));
    }

    private static Stream<Class<?>> parents(Class<?> type) {
        Stream<Class<?>> direct =
                Stream.concat(Stream.ofNullable((Class<?>) type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return direct.flatMap(parent -> Stream.concat(Stream.of(parent), parents(parent)));
    }

    /** A default as Python writes it; null if there is none. */
    private static String inPython(Params owner, Param<?> param) {
        if (!owner.hasDefault(param)) {
            return null;
        }
        Object value = owner.getDefault(param).get();
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value instanceof Number number ? String.valueOf(number.doubleValue()) : "\"" + value + "\"";
    }

    /** A number in one notation; other text as it is. */
    private static String number(String text) {
        return text == null || !text.matches("[-\\d.]+(e-?\\d+)?") ? text : String.valueOf(Double.parseDouble(text));
    }

    private static Map<String, String> values(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2), (one, other) -> one));
    }

    /** The texts of adjacent literals, which Python joins. */
    private static String joined(String literals) {
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(literals)
                .results()
                .map((MatchResult one) -> one.group(1))
                .collect(Collectors.joining());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), "not found: " + pattern);
        return matcher.group(1);
    }
}
