package ioverlay.algo.relay;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.HashMap;
import java.util.Map;

/** What arrived from which upstream, and how far apart. */
final class Arrivals {
    /** The most upstreams that are told apart; what comes from others is counted together. */
    static final int MAX_UPSTREAMS = 64;

    private static final long NS_PER_MICRO = 1000;

    private final Map<NodeId, Gaps> byUpstream = new HashMap<>();
    private final Gaps others = new Gaps();

    /** Most messages come from the same upstream as the one before: no look-up for these. */
    private Gaps latest = others;

    private NodeId latestUpstream;

    /** Starts with nothing counted; {@code self} stands for the local source until another upstream is heard. */
    Arrivals(NodeId self) {
        latestUpstream = self;
        latest = gapsOf(self);
    }

    /** Counts one message. */
    void arrived(NodeId upstream, long now) {
        if (!upstream.equals(latestUpstream)) {
            latestUpstream = upstream;
            latest = gapsOf(upstream);
        }
        latest.arrived(now);
    }

    /** How many came from that upstream; 0 if it is not told apart. */
    long messages(NodeId upstream) {
        Gaps known = byUpstream.get(upstream);
        return known == null ? 0 : known.messages;
    }

    private Gaps gapsOf(NodeId upstream) {
        Gaps known = byUpstream.get(upstream);
        if (known == null && byUpstream.size() < MAX_UPSTREAMS) {
            known = new Gaps();
            byUpstream.put(upstream, known);
        }
        return known == null ? others : known;
    }

    /** By upstream, those that sent something, in their order; {@code others} last. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        byUpstream.entrySet().stream()
                .filter(entry -> entry.getValue().messages > 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        json.add(entry.getKey().toString(), entry.getValue().toJson()));
        if (others.messages > 0) {
            json.add("others", others.toJson());
        }
        return json;
    }

    /** The messages of one upstream. */
    private static final class Gaps {
        private long messages;
        private long first;
        private long latest;
        private long longest;

        void arrived(long now) {
            if (messages == 0) {
                first = now;
            } else {
                longest = Math.max(longest, now - latest);
            }
            latest = now;
            messages++;
        }

        JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("messages", messages);
            json.addProperty("meanGapMicros", messages < 2 ? 0 : (latest - first) / (messages - 1) / NS_PER_MICRO);
            json.addProperty("longestGapMicros", longest / NS_PER_MICRO);
            return json;
        }
    }
}
