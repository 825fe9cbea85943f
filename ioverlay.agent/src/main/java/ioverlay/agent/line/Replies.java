package ioverlay.agent.line;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers in parts: an answer is one JSON object, whose text is cut into as many frames as it takes.
 *
 * <p><b>Threads:</b> one; the static methods any.
 */
public final class Replies {
    /** The longest answer, in bytes of UTF-8, all parts together. */
    public static final int MOST_BYTES = 32 << 20;

    private final Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
    private long bytes;

    /** The frames of an answer. */
    public static List<Frame> result(int id, JsonElement result) {
        JsonObject answer = new JsonObject();
        answer.add("result", result);
        return parts(id, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The frames of a refusal. */
    public static List<Frame> refused(int id, String sentence) {
        JsonObject answer = new JsonObject();
        answer.addProperty("refused", sentence);
        return parts(id, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The frames of an answer that is text already; a refusal if it is too long. */
    public static List<Frame> parts(int id, byte[] answer) {
        if (answer.length > MOST_BYTES) {
            return refused(id, "an answer has at most " + MOST_BYTES + " bytes, and this one " + answer.length);
        }
        List<Frame> frames = new ArrayList<>(1 + answer.length / Frame.MAX_PAYLOAD);
        for (int from = 0; from < answer.length; from += Frame.MAX_PAYLOAD) {
            int to = Math.min(answer.length, from + Frame.MAX_PAYLOAD);
            frames.add(new Frame(LineType.REPLY, id, to < answer.length ? 1 : 0, Arrays.copyOfRange(answer, from, to)));
        }
        return frames;
    }

    /**
     * Takes a part in.
     *
     * @return whether it was the last: then {@link #finish} has the answer
     * @throws ProtocolException if answers that are not finished are too long together
     */
    public boolean add(Frame part) throws ProtocolException {
        bytes += part.payload().length;
        if (bytes > MOST_BYTES) {
            throw new ProtocolException("answers have at most " + MOST_BYTES + " bytes until they are finished");
        }
        open.computeIfAbsent(part.param1(), id -> new ByteArrayOutputStream(part.payload().length))
                .writeBytes(part.payload());
        return part.param2() == 0;
    }

    /**
     * The whole answer.
     *
     * @throws ProtocolException if it is no JSON object
     */
    public JsonObject finish(int id) throws ProtocolException {
        ByteArrayOutputStream all = open.remove(id);
        if (all == null) {
            throw new ProtocolException("an answer was finished before it began");
        }
        bytes -= all.size();
        return Frame.object(all.toString(StandardCharsets.UTF_8), "an answer");
    }
}
