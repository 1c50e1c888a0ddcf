package io.sparkperceptron.data;

import io.sparkperceptron.UserException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** Names of features, from a table's columns or from the metadata that VectorAssembler adds to a column of vectors. */
final class FeatureNames {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureNames.class);

    /** More characters would not fit a model's description. */
    private static final int MOST_CHARACTERS = 2_000_000;

    private FeatureNames() {}

    /** A name for each feature, or its number if it has no name. Null if no feature has a name or names do not fit. */
    static List<String> of(StructType schema, List<String> columns, int features) {
        StructField first = schema.apply(columns.get(0));
        List<String> names = first.dataType().equals(SQLDataTypes.VectorType()) ? named(first) : columns;
        if (names == null || (columns.size() == 1 && TableColumns.isArray(first))) {
            return null;
        }
        String problem = names.size() != features
                ? names.size() + " names of " + features + " features"
                : names.stream().mapToLong(String::length).sum() > MOST_CHARACTERS
                        ? "names of more than " + MOST_CHARACTERS + " characters"
                        : null;
        if (problem == null) {
            return names;
        }
        LOG.warn("The metadata of the column '{}' have {}, so the model leaves them out", first.name(), problem);
        return null;
    }

    /** Null if the metadata name no feature. */
    private static List<String> named(StructField vectors) {
        Option<Attribute[]> attributes;
        try {
            attributes = AttributeGroup.fromStructField(vectors).attributes();
        } catch (RuntimeException e) {
            // Users can write any metadata.
            LOG.warn(
                    "The metadata of the column '{}' are damaged, so the model has no names of features: {}",
                    vectors.name(),
                    UserException.reason(e));
            return null;
        }
        if (attributes.isEmpty()) {
            return null;
        }
        List<String> names = new ArrayList<>();
        boolean any = false;
        for (Attribute attribute : attributes.get()) {
            // A feature without metadata is null.
            Option<String> name = attribute == null ? Option.empty() : attribute.name();
            boolean isNamed = name.isDefined() && !name.get().isBlank();
            names.add(isNamed ? name.get() : Integer.toString(names.size()));
            any |= isNamed;
        }
        return any ? names : null;
    }
}
