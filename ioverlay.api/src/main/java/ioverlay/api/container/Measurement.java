package ioverlay.api.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.OptionalDouble;

/**
 * What a node has measured of the way to another (paper, section 2.2, "Measurement of QoS metrics").
 *
 * @param peer the other node
 * @param roundTripMicros the least of a few round trips; empty if it failed
 * @param bytesPerSecond available from the node to the other; empty if it was not asked for or failed
 * @param failure why it failed, or the empty text
 */
public record Measurement(NodeId peer, OptionalDouble roundTripMicros, OptionalDouble bytesPerSecond, String failure) {
    /** What {@link ioverlay.api.MessageType#MEASURED} carries. */
    public JsonObject toJson() {
        JsonObject answer = new JsonObject();
        answer.addProperty("node", peer.toString());
        roundTripMicros.ifPresent(micros -> answer.addProperty("roundTripMicros", micros));
        bytesPerSecond.ifPresent(rate -> answer.addProperty("bytesPerSecond", rate));
        if (!failure.isEmpty()) {
            answer.addProperty("failure", failure);
        }
        return answer;
    }
}
