package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON as RFC 8259 has it and nothing else: one object, UTF-8, no comments, at most {@value #DEEPEST} deep, each member once (of
 * two with one name, one would be taken and the other be silently lost).
 */
final class StrictJson {
    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 100;

    /** How the reader says where it is. */
    private static final Pattern POSITION = Pattern.compile("at line (\\d+) column (\\d+)");

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @throws Problem 400 with what is wrong, and where
     */
    static JsonObject object(byte[] bytes) {
        String text = text(bytes);
        try {
            try (JsonReader reader = reader(text)) {
                check(reader);
            }
            try (JsonReader reader = reader(text)) {
                JsonElement element = JsonParser.parseReader(reader);
                if (element instanceof JsonObject object) {
                    return object;
                }
            }
            throw new Problem(400, "the body must be one JSON object and nothing else");
        } catch (EOFException e) {
            throw new Problem(
                    400, "the body is no JSON: it ends before it is whole, after " + text.length() + " characters");
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new Problem(400, "the body is no JSON" + position(e));
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "the body must be JSON in UTF-8, and these bytes are not UTF-8");
        }
    }

    private static JsonReader reader(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(DEEPEST + 1);
        return reader;
    }

    /** Goes through all of it. */
    private static void check(JsonReader reader) throws IOException {
        Deque<Set<String>> open = new ArrayDeque<>();
        JsonToken next = reader.peek();
        while (next != JsonToken.END_DOCUMENT) {
            switch (next) {
                case BEGIN_OBJECT, BEGIN_ARRAY -> {
                    if (open.size() == DEEPEST) {
                        throw new Problem(
                                400, "the body may be at most " + DEEPEST + " deep, and is deeper" + position(reader));
                    }
                    open.push(new HashSet<>());
                    begin(reader, next);
                }
                case END_OBJECT -> {
                    reader.endObject();
                    open.pop();
                }
                case END_ARRAY -> {
                    reader.endArray();
                    open.pop();
                }
                case NAME -> {
                    String name = reader.nextName();
                    if (!open.element().add(name)) {
                        throw new Problem(
                                400,
                                "an object has each member once, and '" + shortened(name) + "' is there twice"
                                        + position(reader));
                    }
                }
                case STRING, NUMBER, BOOLEAN, NULL -> reader.skipValue();
                case END_DOCUMENT -> throw new IllegalStateException("the loop ends there");
            }
            next = reader.peek();
        }
    }

    private static void begin(JsonReader reader, JsonToken kind) throws IOException {
        if (kind == JsonToken.BEGIN_OBJECT) {
            reader.beginObject();
        } else {
            reader.beginArray();
        }
    }

    private static String position(JsonReader reader) {
        return position(reader.toString());
    }

    private static String position(Exception e) {
        return position(String.valueOf(e.getMessage()));
    }

    /** Its own words are for who wrote the reader: only where it was is taken from them. */
    private static String position(String said) {
        Matcher at = POSITION.matcher(said);
        return at.find() ? ": see line " + at.group(1) + ", column " + at.group(2) : "";
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
