package ioverlay.agent.line;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.api.Header;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * One frame of the line, see {@link LineType}.
 *
 * <p><b>Threads:</b> immutable, any; who gives or takes the bytes does not change them.
 */
public final class Frame {
    /** The largest payload, in bytes: frames are control messages. */
    public static final int MAX_PAYLOAD = Header.MAX_CONTROL_PAYLOAD;

    private final int type;
    private final int param1;
    private final int param2;
    private final byte[] payload;

    /**
     * A frame.
     *
     * @throws IllegalArgumentException if the payload is longer than {@link #MAX_PAYLOAD}
     */
    @SuppressWarnings("ArrayIsStoredDirectly") // chunks are not copied; the contract is above
    public Frame(int type, int param1, int param2, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a frame carries at most " + MAX_PAYLOAD + " bytes, not " + payload.length);
        }
        this.type = type;
        this.param1 = param1;
        this.param2 = param2;
        this.payload = payload;
    }

    /** A frame that carries JSON. */
    public static Frame of(int type, int param1, JsonElement json) {
        return new Frame(type, param1, 0, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A frame that carries a sentence, cut where it is too long. */
    public static Frame of(int type, String sentence) {
        String shown = sentence.length() <= 1000 ? sentence : sentence.substring(0, 1000) + "…";
        return new Frame(type, 0, 0, shown.getBytes(StandardCharsets.UTF_8));
    }

    /** One of {@link LineType}. */
    public int type() {
        return type;
    }

    /** As the type says. */
    public int param1() {
        return param1;
    }

    /** As the type says. */
    public int param2() {
        return param2;
    }

    /** The bytes themselves. */
    public byte[] payload() {
        return payload;
    }

    /** Bytes on the wire. */
    int bytes() {
        return Header.BYTES + payload.length;
    }

    /** The payload as text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * The payload as a JSON object.
     *
     * @throws ProtocolException if it is none
     */
    public JsonObject object() throws ProtocolException {
        return object(text(), "a frame of type 0x" + Integer.toHexString(type));
    }

    static JsonObject object(String text, String what) throws ProtocolException {
        try {
            if (JsonParser.parseString(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw (ProtocolException) new ProtocolException(what + " carries no JSON").initCause(e);
        }
        throw new ProtocolException(what + " carries a JSON object, not something else");
    }
}
