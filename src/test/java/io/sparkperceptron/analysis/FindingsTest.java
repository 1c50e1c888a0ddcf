package io.sparkperceptron.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkperceptron.DamagedInput;
import io.sparkperceptron.UserException;
import io.sparkperceptron.storage.Folder;
import io.sparkperceptron.storage.JsonFile;
import io.sparkperceptron.training.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings read from a file that has been altered. */
class FindingsTest {

    private static final String NAME = "analysis.json";
    /** The fields that are null for a diverged run, without lines or without images. */
    private static final Set<String> MAY_BE_NULL =
            Set.of("/runs/0/measured", "/lineRows", "/weighted", "/sample", "/sample/classWeights", "/doubtful");

    @TempDir
    Path temporary;

    @Test
    void readsBackWhatItWrites() {
        assertEquals(findings(), read(JsonFile.tree(findings())));
    }

    @Test
    void refusesANullAnywhereWithASentence() {
        List<String> places = new ArrayList<>();
        JsonNode whole = JsonFile.tree(findings());
        addPlaces(whole, "", places);
        assertTrue(places.size() > 190, places.toString());
        for (String place : places) {
            JsonNode altered = whole.deepCopy();
            put(altered, place, JsonNodeFactory.instance.nullNode());
            if (MAY_BE_NULL.contains(place)) {
                read(altered);
            } else {
                DamagedInput.assertSentence(refusal(altered));
            }
        }
    }

    @Test
    void aSampleHasALabelForEachImage() {
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> new Findings.Sample(List.of(2L, 7L), List.of(1), List.of(), List.of(), null));
        assertEquals(
                "expected as many labels as sampled images, got 1 and 0 labels for 2 and 0 images",
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /testRows                               | -1  | expected test rows of at least 0, got -1
            /largestEigenvalue                      | -2  | expected a largest eigenvalue of at least 0, got -2.0
            /runs/0/measured/confusion/1            | -3  | expected examples by label and prediction of at least 0, got -3
            /runs/0/measured/yes/1                  | -1  | expected examples with a yes of each perceptron of at least 0, got -1
            /runs/0/measured/stuckUnits             | -1  | expected stuck perceptrons of at least 0, got -1
            /runs/0/measured/curvature/0/epoch      | -1  | expected the epoch of a curvature of at least 0, got -1
            /runs/0/measured/histogram/moving/3     | -5  | expected weights that move of at least 0, got -5
            /runs/0/measured/histogram/binWidth     | 0   | expected bins of a width above 0, got 0.0
            /runs/0/measured/histogram/rarelyActiveInMiddle | 8 | expected from 0 to 7 weights of rarely active features in the middle bin, got 8
            /runs/0/measured/cells/0,1/0            | 2   | expected places below 2 in the cell 0,1 of mse-1, got 2
            /runs/0/measured/lines/0/unit           | -1  | expected the class of a line of at least 0, got -1
            /runs/0/measured/lines/0/longest        | 0   | expected a line of some length with a cost, a slope and a standard error at each place, got 0.0, 2 costs, 2 slopes and 2 standard errors
            /sample/testRows/0                      | -1  | expected rows of sampled test images of at least 0, got -1
            /doubtful/rows/0                        | -1  | expected rows with doubtful labels of at least 0, got -1
            /exampleRows/1                          | -1  | expected rows of examples of at least 0, got -1
            /onlyFirstWrong/0                       | -1  | expected examples that only the first of two runs gets wrong of at least 0, got -1
            """)
    void namesInvalidValues(String place, int number, String sentence) {
        JsonNode altered = JsonFile.tree(findings());
        put(altered, place, JsonNodeFactory.instance.numberNode(number));
        String where =
                Folder.at(temporary.toString(), new Configuration()).child(NAME).uri();
        assertEquals("In " + where + ": " + sentence, refusal(altered));
    }

    private String refusal(JsonNode altered) {
        return assertThrows(UserException.class, () -> read(altered), altered::toString)
                .getMessage();
    }

    private Findings read(JsonNode altered) {
        Folder folder = Folder.at(temporary.toString(), new Configuration());
        JsonFile.write(folder, NAME, altered);
        return JsonFile.read(folder, NAME, Findings.class, "findings about a training");
    }

    private static void addPlaces(JsonNode node, String place, List<String> places) {
        if (!place.isEmpty()) {
            places.add(place);
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> addPlaces(object.get(name), place + "/" + name, places));
        }
        for (int i = 0; node instanceof ArrayNode && i < node.size(); i++) {
            addPlaces(node.get(i), place + "/" + i, places);
        }
    }

    /** Modified: tree. */
    private static void put(JsonNode tree, String place, JsonNode value) {
        int slash = place.lastIndexOf('/');
        JsonNode parent = tree.at(place.substring(0, slash));
        String name = place.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(name), value);
        }
    }

    private static Findings findings() {
        List<Long> counts = Collections.nCopies(WeightHistogram.BINS, 7L);
        Findings.Measured measured = new Findings.Measured(
                List.of(3L, 1L, 0L, 4L),
                1,
                2,
                3,
                List.of(4L, 5L),
                0,
                List.of(new Findings.CurvaturePoint(0, 0.25, 0.5)),
                new WeightHistogram(0.1, counts, counts, 5),
                Map.of("0,1", List.of(0, 1)),
                List.of(new Findings.Mistake(3, 0, 1, 2.5)),
                List.of(new DescentLine(
                        0, 1, 0.5f, 1, 0.75, 2, List.of(1f, 0.5f), List.of(-1f, -0.25f), List.of(0f, 0.1f))));
        return new Findings(
                1.5,
                10,
                0,
                8,
                4,
                List.of(3),
                List.of(new Findings.OfRun("mse-1", Ending.EPOCHS, measured)),
                List.of(0L),
                List.of(5L, 6L),
                List.of(0, 1),
                null,
                512,
                true,
                new Findings.Sample(List.of(2L, 7L), List.of(1, 0), List.of(3L), List.of(1), List.of(1.0, 2.5)),
                new Findings.Doubtful(
                        "mse-1", 3, 4, List.of(7L, 2L), List.of(0, 1), List.of(1, 0), List.of(-4.5, -0.5)));
    }
}
