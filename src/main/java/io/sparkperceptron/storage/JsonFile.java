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
import org.apache.commons.lang3.StringUtils;

/** Writes records and maps as indented JSON, and reads any JSON. */
public final class JsonFile {

    private static final int MOST_BYTES = 1 << 24;
    /** The text in Jackson's messages after which Java classes are named. */
    private static final String START_MARKER = " (start marker";

    /** Our own files are nested less deep. Without a limit, a recursive reader would run out of stack. */
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

    public static void write(Folder folder, String name, Object value) {
        folder.write(name, out -> out.write(JSON.writeValueAsBytes(value)));
    }

    /** The value on one line. Throws a {@link UserException} if JSON cannot represent it. */
    public static String compact(Object value) {
        try {
            return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UserException("Cannot write JSON: " + problem(e), e);
        }
    }

    public static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /**
     * Reads the file {@code name}, and skips fields that {@code type} does not have. Throws a {@link UserException} if
     * the file is missing or is not JSON of this type. The message names the content {@code noun}, or is that of the
     * type's constructor.
     */
    public static <T> T read(Folder folder, String name, Class<T> type, String noun) {
        return read(folder, name, type, noun, MOST_BYTES);
    }

    /** The same, but refuses a file longer than {@code mostBytes}. */
    public static <T> T read(Folder folder, String name, Class<T> type, String noun, int mostBytes) {
        return parse(
                folder.read(name, mostBytes), type, noun, folder.child(name).uri());
    }

    /** The same for JSON in memory. The message names its source, {@code where}. */
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
            // Jackson's limits have no location. Their brackets hold digits of the locale and methods of Java.
            return line.contains("epth")
                    ? "it is nested more than " + DEEPEST + " deep"
                    : line.replaceAll(" \\(.*?\\)(?=\\s|$)", "");
        }
        return StringUtils.substringBefore(line, START_MARKER) + ", line "
                + e.getLocation().getLineNr();
    }
}
