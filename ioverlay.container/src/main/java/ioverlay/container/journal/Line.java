package ioverlay.container.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One record as a line of text: CRC32C of the JSON's bytes in 8 hexadecimal digits, a space, the JSON, a line feed. */
final class Line {
    /** The most bytes that a line has. */
    static final int MAX_BYTES = 4 << 20;

    private static final int JSON_AT = 9;

    private Line() {}

    static byte[] of(JsonObject json) {
        byte[] text = json.toString().getBytes(UTF_8);
        return (HexFormat.of().toHexDigits(sum(text)) + " " + json + "\n").getBytes(UTF_8);
    }

    /** The record in a line without its line feed; empty if it is damaged. */
    static Optional<JsonObject> read(byte[] line) {
        if (line.length <= JSON_AT || line[JSON_AT - 1] != ' ') {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(line, JSON_AT, line.length);
        String digits = new String(line, 0, JSON_AT - 1, UTF_8);
        return digits.equals(HexFormat.of().toHexDigits(sum(text))) ? object(text) : Optional.empty();
    }

    private static int sum(byte[] text) {
        CRC32C sum = new CRC32C();
        sum.update(text);
        return (int) sum.getValue();
    }

    private static Optional<JsonObject> object(byte[] text) {
        try {
            JsonElement json = JsonParser.parseString(new String(text, UTF_8));
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException e) {
            return Optional.empty(); // it was written so, with a sum that is right
        }
    }
}
