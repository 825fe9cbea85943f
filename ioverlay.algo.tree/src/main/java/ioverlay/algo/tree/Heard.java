package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was announced already, so that it goes round once: the number of the call tells announcements of one source apart.
 * Who gives none, as versions before it, is news once a second. Whatever strangers say, only so much goes on in a second.
 */
final class Heard {
    private static final int MOST = 64;
    private static final int MOST_PASSED_ON = 32;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Map<Call, Long> heardNs = new LinkedHashMap<>();
    private long secondNs;
    private int passedOn;

    private record Call(NodeId source, long number) {}

    /** Whether that is heard for the first time. */
    boolean isNews(NodeId source, JsonObject body, long nowNs) {
        boolean isNumbered = body.has("call");
        Call call = new Call(source, isNumbered ? Word.large(body, "call") : 0);
        Long before = heardNs.get(call);
        if (before != null && (isNumbered || nowNs - before < SECOND_NS)) {
            return false;
        }
        heardNs.remove(call);
        heardNs.put(call, nowNs);
        if (heardNs.size() > MOST) {
            heardNs.remove(heardNs.keySet().iterator().next());
        }
        return true;
    }

    /** Whether one more may go on in this second. */
    boolean mayPass(long nowNs) {
        if (passedOn == 0 || nowNs - secondNs >= SECOND_NS) {
            secondNs = nowNs;
            passedOn = 0;
        }
        return ++passedOn <= MOST_PASSED_ON;
    }
}
