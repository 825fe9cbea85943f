package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends one stream to the nodes after this one: of each generation as much as has come, shared among all that bring it there;
 * when it is complete, as much more as the link is known to lose; later what they say is wanting.
 */
final class Pusher {
    private final Strand strand;
    private final Site site;
    private final Map<NodeId, Downstream> nodes = new LinkedHashMap<>();
    private final MemorySegment scratch;
    private final int packetBytes;

    Pusher(Strand strand, Site site) {
        this.strand = strand;
        this.site = site;
        scratch = Shape.rows(1, strand.shape().vectorBytes())[0];
        packetBytes = Header.BYTES + Packet.BYTES + strand.shape().vectorBytes();
        site.settings().next().forEach(node -> nodes.put(node, new Downstream(node, nothing(node))));
    }

    private Report nothing(NodeId node) {
        return new Report(strand.stream(), strand.session(), site.shareOf(node), 0, 0, strand.first(), Map.of());
    }

    Collection<Downstream> nodes() {
        return nodes.values();
    }

    @Nullable Downstream node(NodeId node) {
        return nodes.get(node);
    }

    /** Something new has come; if it is a block in clear, it goes on as it is where nobody else brings it. */
    void passOn(Generation generation, MemorySegment vector, boolean isPlain) {
        for (Downstream to : nodes.values()) {
            if (mayPush(to, generation) && to.earns(generation.number(), to.part())) {
                boolean asItIs = isPlain && (to.last().upstreams() == 1 || strand.isSource());
                send(generation, to, asItIs ? vector : combined(generation));
            }
        }
    }

    /** All of a generation is there. */
    void completed(Generation generation) {
        for (Downstream to : nodes.values()) {
            for (int more = to.isGone() ? 0 : to.redundancy(generation); more > 0; more--) {
                if (mayPush(to, generation)) {
                    send(generation, to, combined(generation));
                }
            }
        }
    }

    private boolean mayPush(Downstream to, Generation generation) {
        return !to.isGone() && !to.isDone(generation.number()) && site.maySend(packetBytes);
    }

    private MemorySegment combined(Generation generation) {
        generation.combine(site.chance(), scratch);
        return scratch;
    }

    private void send(Generation generation, Downstream to, MemorySegment vector) {
        long number = to.next(generation.number(), site.nowNs());
        Packet packet = new Packet(
                strand.stream(),
                strand.session(),
                strand.shape(),
                generation.used(),
                generation.number(),
                strand.first(),
                to.sent(generation.number()),
                number);
        Message message = packet.message(vector);
        site.push(message, to.node());
        site.tally().packets++;
    }

    /** What is wanting and not under way. */
    void repair(Downstream to) {
        to.expire(site.nowNs());
        for (Generation generation : strand.generations()) {
            if (generation.isComplete()) {
                for (int left = missing(to, generation); left > 0 && mayPush(to, generation); left--) {
                    send(generation, to, combined(generation));
                    site.tally().repairs++;
                }
            }
        }
    }

    private static int missing(Downstream to, Generation generation) {
        int wanted = to.isGone() || to.isDone(generation.number()) ? 0 : to.wants(generation);
        int flying = to.flying(generation.number());
        if (wanted > 0 && flying == 0) {
            return (int) Math.max(1, Math.round(wanted / (1 - to.loss())));
        }
        return (int) Math.round(wanted / (1 - to.loss()) - flying);
    }

    /** Whether nobody after this node needs anything of it any more. */
    boolean isDone(int generation) {
        return nodes.values().stream().allMatch(to -> to.isGone() || to.isDone(generation));
    }

    // ---- over a swap

    void write(DataOutputStream out) throws IOException {
        out.writeInt(nodes.size());
        for (Downstream to : nodes.values()) {
            byte[] node = new byte[NodeId.BYTES];
            to.node().write(ByteBuffer.wrap(node));
            out.write(node);
            out.writeLong(to.number());
            Message last =
                    to.last().write(Message.builder(to.node(), Report.TYPE)).build();
            byte[] report = new byte[last.payloadSize()];
            last.payload().get(report);
            out.writeInt(report.length);
            out.write(report);
        }
    }

    void read(DataInputStream in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            NodeId node = NodeId.read(ByteBuffer.wrap(in.readNBytes(NodeId.BYTES)));
            long number = in.readLong();
            byte[] report = in.readNBytes(in.readInt());
            Downstream to = nodes.get(node);
            if (to != null) {
                to.restore(
                        number,
                        Report.read(Message.builder(node, Report.TYPE)
                                .payload(report)
                                .build()));
            }
        }
    }
}
