package ioverlay.algo.coding.rlnc;

import ioverlay.api.NodeId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes of one stream from the nodes before this one, and what they are told of it. */
final class Intake {
    /** Who has sent nothing for so long while others have does not bring this stream. */
    private static final long SILENT_NS = 1_000_000_000;

    /** So many reports long what an upstream owes of a generation is waited for after the last packet of it. */
    private static final int QUIET_REPORTS = 5;

    /** What one more packet is asked of changes so often, in case the one that was asked cannot help. */
    private static final int REPORTS_PER_TURN = 8;

    /** What came over one link. */
    private static final class Upstream {
        private long highest;
        private long received;
        private int first;
        private long heardNs;
        private boolean isUntold;
        private boolean isGone;
    }

    private final Strand strand;
    private final Site site;
    private final Map<NodeId, Upstream> links = new LinkedHashMap<>();
    private long latestNs;
    private long resumedNs;
    private int reports;

    Intake(Strand strand, Site site) {
        this.strand = strand;
        this.site = site;
        resumedNs = site.nowNs();
        latestNs = resumedNs;
    }

    /** A packet has come. */
    void came(Packet packet, NodeId from) {
        Upstream link = links.computeIfAbsent(from, none -> new Upstream());
        if (packet.number() > link.highest) {
            link.highest = packet.number();
            link.received++;
        }
        link.first = Math.max(link.first, packet.first());
        link.heardNs = site.nowNs();
        link.isUntold = true;
        link.isGone = false;
        if (link.heardNs - latestNs >= SILENT_NS) {
            resumedNs = link.heardNs;
        }
        latestNs = link.heardNs;
    }

    /** Nothing more comes from there for now. */
    void gone(NodeId upstream) {
        Upstream link = links.get(upstream);
        if (link != null) {
            link.isGone = true;
        }
    }

    /** The first generation that somebody can still help with. */
    int floor() {
        return links.values().stream()
                .filter(link -> !link.isGone)
                .mapToInt(link -> link.first)
                .min()
                .orElse(0);
    }

    /** Whether somebody has to be told something. */
    boolean isUntold() {
        return links.values().stream().anyMatch(link -> link.isUntold);
    }

    /** Tells all that have sent something since they were told, or all. */
    void report(boolean all) {
        Set<NodeId> bringing = bringing();
        Map<Integer, Integer> missing = missing(bringing);
        reports++;
        int place = 0;
        for (NodeId upstream : List.copyOf(links.keySet())) {
            Upstream link = links.get(upstream);
            if (link == null || link.isGone || !(all || link.isUntold)) {
                place++;
                continue;
            }
            link.isUntold = false;
            Map<Integer, Integer> wants = new LinkedHashMap<>();
            for (Map.Entry<Integer, Integer> entry : missing.entrySet()) {
                int turn = Math.floorMod(place + entry.getKey() + reports / REPORTS_PER_TURN, bringing.size());
                wants.put(entry.getKey(), part(entry.getValue(), bringing.size(), turn));
            }
            site.tell(
                    new Report(
                            strand.stream(),
                            strand.session(),
                            bringing.size(),
                            link.highest,
                            link.received,
                            strand.due(),
                            wants),
                    upstream);
            place++;
        }
    }

    private static int part(int missing, int upstreams, int turn) {
        if (missing == Report.COMPLETE) {
            return missing;
        }
        int count = missing & ~Report.CLOSED;
        int share = count / upstreams + (turn < count % upstreams ? 1 : 0);
        return share | (missing & Report.CLOSED);
    }

    /** Those that share in bringing this stream. */
    private Set<NodeId> bringing() {
        boolean isNew = site.nowNs() - resumedNs < SILENT_NS;
        Set<NodeId> bringing = new HashSet<>(isNew ? site.greeters() : Set.of());
        links.forEach((node, link) -> {
            if (!link.isGone && (isNew || latestNs - link.heardNs < SILENT_NS)) {
                bringing.add(node);
            }
        });
        if (bringing.isEmpty()) {
            bringing.addAll(links.keySet());
        }
        return bringing;
    }

    /** By generation from the first that is not complete: how much is missing that nobody is expected to send anyway. */
    private Map<Integer, Integer> missing(Set<NodeId> bringing) {
        Map<Integer, Integer> missing = new LinkedHashMap<>();
        for (Generation generation : strand.generations()) {
            if (generation.number() >= strand.due()) {
                missing.put(
                        generation.number(),
                        generation.isComplete()
                                ? Report.COMPLETE
                                : Math.max(0, generation.lacking() - expected(generation, bringing))
                                        | (generation.isClosed() ? Report.CLOSED : 0));
            }
        }
        return missing;
    }

    private int expected(Generation generation, Set<NodeId> bringing) {
        long quietNs = QUIET_REPORTS * site.settings().tick().toNanos();
        if (site.nowNs() - generation.heardNs() >= quietNs) {
            return 0;
        }
        int share = Math.ceilDiv(generation.used(), bringing.size());
        return bringing.stream()
                .mapToInt(node -> Math.max(0, share - generation.sentBy(node)))
                .sum();
    }

    // ---- over a swap

    void write(DataOutputStream out) throws IOException {
        out.writeInt(links.size());
        for (Map.Entry<NodeId, Upstream> link : links.entrySet()) {
            byte[] node = new byte[NodeId.BYTES];
            link.getKey().write(ByteBuffer.wrap(node));
            out.write(node);
            out.writeLong(link.getValue().highest);
            out.writeLong(link.getValue().received);
            out.writeInt(link.getValue().first);
        }
    }

    void read(DataInputStream in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            Upstream link = new Upstream();
            links.put(NodeId.read(ByteBuffer.wrap(in.readNBytes(NodeId.BYTES))), link);
            link.highest = in.readLong();
            link.received = in.readLong();
            link.first = in.readInt();
            link.heardNs = site.nowNs();
            link.isUntold = true;
        }
    }
}
