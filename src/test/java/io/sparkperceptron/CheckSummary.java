package io.sparkperceptron;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The last lines of {@code mvn verify}: what was tested, what was left out and why, what the thorough tier adds. */
public final class CheckSummary {

    private int unitTests;
    private int integrationTests;
    private final List<String> flaky = new ArrayList<>();

    /** Prints the lines: BUILD-FOLDER SPARK-VERSION EXCLUDED-TAGS INCLUDED-TAGS. */
    public static void main(String[] arguments) throws Exception {
        Path build = Path.of(arguments[0]);
        CheckSummary summary = new CheckSummary();
        summary.unitTests = summary.read(build.resolve("surefire-reports"));
        summary.integrationTests = summary.read(build.resolve("failsafe-reports"));
        Path leftOut = build.resolve("left-out.txt");
        List<String> lines = Files.exists(leftOut) ? Files.readAllLines(leftOut) : List.of();
        summary.lines(arguments[1], lines, !arguments[2].equals("none"), arguments[3].startsWith("thorough"))
                .forEach(System.out::println);
    }

    /** Reads a folder of reports of Surefire and Failsafe, and returns the number of its tests. */
    int read(Path folder) throws Exception {
        int tests = 0;
        for (Path file : reports(folder)) {
            Document report =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            NodeList cases = report.getElementsByTagName("testcase");
            tests += cases.getLength();
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (test.getElementsByTagName("flakyFailure").getLength()
                                + test.getElementsByTagName("flakyError").getLength()
                        > 0) {
                    String type = test.getAttribute("classname");
                    flaky.add(type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name"));
                }
            }
        }
        return tests;
    }

    List<String> lines(String spark, List<String> leftOut, boolean quick, boolean restAlone) {
        List<String> lines = new ArrayList<>();
        lines.add("TESTED: " + unitTests + " unit tests and " + integrationTests + " integration tests, on Spark "
                + spark + " and Java " + System.getProperty("java.version")
                + (restAlone ? ", of those that take long" : ""));
        if (!flaky.isEmpty()) {
            lines.add("FLAKY, passed only the second time: " + String.join(", ", flaky));
        }
        List<String> distinct = leftOut.stream().distinct().toList();
        lines.add("LEFT OUT: " + (distinct.isEmpty() ? "nothing" : String.join("; ", distinct)));
        lines.add(
                quick
                        ? "THOROUGH: mvn clean verify -P thorough adds what takes long: Error Prone, YARN, Kubernetes, S3, Zeppelin's notes, more clusters, kills"
                                + " and damaged files, the rest of the page, Firefox, a project that depends on the artifact"
                        : "THOROUGH: what takes long was tested");
        return lines;
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }
}
