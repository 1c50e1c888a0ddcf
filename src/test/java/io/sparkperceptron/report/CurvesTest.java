package io.sparkperceptron.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkperceptron.MadeUpMetrics;
import io.sparkperceptron.analysis.RunHistory;
import io.sparkperceptron.model.Loss;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.training.Ending;
import io.sparkperceptron.training.Optimizer;
import io.sparkperceptron.training.Run;
import io.sparkperceptron.training.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CurvesTest {

    private static final double[] RATES = {0.01, 0.03, 0.1, 0.3, 0.5, 1, 3, 10, 30};

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 2500})
    void areDrawnForAnyNumberOfEpochs(int epochs) throws Exception {
        write(List.of(history(new Run(Loss.MSE, 1), epochs, epoch -> 1.0 / (1 + epoch))));
        for (String name : List.of("error", "cost")) {
            assertEquals(
                    1000,
                    ImageIO.read(temporary.resolve(name + ".png").toFile()).getWidth());
            int dots = svg(name).getElementsByTagName("ellipse").getLength();
            assertEquals(epochs == 0 ? 2 : 0, dots);
            assertEquals(epochs == 0 ? 0 : 2, drawn(curves(svg(name))));
        }
    }

    @Test
    void eighteenRunsOfFiveHundredEpochsTakeLittleRoom() throws Exception {
        List<RunHistory> runs = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            for (double rate : RATES) {
                runs.add(history(new Run(loss, rate), 500, epoch -> wild(rate, epoch)));
            }
        }
        write(runs);
        for (String name : List.of("error", "cost")) {
            long bytes = Files.size(temporary.resolve(name + ".svg"));
            assertTrue(bytes < 550_000, name + " takes " + bytes);
            List<Element> curves = curves(svg(name));
            assertEquals(36, curves.size());
            // Losses share the colour of a rate and differ in dashes; rates and sets differ in colour.
            assertEquals(18, attributes(curves, "stroke").size());
            assertEquals(2, attributes(curves, "stroke-dasharray").size());
            for (int i = 0; i < RATES.length; i++) {
                assertEquals(style(curves.get(i), "stroke"), style(curves.get(i + RATES.length), "stroke"));
            }
        }
    }

    @Test
    void allPointsOfAShortCurveAreDrawn() throws Exception {
        write(List.of(history(new Run(Loss.LOGISTIC, 1), 10, epoch -> epoch % 2 / 2.0)));
        String path = curves(svg("error")).get(0).getAttribute("d");
        assertEquals(11, path.split("[ML]", -1).length - 1, path);
    }

    @Test
    void valuesWithoutALogarithmLeaveGaps() throws Exception {
        // Epoch 0 is left out, and epochs 10 and 20 have no logarithm.
        write(List.of(history(new Run(Loss.LOGISTIC, 1), 25, epoch -> epoch % 10 == 0 ? 0 : 0.5)));
        String path = curves(svg("cost")).get(0).getAttribute("d");
        assertEquals(3, path.split("M", -1).length - 1, path);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void aCostOfZeroIsDrawnToo(int epochs) throws Exception {
        write(List.of(history(new Run(Loss.MSE, 1), epochs, epoch -> epoch == 0 ? 1 : 0)));
        assertEquals(epochs == 1 ? 2 : 0, drawn(curves(svg("cost"))));
    }

    @Test
    void aDivergedRunIsDrawnUpToItsLastFiniteValue() throws Exception {
        write(List.of(history(new Run(Loss.MSE, 1), 30, epoch -> epoch == 30 ? Double.POSITIVE_INFINITY : 1)));
        assertEquals(2, drawn(curves(svg("cost"))));
    }

    @Test
    void runsWithoutARateAreBlackAndThickAndMayHaveAnInfiniteCost() throws Exception {
        Run lbfgs = new Run(new Setting(Loss.MSE, Optimizer.LBFGS, List.of(0.0, 0.0, 0.0)), "mse-lbfgs");
        write(List.of(
                history(new Run(Loss.MSE, 1), 30, epoch -> 1),
                history(lbfgs, 30, epoch -> epoch == 10 ? Double.POSITIVE_INFINITY : 1)));
        List<Element> curves = curves(svg("cost"));
        assertEquals(4, drawn(curves));
        Element test = curves.get(3);
        assertEquals(2, test.getAttribute("d").split("M", -1).length - 1, "a gap");
        assertEquals("rgb(0,0,0)", style(test, "stroke"));
        assertEquals("3", style(test, "stroke-width"));
        assertEquals("2", style(curves.get(2), "stroke-width"));
    }

    @Test
    void noRunsGiveAnEmptyChart() throws Exception {
        write(List.of());
        assertEquals(0, curves(svg("error")).size());
    }

    private void write(List<RunHistory> runs) {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        Curves.write(new Curves(runs).errors(), folder, "error");
        Curves.write(new Curves(runs).costs(), folder, "cost");
    }

    private Document svg(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder()
                .parse(temporary.resolve(name + ".svg").toFile());
        assertEquals("svg", document.getDocumentElement().getTagName());
        return document;
    }

    /** The paths of curves. Letters are paths too, but they are filled. */
    private static List<Element> curves(Document svg) {
        NodeList paths = svg.getElementsByTagName("path");
        return IntStream.range(0, paths.getLength())
                .mapToObj(i -> (Element) paths.item(i))
                .filter(path -> style(path, "fill").equals("none"))
                .toList();
    }

    private static long drawn(List<Element> curves) {
        return curves.stream()
                .filter(curve -> curve.getAttribute("d").contains("L"))
                .count();
    }

    private static Set<String> attributes(List<Element> elements, String name) {
        Set<String> values = new HashSet<>();
        elements.forEach(element -> values.add(style(element, name)));
        return values;
    }

    private static String style(Element element, String name) {
        for (String part : element.getAttribute("style").split(";", -1)) {
            if (part.startsWith(name + ":")) {
                return part.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static double wild(double rate, int epoch) {
        return rate < 3 ? 1 / (1 + rate * epoch) : 0.1 + (epoch * 7919L + (long) (rate * 31)) % 101 / 120.0;
    }

    private static RunHistory history(Run run, int epochs, IntToDoubleFunction cost) {
        return new RunHistory(
                IntStream.rangeClosed(0, epochs)
                        .mapToObj(epoch -> {
                            double value = cost.applyAsDouble(epoch);
                            return new MadeUpMetrics(epoch, run)
                                    .train(value, Math.min(1, value))
                                    .test(0.9 * value, Math.min(1, 0.9 * value))
                                    .metrics();
                        })
                        .toList(),
                Ending.EPOCHS,
                0);
    }
}
