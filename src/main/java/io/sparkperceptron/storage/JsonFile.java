package io.sparkperceptron.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sparkperceptron.UserException;
import java.io.IOException;

/** JSON: records and maps written for people to read too, and read back with care. All JSON is read here. */
public final class JsonFile {

    private static final int MOST_BYTES = 1 << 24;
    /** Where Jackson begins to say where a thing began, with Java's words. */
    private static final String START_MARKER = " (start marker";

    /** No file here is nested nearly as deep. A recursive reader would run out of stack without a limit. */
    private static final int DEEPEST = 200;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonFile() {}

    /** Writes {@code value} as the file {@code name}. */
    public static void write(Folder folder, String name, Object value) {
        folder.write(name, out -> out.write(JSON.writeValueAsBytes(value)));
    }

    /**
     * The value on one line.
     *
     * @throws UserException if it has what JSON cannot say
     */
    public static String compact(Object value) {
        try {
            return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UserException("Cannot write JSON: " + problem(e), e);
        }
    }

    /** The value as it would be written. */
    public static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /**
     * Reads the file {@code name}; fields that {@code type} does not have are passed over.
     *
     * @param noun what the file holds, for the message
     * @throws UserException if it is missing, no JSON, or not such a thing; what the type's constructor says is in the message
     */
    public static <T> T read(Folder folder, String name, Class<T> type, String noun) {
        return read(folder, name, type, noun, MOST_BYTES);
    }

    /**
     * Likewise.
     *
     * @param mostBytes a longer file is refused
     */
    public static <T> T read(Folder folder, String name, Class<T> type, String noun, int mostBytes) {
        return parse(
                folder.read(name, mostBytes), type, noun, folder.child(name).uri());
    }

    /**
     * Reads JSON that is not in a file of its own.
     *
     * @param where it is, for the message
     * @throws UserException if it is none, is nested too deep, or is no such thing
     */
    public static <T> T parse(byte[] json, Class<T> type, String noun, String where) {
        try {
            T value = JSON.readValue(json, type);
            if (value == null) {
                throw new UserException("Expected " + noun + " in " + where + ", found null");
            }
            return value;
        } catch (ValueInstantiationException e) {
            throw new UserException("In " + where + ": " + UserException.reason(e.getCause()), e);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamConstraintsException limit) {
                throw notJson(noun, where, limit);
            }
            String field = e.getPath().isEmpty() ? null : e.getPath().get(0).getFieldName();
            throw new UserException(
                    "Expected " + noun + " in " + where + ", but its " + (field == null ? "content" : field)
                            + " is unusable",
                    e);
        } catch (JsonProcessingException e) {
            throw notJson(noun, where, e);
        } catch (IOException e) {
            throw new UserException("Cannot read " + where + ": " + UserException.reason(e), e);
        }
    }

    private static UserException notJson(String noun, String where, JsonProcessingException e) {
        return new UserException("Expected " + noun + " as JSON in " + where + ", found: " + problem(e), e);
    }

    private static String problem(JsonProcessingException e) {
        String line = e.getOriginalMessage().lines().findFirst().orElse("something else");
        if (e instanceof StreamConstraintsException) {
            // A limit of Jackson's: it has no location, and in brackets digits of the locale and methods of Java.
            return line.contains("epth")
                    ? "it is nested more than " + DEEPEST + " deep"
                    : line.replaceAll(" \\(.*?\\)(?=\\s|$)", "");
        }
        int end = line.indexOf(START_MARKER);
        return (end < 0 ? line : line.substring(0, end)) + ", line "
                + e.getLocation().getLineNr();
    }
}
