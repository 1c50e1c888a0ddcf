package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.LeftOut;
import io.sparkperceptron.model.ImageShape;
import io.sparkperceptron.results.Outcome;
import io.sparkperceptron.storage.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's scripts, joined into one and, if node is installed, tested by themselves. */
class PageScriptsTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/io/sparkperceptron/report");
    /** The scripts of the page while training. */
    private static final List<String> OF_PROGRESS = List.of("age.js", "progress.js");

    private static final Path TESTS = Path.of("src/test/javascript");
    private static final ImageShape SMALL = new ImageShape(2, 3);

    @TempDir
    Path temporary;

    @Test
    void modulesComeAfterThoseThatTheyImport() {
        String joined = join(Map.of(
                "main.js", "import { b } from \"./b.js\";\nimport { a } from \"./a.js\";\n\nb(a);\n",
                "b.js", "import {\n    a,\n} from \"./a.js\";\n\nexport function b() {\n    return a;\n}\n",
                "a.js", "export const a = 1;\n"));
        assertEquals("""
                // a.js
                const a = 1;

                // b.js
                function b() {
                    return a;
                }

                // main.js
                b(a);
                """, joined);
    }

    @Test
    void cyclicImportsAreRefused() {
        assertRefused(
                "a.js again among [main.js, a.js, b.js]",
                Map.of(
                        "main.js", "import { a } from \"./a.js\";\n",
                        "a.js", "import { b } from \"./b.js\";\n",
                        "b.js", "import { a } from \"./a.js\";\n"));
    }

    @Test
    void aNameDeclaredTwiceIsRefused() {
        assertRefused(
                "got open in a.js and main.js",
                Map.of(
                        "main.js", "import { a } from \"./a.js\";\nfunction open() {}\n",
                        "a.js", "export const a = 1;\nexport async function open() {}\n"));
    }

    @Test
    void unsupportedSyntaxIsRefused() {
        for (String line : List.of(
                "import \"./a.js\";",
                "import * as a from \"./a.js\";",
                "export default 1;",
                "export { a };",
                "const { a, b } = c;")) {
            assertRefused("of single names, got in main.js: " + line, Map.of("main.js", line + "\n"));
        }
    }

    @Test
    void thePageHasEachModuleOnceAndImportsNothing() throws IOException {
        String page = page();
        for (String name : names(SCRIPTS, ".js")) {
            assertEquals(
                    OF_PROGRESS.contains(name) ? 1 : 2,
                    page.split("\n// " + Pattern.quote(name) + "\n|>// " + Pattern.quote(name) + "\n", -1).length,
                    name);
        }
        assertFalse(Pattern.compile("^(import|export)\\b", Pattern.MULTILINE)
                .matcher(page)
                .find());
        assertFalse(page.contains("{{"), "a marker");
        assertFalse(page.contains("<b>\""), "a text of the data");
    }

    @Test
    void thePolicyAllowsOnlyThePagesOwnStylesAndScripts() throws Exception {
        String page = page();
        Matcher policy = Pattern.compile(
                        "content=\"default-src 'none'; style-src (.*?); script-src (.*?); img-src data:; worker-src blob:\"")
                .matcher(page);
        assertTrue(policy.find());
        assertEquals(policy.group(1), String.join(" ", hashes(page, "<style>(.*?)</style>")));
        assertEquals(policy.group(2), String.join(" ", hashes(page, "<script(?: type=\"module\")?>(.*?)</script>")));
    }

    @Test
    void theyPassTheirOwnTests() throws Exception {
        if (!nodeIsThere()) {
            LeftOut.add("the page's scripts by themselves (no node)");
            Assumptions.abort("no node");
        }
        List<String> contents = List.of(
                content("descent", MadeUpResults.in(temporary.resolve("descent"), 3, 3, SMALL)),
                content("both", MadeUpResults.ofLbfgs(temporary.resolve("both"), true, 3, SMALL)),
                content("lbfgs", MadeUpResults.ofLbfgs(temporary.resolve("lbfgs"), false, 3, SMALL)));
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        names(TESTS, ".test.js").forEach(name -> command.add(TESTS.resolve(name).toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PAGE_CONTENT", String.join(":", contents));
        Path log = temporary.resolve("node.log");
        Process node = builder.redirectOutput(log.toFile()).start();
        assertTrue(node.waitFor(2, TimeUnit.MINUTES), "still running");
        String said = Files.readString(log);
        assertEquals(0, node.exitValue(), said);
        assertTrue(said.contains("\n# skipped 0\n"), said);
    }

    private String content(String name, Outcome outcome) throws IOException {
        Path content = temporary.resolve(name + ".json");
        Files.writeString(content, JsonFile.compact(new PageData(outcome).content()));
        return content.toString();
    }

    private static boolean nodeIsThere() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    /** Reports and skips the test; fails if everything has to be checked. */
    private static String join(Map<String, String> modules) {
        return PageScripts.join("main.js", modules::get);
    }

    private static void assertRefused(String message, Map<String, String> modules) {
        String refused =
                assertThrows(IllegalStateException.class, () -> join(modules)).getMessage();
        assertTrue(refused.contains(message), refused);
    }

    private static List<String> names(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private String page() throws IOException {
        Report.write(MadeUpResults.in(temporary, 3, 3, SMALL));
        return Files.readString(temporary.resolve("report.html"));
    }

    private static List<String> hashes(String page, String element) throws Exception {
        List<String> hashes = new ArrayList<>();
        Matcher found = Pattern.compile(element, Pattern.DOTALL).matcher(page);
        while (found.find()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(StandardCharsets.UTF_8));
            hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        return hashes;
    }
}
