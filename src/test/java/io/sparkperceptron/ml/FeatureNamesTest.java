package io.sparkperceptron.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureNamesTest extends MlTest {

    private static final PerceptronClassifier SHORT =
            new PerceptronClassifier().setMaxIter(2).setOrderCol("id");

    @TempDir
    Path folder;

    @Test
    void namesComeFromMetadataAndAreSavedAndInTheSummary() throws IOException {
        Dataset<Row> encoded = new OneHotEncoder()
                .setInputCol("label")
                .setOutputCol("class")
                .setDropLast(false)
                .fit(rows(60, 1))
                .transform(rows(60, 1));
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(new String[] {"weight", "class", "features"})
                .setOutputCol("named")
                .transform(encoded);
        PerceptronClassificationModel model =
                SHORT.copy(SHORT.extractParamMap()).setFeaturesCol("named").fit(rows);
        List<String> names = new ArrayList<>(List.of("weight"));
        IntStream.range(0, CLASSES).forEach(c -> names.add("class_" + c));
        IntStream.range(0, FEATURES).forEach(j -> names.add("features_" + j));
        assertEquals(names, model.featureNames());
        assertEquals(
                names,
                SHORT.copy(SHORT.extractParamMap())
                        .setFeaturesCol("named")
                        .setScaling("standard")
                        .fit(rows)
                        .featureNames());
        Dataset<Row> scaled = new StandardScaler()
                .setInputCol("named")
                .setOutputCol("scaled")
                .fit(rows)
                .transform(rows);
        assertEquals(
                List.of(),
                SHORT.copy(SHORT.extractParamMap())
                        .setFeaturesCol("scaled")
                        .fit(scaled)
                        .featureNames());

        String place = folder.resolve("model").toString();
        model.save(place);
        assertEquals(names, PerceptronClassificationModel.load(place).featureNames());
        Path description = Path.of(place, "data", "model.json");
        String json = Files.readString(description);
        Files.deleteIfExists(description.resolveSibling(".model.json.crc"));
        Files.writeString(description, json.replaceFirst("(?s) *\"featureNames\".*?],\n", ""));
        PerceptronClassificationModel old = PerceptronClassificationModel.load(place);
        assertEquals(List.of(), old.featureNames());
        assertEquals(bits(model), bits(old));

        List<Row> table = model.summary().coefficients().collectAsList();
        Matrix coefficients = model.coefficientMatrix();
        assertEquals(CLASSES * names.size(), table.size());
        for (int i = 0; i < table.size(); i++) {
            Row row = table.get(i);
            int feature = i % names.size();
            assertEquals(i / names.size(), row.<Integer>getAs("label"));
            assertEquals(feature, row.<Integer>getAs("feature"));
            assertEquals(names.get(feature), row.getAs("name"));
            assertEquals(coefficients.apply(i / names.size(), feature), row.<Double>getAs("coefficient"));
        }
    }

    @Test
    void vectorsWithoutMetadataHaveNoNames() {
        PerceptronClassificationModel model = SHORT.fit(rows(60, 2));
        assertEquals(List.of(), model.featureNames());
        assertNull(model.summary().coefficients().first().getAs("name"));
        Dataset<Row> arrays =
                rows(60, 2).withColumn("features", functions.vector_to_array(column("features"), "float64"));
        assertEquals(List.of(), SHORT.fit(arrays).featureNames());
        Dataset<Row> numbers = rows(60, 2).drop("features").withColumnRenamed("weight", "features");
        assertEquals(List.of("features"), SHORT.fit(numbers).featureNames());
    }

    @Test
    void oddNamesStayAndNamesThatDoNotFitAreLeftOut() {
        String odd = "<b onclick=\"x\">&amp;\n\u202e";
        assertEquals(List.of("a", "a", "2", "3", odd, "f"), named(attributes("a", "a", " ", null, odd, "f")));
        assertEquals(List.of("0", "1", "2", "3", "4", "f"), named(attributes(null, null, null, null, null, "f")));
        assertEquals(List.of(), named(attributes(null, null, null, null, null, null)));
        String log = logged(() -> assertEquals(List.of(), named(attributes("a", "b", "c", "d", "e"))));
        assertTrue(
                log.contains("The metadata of the column 'features' have 5 names of 6 features, so the model leaves"
                        + " them out\n"),
                log);
        assertFalse(
                logged(() -> named(attributes("a", "b", "c", "d", "e", "f"))).contains("metadata"));
        assertEquals(List.of(), named(attributes("a", "b", "c", "d", "e", "f", "g")));
        assertEquals(List.of(), named(attributes("x".repeat(2_000_001), "b", "c", "d", "e", "f")));
        assertEquals(List.of(), named(new AttributeGroup("features", FEATURES).toMetadata()));
        // Damaged, each in its own way.
        MetadataBuilder group = new MetadataBuilder().putLong("num_attrs", FEATURES);
        for (Metadata metadata : List.of(
                new MetadataBuilder().putString("ml_attr", "x").build(),
                // Spark refuses an empty name.
                Metadata.fromJson(
                        attributes("a", "b", "c", "d", "e", "f").json().replace("\"f\"", "\"\"")),
                ml(group.putString("attrs", "x").build()),
                ml(new MetadataBuilder().putMetadata("attrs", Metadata.empty()).build()),
                ml(group.putMetadata(
                                "attrs",
                                new MetadataBuilder().putString("numeric", "x").build())
                        .build()))) {
            String damage = logged(() -> assertEquals(List.of(), named(metadata), metadata.json()));
            assertTrue(
                    damage.contains("The metadata of the column 'features' are damaged, so the model has no names"
                            + " of features: "),
                    damage);
        }
    }

    private static Metadata ml(Metadata group) {
        return new MetadataBuilder().putMetadata("ml_attr", group).build();
    }

    private static Metadata attributes(String... names) {
        Attribute[] attributes = Arrays.stream(names)
                .map(name -> name == null
                        ? NumericAttribute.defaultAttr()
                        : NumericAttribute.defaultAttr().withName(name))
                .toArray(Attribute[]::new);
        return new AttributeGroup("features", attributes).toMetadata();
    }

    private static List<String> named(Metadata metadata) {
        Dataset<Row> rows = rows(20, 3);
        return SHORT.fit(rows.withColumn("features", column("features").as("features", metadata)))
                .featureNames();
    }

    private static org.apache.spark.sql.Column column(String name) {
        return org.apache.spark.sql.functions.col(name);
    }
}
