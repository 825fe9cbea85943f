package ioverlay.algo.coding.arq;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.node.Settings;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * The checked settings of a node; what they mean is in the javadoc of {@link ArqCoding}.
 *
 * @param next where it sends
 * @param deliver whether the local application gets the data
 * @param report how often those before the node are told what has come
 * @param retry the least time after which what was not acknowledged is sent again
 * @param patience how long a message is kept for who does not acknowledge it, and waits for one before it
 */
record ArqSettings(List<NodeId> next, boolean deliver, Duration report, Duration retry, Duration patience) {
    private static final List<String> NAMES = List.of("next", "deliver", "reportMillis", "retryMillis", "waitMillis");

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static ArqSettings read(JsonObject json, NodeId self) {
        Settings settings = Settings.read(json, NAMES, "the settings of coding.arq are " + String.join(", ", NAMES));
        return new ArqSettings(
                settings.nodes("next", self),
                settings.flag("deliver"),
                settings.millis("reportMillis", 1, 10_000, 20),
                settings.millis("retryMillis", 10, 60_000, 500),
                settings.millis("waitMillis", 10, 600_000, 30_000));
    }
}
