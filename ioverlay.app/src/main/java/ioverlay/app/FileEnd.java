package ioverlay.app;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.Payloads;
import java.nio.charset.StandardCharsets;

/**
 * The last message of a file.
 *
 * @param size bytes that were sent
 * @param sha256 of them, in hexadecimal
 * @param failure why the source gave up, or the empty text
 */
record FileEnd(long size, String sha256, String failure) {
    /** The message's type, from the authors' data range. */
    static final int TYPE = 0x0102;

    /**
     * Reads the payload.
     *
     * @throws IllegalArgumentException if it is broken; the text gives the rule
     */
    static FileEnd read(Message message) {
        JsonObject json = Payloads.json(message);
        try {
            return new FileEnd(
                    json.getAsJsonPrimitive("size").getAsLong(),
                    json.getAsJsonPrimitive("sha256").getAsString(),
                    json.getAsJsonPrimitive("failure").getAsString());
        } catch (ClassCastException | NullPointerException | NumberFormatException e) {
            throw new IllegalArgumentException("the last message of a file names size, sha256, failure", e);
        }
    }

    byte[] payload() {
        JsonObject json = new JsonObject();
        json.addProperty("size", size);
        json.addProperty("sha256", sha256);
        json.addProperty("failure", failure);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
