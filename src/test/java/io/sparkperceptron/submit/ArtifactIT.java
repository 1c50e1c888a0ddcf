package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact in the local repository, used by another project and by {@code spark-submit --packages}. */
@Tag("thorough")
class ArtifactIT {

    private static final String ARTIFACT =
            "spark-perceptron_" + System.getProperty("artifact.scala") + "-" + System.getProperty("artifact.version");
    /** The folder of the second build of this project. */
    private static final Path AGAIN = Path.of("target/again");

    private static final Path PROJECT = Path.of("src/it/pipeline");

    @TempDir
    static Path temporary;

    private static Path build;

    @BeforeAll
    static void buildTheOtherProject() throws Exception {
        build = temporary.resolve("build");
        run(
                System.getProperty("artifact.maven") + "/bin/mvn",
                "-B",
                "-ntp",
                "-q",
                "-f",
                PROJECT.resolve("pom.xml").toAbsolutePath().toString(),
                "-Dmaven.repo.local=" + System.getProperty("artifact.repository"),
                "-Dbuild.folder=" + build,
                "-Dspark.version=" + System.getProperty("artifact.spark"),
                "-Dscala.binary.version=" + System.getProperty("artifact.scala"),
                "-Dspark-perceptron.version=" + System.getProperty("artifact.version"),
                "package");
    }

    @Test
    void nothingOfSparkComesAlong() throws IOException {
        try (Stream<Path> files = Files.list(build.resolve("lib"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .map(name -> name.startsWith("spark-perceptron") ? name : name.replaceFirst("-[0-9].*", ""))
                    .sorted()
                    .toList();
            assertEquals(List.of("VectorGraphics2D", ARTIFACT + ".jar", "uplot", "xchart"), names);
        }
    }

    @Test
    void classesSourcesAndJavadocAreInstalledWithNobodyElsesInside() throws IOException {
        Path home = Path.of(System.getProperty("artifact.repository"), "io/sparkperceptron")
                .resolve("spark-perceptron_" + System.getProperty("artifact.scala"))
                .resolve(System.getProperty("artifact.version"));
        assertEquals(
                Set.of("io/sparkperceptron", "META-INF", "sparkperceptron"), folders(home.resolve(ARTIFACT + ".jar")));
        String estimator = "io/sparkperceptron/ml/PerceptronClassifier";
        Map<String, String> wanted = Map.of(
                ".jar", estimator + ".class",
                "-sources.jar", estimator + ".java",
                "-javadoc.jar", estimator + ".html");
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            try (ZipFile jar =
                    new ZipFile(home.resolve(ARTIFACT + file.getKey()).toFile())) {
                assertNotNull(jar.getEntry(file.getValue()), file::toString);
            }
        }
    }

    @Test
    void aBillOfMaterialsGoesWithIt() throws IOException {
        Path home = Path.of(System.getProperty("artifact.repository"), "io/sparkperceptron")
                .resolve("spark-perceptron_" + System.getProperty("artifact.scala"))
                .resolve(System.getProperty("artifact.version"));
        String bill = Files.readString(home.resolve(ARTIFACT + "-cyclonedx.json"));
        assertTrue(bill.contains("\"name\" : \"xchart\""), bill);
        assertFalse(bill.contains("spark-core"), bill);
    }

    @Test
    void theJarThatPeopleRunHasTheLicencesOfWhatIsInIt() throws IOException {
        try (ZipFile jar =
                new ZipFile(ScriptRun.BUILD.resolve("spark-perceptron.jar").toFile())) {
            List<String> libraries = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("io/sparkperceptron/"))
                    .map(name ->
                            name.replaceFirst("^([^/]+)/([^/]+).*", "$1/$2").replaceFirst("^picocli/.*", "picocli"))
                    .distinct()
                    .sorted()
                    .toList();
            assertEquals(
                    List.of(
                            "ai/onnx",
                            "de/erichseifert",
                            "me/tongfei",
                            "org/jline",
                            "org/knowm",
                            "org/tribuo",
                            "picocli"),
                    libraries,
                    "libraries without a line in src/main/licenses/README.txt");
            for (String text :
                    List.of("Apache-2.0", "LGPL-3.0", "GPL-3.0", "JLine", "progressbar", "protobuf", "README")) {
                assertNotNull(jar.getEntry("META-INF/licenses/" + text + ".txt"), text);
            }
            for (String kind : List.of("Estimator", "Transformer")) {
                assertNotNull(jar.getEntry("META-INF/services/org.apache.spark.ml." + kind), kind);
            }
        }
    }

    @Test
    void anotherBuildGivesTheSameBytes() throws Exception {
        maven("-P", ScriptRun.SPARK_4 ? "jar-only,spark-4" : "jar-only", "package");
        for (String jar : List.of(ARTIFACT + ".jar", "spark-perceptron.jar")) {
            assertEquals(-1, Files.mismatch(ScriptRun.BUILD.resolve(jar), AGAIN.resolve(jar)), jar);
        }
    }

    @Test
    void theDocumentsMakeASite() throws Exception {
        maven("site");
        try (Stream<Path> documents = Files.list(Path.of("src/site/markdown"))) {
            for (Path document : documents.toList()) {
                String page = document.getFileName().toString().replace(".md", ".html");
                String text = Files.readString(AGAIN.resolve("site").resolve(page));
                assertTrue(text.contains("</html>") && !text.contains(".md\""), page);
            }
        }
    }

    /** Builds this project in {@link #AGAIN}. */
    private static void maven(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-B",
                "-ntp",
                "-q",
                "-f",
                Path.of("pom.xml").toAbsolutePath().toString(),
                "-Dmaven.repo.local=" + System.getProperty("artifact.repository"),
                "-Dbuild.folder=" + AGAIN));
        all.addAll(List.of(words));
        run(System.getProperty("artifact.maven") + "/bin/mvn", all.toArray(String[]::new));
    }

    /** The entries' first two folders; the first alone of what Python imports. */
    private static Set<String> folders(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            Set<String> folders = new TreeSet<>();
            jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName().replaceFirst("^(META-INF|sparkperceptron|[^/]+/[^/]+)/.*", "$1"))
                    .forEach(folders::add);
            return folders;
        }
    }

    @Test
    void packagesAreEnoughToFitAndToClassifyElsewhere() throws Exception {
        Path table = temporary.resolve("flowers.csv");
        Files.write(table, flowers());
        Path model = temporary.resolve("model");
        String curves = submit("example.Train", table, model);
        assertTrue(curves.contains("|  100|"), curves);
        String classes = submit("example.Classify", model, table);
        List<String> lines =
                classes.lines().filter(line -> line.startsWith("{")).toList();
        assertEquals(60, lines.size(), classes);
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(lines.get(i).contains("\"prediction\":" + i % 3 + ".0"), lines.get(i));
        }
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        Pattern spaces = Pattern.compile("\\s+");
        String program = spaces.matcher(Files.readString(PROJECT.resolve("src/main/java/example/Train.java")))
                .replaceAll("");
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java") + "```java".length();
        String shown = readme.substring(start, readme.indexOf("```", start))
                .replace("\"hdfs://host/flowers.csv\"", "arguments[0]")
                .replace("\"hdfs://host/model\"", "arguments[1]");
        assertTrue(shown.lines().count() > 5);
        assertTrue(program.contains(spaces.matcher(shown).replaceAll("")), shown);
    }

    /** Rows of three well separated classes. */
    private static List<String> flowers() {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("id,length,width,label"));
        for (int i = 0; i < 60; i++) {
            double angle = i % 3 * 2 * Math.PI / 3;
            lines.add(i + "," + (3 + Math.cos(angle) + random.nextDouble() / 10) + ","
                    + (1.5 + Math.sin(angle) + random.nextDouble() / 10) + "," + i % 3);
        }
        return lines;
    }

    private static String submit(String main, Path... arguments) throws Exception {
        List<String> words =
                new ArrayList<>(List.of("@" + Path.of("conf/java.args").toAbsolutePath()));
        words.addAll(List.of(
                "-cp",
                ScriptRun.BUILD.resolve("spark/jars") + "/*",
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.jars.ivy=" + temporary.resolve("ivy"),
                "--repositories",
                Path.of(System.getProperty("artifact.repository")).toUri().toString(),
                "--packages",
                "io.sparkperceptron:spark-perceptron_" + System.getProperty("artifact.scala") + ":"
                        + System.getProperty("artifact.version"),
                "--class",
                main,
                build.resolve("pipeline-1.jar").toString()));
        for (Path argument : arguments) {
            words.add(argument.toString());
        }
        return run(System.getProperty("java.home") + "/bin/java", words.toArray(String[]::new));
    }

    private static String run(String program, String... words) throws Exception {
        ScriptRun run = ScriptRun.of(temporary, Map.of(), program, words);
        assertEquals(0, run.exitCode(), () -> run.printed() + run.errors());
        return run.printed();
    }
}
