package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.model.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report by a JVM that has only the artifact, without XChart. */
class ReportWithoutChartsTest {

    @TempDir
    Path with;

    @TempDir
    Path without;

    @Test
    @SuppressWarnings("unchecked")
    void onlyCurvesAndHistogramsAreMissing() throws Exception {
        new Writing().accept(with);
        Object writing = Class.forName(Writing.class.getName(), true, new WithoutXChart())
                .getDeclaredConstructor()
                .newInstance();
        assertFalse(writing instanceof Writing, "has the XChart of this test");
        ((Consumer<Path>) writing).accept(without);
        Set<String> missing = files(with);
        missing.removeAll(files(without));
        assertEquals(
                Set.of(
                        "curves/cost.png",
                        "curves/cost.svg",
                        "curves/error.png",
                        "curves/error.svg",
                        "images/logistic-1/weight-histogram.png"),
                missing);
        assertTrue(Files.size(without.resolve("report.html")) > 0);
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .collect(Collectors.toSet());
        }
    }

    /** Writes a report into a folder. */
    public static final class Writing implements Consumer<Path> {

        @Override
        public void accept(Path folder) {
            Report.write(MadeUpResults.in(folder, 2, 2, new ImageShape(2, 2)));
        }
    }

    /** Loads a copy of this project's classes that cannot see XChart. */
    private static final class WithoutXChart extends ClassLoader {

        WithoutXChart() {
            super(ReportWithoutChartsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.knowm.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.sparkperceptron.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defined(name) : loaded;
            }
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("org/knowm/") ? null : super.getResource(name);
        }
    }
}
