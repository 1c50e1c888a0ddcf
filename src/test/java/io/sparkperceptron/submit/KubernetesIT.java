package io.sparkperceptron.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sparkperceptron.TestImages;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The objects that Spark creates in Kubernetes with the commands in clusters.md, or with what the Spark operator makes
 * of the manifest. A server records them, without Kubernetes.
 */
@Tag("thorough")
class KubernetesIT {

    private static final Path FILES = Path.of("conf/kubernetes");
    private static final String JAR = "/opt/spark-perceptron.jar";
    private static final String JAVA_OPTIONS = "--add-modules=jdk.incubator.vector -XX:ObjectAlignmentInBytes=32";
    /** The jars of spark-kubernetes that the Spark of the build lacks. */
    private static final Pattern CLIENT = Pattern.compile(
            ".*[/\\\\](io[/\\\\](fabric8|vertx)|com[/\\\\]squareup|org[/\\\\](yaml|snakeyaml)|spark-kubernetes_[^/\\\\]*|jackson-dataformat-yaml)[/\\\\].*");

    @TempDir
    static Path shared;

    private static Path distribution;
    private static Path jars;

    @TempDir
    Path temporary;

    private KubernetesApi api;

    /** A Spark distribution: the jars of the build, the client of Kubernetes, and spark-submit. */
    @BeforeAll
    static void layOutADistribution() throws IOException {
        distribution = shared.resolve("spark");
        jars = Files.createDirectory(distribution).resolve("jars");
        Files.createSymbolicLink(jars, ScriptRun.BUILD.resolve("spark/jars"));
        String separator = System.getProperty("path.separator");
        String client = Pattern.compile(separator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(CLIENT.asMatchPredicate())
                .collect(Collectors.joining(separator));
        Path submit = Files.createDirectories(distribution.resolve("bin")).resolve("spark-submit");
        Files.writeString(submit, """
                #!/usr/bin/env bash
                export SPARK_HOME=%s SPARK_SCALA_VERSION=%s SPARK_DIST_CLASSPATH=%s
                words=()
                while IFS= read -r -d '' word; do words+=("$word"); done < <(java -cp "$SPARK_HOME/jars/*" \\
                  org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
                exec "${words[@]}"
                """.formatted(distribution, System.getProperty("artifact.scala"), client));
        Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void unlink() throws IOException {
        Files.delete(jars);
    }

    @BeforeEach
    void startServer() throws IOException {
        api = new KubernetesApi();
    }

    @AfterEach
    void stopServer() {
        api.close();
    }

    @Test
    void theCommandAndTheManifestAskForTheSameDriver() throws Exception {
        List<String> command = command("spark-submit ");
        submit(command.subList(1, command.size()));
        JsonNode pod = only("Pod");
        JsonNode driver = pod.at("/spec/containers/0");
        JsonNode manifest = manifest();
        assertEquals(manifest.at("/spec/image").asText(), driver.path("image").asText());
        List<String> arguments = new ArrayList<>(List.of(
                "driver",
                "--properties-file",
                "/opt/spark/conf/spark.properties",
                "--class",
                "io.sparkperceptron.cli.Main"));
        arguments.add("local://" + JAR);
        arguments.addAll(texts(manifest.at("/spec/arguments")));
        assertEquals(arguments, texts(driver.path("args")));
        assertTrue(arguments.contains("--resume") && arguments.contains("train"), arguments::toString);
        assertEquals("2432Mi", driver.at("/resources/limits/memory").asText());
        assertEquals(
                "spark-perceptron-s3 access-key, spark-perceptron-s3 secret-key",
                secret(driver, "AWS_ACCESS_KEY_ID") + ", " + secret(driver, "AWS_SECRET_ACCESS_KEY"));
        assertEquals("spark", pod.at("/spec/serviceAccountName").asText());
        Map<String, String> properties = properties();
        Map<String, String> wanted = properties(Files.readString(Path.of("conf/spark-defaults.conf")));
        assertTrue(wanted.size() >= 4);
        wanted.forEach((name, value) -> assertEquals(value, properties.get(name)));
        assertTrue(properties.get("spark.driver.defaultJavaOptions").contains(JAVA_OPTIONS));
        assertTrue(properties.get("spark.executor.defaultJavaOptions").contains(JAVA_OPTIONS));

        api.close();
        api = new KubernetesApi();
        submit(operatorsWords(manifest));
        assertEquals(essence(driver), essence(only("Pod").at("/spec/containers/0")));
        assertEquals(essence(properties), essence(properties()));
    }

    @Test
    void theScriptSendsTheJarUp() throws Exception {
        Path uploads = Files.createDirectory(temporary.resolve("uploads"));
        List<String> words = new ArrayList<>(command("MASTER=.*--deploy-mode cluster"));
        words.replaceAll(
                word -> word.replace("s3a://bucket/uploads", uploads.toUri().toString()));
        words.addAll(2, List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
        ScriptRun run = script(words).finish();
        assertEquals(0, run.exitCode(), run::errors);
        List<String> arguments = texts(only("Pod").at("/spec/containers/0/args"));
        assertTrue(arguments.contains("s3a://bucket/results/first"), arguments::toString);
        Map<String, String> properties = properties();
        Path jar = Path.of(URI.create(properties.get("spark.jars")));
        assertTrue(jar.startsWith(uploads), jar::toString);
        assertEquals(-1, Files.mismatch(ScriptRun.BUILD.resolve("spark-perceptron.jar"), jar));
        assertTrue(properties.get("spark.driver.defaultJavaOptions").startsWith(JAVA_OPTIONS));
        assertEquals(JAVA_OPTIONS, properties.get("spark.executor.defaultJavaOptions"));
    }

    @Test
    void aDriverOutsideAsksForExecutors() throws Exception {
        Path data = TestImages.writeFolder(temporary.resolve("data"), 600, 300, 9, 9);
        List<String> words = new ArrayList<>(command("MASTER=.*--num-executors"));
        words.replaceAll(word -> word.replace("ADDRESS", "127.0.0.1")
                .replace("s3a://bucket/mnist", data.toUri().toString())
                .replace("s3a://bucket/results", temporary.toUri().toString()));
        ScriptRun.Running driver = script(words);
        try {
            driver.await(() -> api.made("Pod").size() >= 2);
        } finally {
            driver.process().descendants().forEach(ProcessHandle::destroyForcibly);
            driver.process().destroyForcibly();
        }
        JsonNode executor = api.made("Pod").get(0).at("/spec/containers/0");
        assertEquals(
                manifest().at("/spec/image").asText(), executor.path("image").asText());
        assertEquals("2432Mi", executor.at("/resources/limits/memory").asText());
        List<String> javaOptions = StreamSupport.stream(executor.path("env").spliterator(), false)
                .filter(entry -> entry.path("name").asText().startsWith("SPARK_JAVA_OPT_"))
                .map(entry -> entry.path("value").asText())
                .toList();
        assertTrue(javaOptions.containsAll(List.of(JAVA_OPTIONS.split(" "))), javaOptions::toString);
        assertTrue(javaOptions.stream().anyMatch(option -> option.startsWith("--add-opens")), javaOptions::toString);
    }

    @Test
    void theImageFitsTheBuildAndTheManifest() throws Exception {
        String dockerfile = Files.readString(FILES.resolve("Dockerfile"));
        assertTrue(dockerfile.contains("COPY ${JAR} " + JAR + "\n"));
        assertTrue(dockerfile.contains("-t " + manifest().at("/spec/image").asText() + " ."));
        String guide = Files.readString(Path.of("src/site/markdown/clusters.md"));
        for (String line : List.of("docker build ", "kubectl create secret ", "kubectl apply ")) {
            Matcher shown = Pattern.compile(line + "[^\n`]*").matcher(guide);
            assertTrue(shown.find(), line);
            assertTrue(
                    (dockerfile + Files.readString(FILES.resolve("spark-application.yaml"))).contains(shown.group()),
                    line);
        }
        String of = ScriptRun.SPARK_4 ? "--build-arg %s=%s" : "ARG %s=%s";
        String spark = System.getProperty("artifact.spark") + "-scala" + System.getProperty("artifact.scala")
                + "-java17-ubuntu";
        assertTrue(dockerfile.contains(of.formatted("SPARK", spark)), spark);
        try (Stream<Path> files = Files.list(jars)) {
            String hadoop = files.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith("hadoop-client-api-"))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("hadoop-client-api-|\\.jar", "");
            assertTrue(dockerfile.contains(of.formatted("HADOOP", hadoop)), hadoop);
        }
        if (!ScriptRun.SPARK_4) {
            assertEquals(
                    System.getProperty("artifact.spark"),
                    manifest().at("/spec/sparkVersion").asText());
        }
    }

    /** Runs spark-submit as in the image, with its quiet log. */
    private void submit(List<String> arguments) throws Exception {
        Matcher log = Pattern.compile("COPY (\\S+) (\\S+)\\nENV LOG4J_CONFIGURATION_FILE=(\\S+)\\n")
                .matcher(Files.readString(FILES.resolve("Dockerfile")));
        assertTrue(log.find());
        assertEquals(log.group(2), log.group(3));
        List<String> words =
                new ArrayList<>(List.of(distribution.resolve("bin/spark-submit").toString()));
        words.addAll(List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
        arguments.forEach(word -> words.add(word.startsWith("k8s://") ? api.master() : word));
        Path said = temporary.resolve("submit.log");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().remove("SPARK_CONF_DIR");
        builder.environment()
                .put(
                        "LOG4J_CONFIGURATION_FILE",
                        Path.of(log.group(1)).toAbsolutePath().toString());
        assertEquals(0, builder.start().waitFor(), Files.readString(said));
        assertFalse(Files.readString(said).contains("INFO"), Files.readString(said));
    }

    /** Runs a command that begins with MASTER=... and the name of a script. */
    private ScriptRun.Running script(List<String> words) throws IOException {
        assertTrue(words.get(0).startsWith("MASTER=k8s://"));
        return ScriptRun.start(
                temporary,
                Map.of("MASTER", api.master(), "SPARK_HOME", distribution.toString(), "SPARK_LOCAL_IP", "127.0.0.1"),
                words.get(1).replace("submit/", ""),
                words.subList(2, words.size()).toArray(String[]::new));
    }

    /** The words of the only command in clusters.md that matches the beginning; it may take several lines. */
    private static List<String> command(String beginning) throws IOException {
        String guide = Files.readString(Path.of("src/site/markdown/clusters.md"));
        String section = guide.substring(guide.indexOf("## Kubernetes"), guide.indexOf("## Java options"));
        List<String> commands = Pattern.compile("```\n(.*?)\n```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map(block -> block.group(1).replaceAll("\\s*\\\\\n\\s*", " "))
                .filter(block -> Pattern.compile(beginning).matcher(block).lookingAt())
                .toList();
        assertEquals(1, commands.size(), beginning);
        return List.of(commands.get(0).split(" "));
    }

    private static JsonNode manifest() throws IOException {
        return new YAMLMapper().readTree(Files.readString(FILES.resolve("spark-application.yaml")));
    }

    /** The options that the operator gives to spark-submit for the fields of the manifest. */
    private static List<String> operatorsWords(JsonNode manifest) {
        JsonNode spec = manifest.path("spec");
        Map<String, String> conf = new TreeMap<>();
        conf.put(
                "spark.kubernetes.namespace", manifest.at("/metadata/namespace").asText());
        conf.put("spark.kubernetes.container.image", spec.path("image").asText());
        conf.put(
                "spark.kubernetes.container.image.pullPolicy",
                spec.path("imagePullPolicy").asText());
        conf.put("spark.executor.instances", spec.at("/executor/instances").asText());
        conf.put(
                "spark.kubernetes.authenticate.driver.serviceAccountName",
                spec.at("/driver/serviceAccount").asText());
        for (String role : List.of("driver", "executor")) {
            JsonNode pod = spec.path(role);
            conf.put("spark." + role + ".cores", pod.path("cores").asText());
            conf.put("spark." + role + ".memory", pod.path("memory").asText());
            conf.put(
                    "spark." + role + ".extraJavaOptions",
                    pod.path("javaOptions").asText());
            pod.path("envSecretKeyRefs")
                    .properties()
                    .forEach(entry -> conf.put(
                            "spark.kubernetes." + role + ".secretKeyRef." + entry.getKey(),
                            entry.getValue().path("name").asText() + ":"
                                    + entry.getValue().path("key").asText()));
        }
        spec.path("sparkConf")
                .properties()
                .forEach(entry -> conf.put(entry.getKey(), entry.getValue().asText()));
        List<String> words = new ArrayList<>(
                List.of("--master", "k8s://", "--deploy-mode", spec.path("mode").asText()));
        words.addAll(List.of("--name", manifest.at("/metadata/name").asText()));
        words.addAll(List.of("--class", spec.path("mainClass").asText()));
        conf.forEach((name, value) -> words.addAll(List.of("--conf", name + "=" + value)));
        words.add(spec.path("mainApplicationFile").asText());
        words.addAll(texts(spec.path("arguments")));
        return words;
    }

    /** The parts of a container that every submission has the same. */
    private static List<String> essence(JsonNode container) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("image", "imagePullPolicy", "args", "resources", "ports")) {
            parts.add(name + ": " + container.path(name));
        }
        parts.add(secret(container, "AWS_ACCESS_KEY_ID") + " " + secret(container, "AWS_SECRET_ACCESS_KEY"));
        return parts;
    }

    /** The properties that every submission has the same; default Java options become extra ones. */
    private static Map<String, String> essence(Map<String, String> properties) {
        Map<String, String> kept = new TreeMap<>(properties);
        kept.keySet()
                .removeIf(
                        name -> name.matches(
                                "spark\\.(master|app\\.(id|submitTime)|driver\\.(host|cores)"
                                        + "|kubernetes\\.(driver\\.pod\\.name|authenticate.*|namespace|container\\.image\\.pullPolicy))"));
        // The operator has only a field for extra options.
        for (String role : List.of("driver", "executor")) {
            String options = kept.remove("spark." + role + ".defaultJavaOptions");
            if (options != null) {
                kept.put("spark." + role + ".extraJavaOptions", options);
            }
        }
        return kept;
    }

    private static String secret(JsonNode container, String variable) {
        for (JsonNode entry : container.path("env")) {
            if (entry.path("name").asText().equals(variable)) {
                JsonNode key = entry.at("/valueFrom/secretKeyRef");
                return key.path("name").asText() + " " + key.path("key").asText();
            }
        }
        return "no " + variable;
    }

    private JsonNode only(String kind) {
        List<JsonNode> made = api.made(kind);
        assertEquals(1, made.size(), kind);
        return made.get(0);
    }

    private Map<String, String> properties() {
        return properties(
                only("ConfigMap").path("data").path("spark.properties").asText());
    }

    private static Map<String, String> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
