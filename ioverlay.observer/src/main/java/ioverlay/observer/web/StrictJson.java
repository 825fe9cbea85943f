package ioverlay.observer.web;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as RFC 8259 has it and nothing else: one object, UTF-8, no comments, at most 64 deep. */
final class StrictJson {
    private static final int DEEPEST = 64;

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @throws Problem 400 with what is wrong
     */
    static JsonObject object(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "the body must be JSON in UTF-8, and these bytes are not UTF-8");
        }
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT || !(element instanceof JsonObject object)) {
                throw new Problem(400, "the body must be one JSON object and nothing else");
            }
            return object;
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new Problem(400, "the body is no JSON: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage())
                .replace(
                        "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON", "it is malformed");
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
