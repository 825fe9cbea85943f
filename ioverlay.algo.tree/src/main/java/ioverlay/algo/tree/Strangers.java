package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who sends data though it is no parent: it is told so, but not for each message that was under way. */
final class Strangers {
    private static final long AGAIN_NS = 500_000_000L;
    private static final int MOST = 64;

    private final Map<NodeId, Long> toldNs = new LinkedHashMap<>();

    /** Whether it should be told now. */
    boolean isTime(NodeId stranger, long nowNs) {
        Long before = toldNs.get(stranger);
        if (before != null && nowNs - before < AGAIN_NS) {
            return false;
        }
        toldNs.put(stranger, nowNs);
        if (toldNs.size() > MOST) {
            toldNs.remove(toldNs.keySet().iterator().next());
        }
        return true;
    }
}
