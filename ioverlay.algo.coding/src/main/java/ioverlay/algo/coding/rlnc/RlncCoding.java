package ioverlay.algo.coding.rlnc;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.AlgorithmType;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Random linear network coding through a mesh whose links lose data (Ho and others, 2006; generations as in Chou, Wu and Jain,
 * 2003).
 *
 * <p><b>Behaviour:</b> the source packs the messages of its application into blocks, {@code blocks} of them a generation, and
 * sends each in clear at once. An inner node passes on as much as comes: a block in clear as it is where it alone serves a
 * node, else a random combination of all that it has, without decoding. Several nodes that serve one share the work. Who has
 * all of a generation sends as much more as its links are measured to lose; then only what is asked for. A receiver tells those
 * before it what is wanting, at once when a generation is complete, which ends it. The application gets all messages in order.
 *
 * <p><b>Pollution:</b> each vector carries a checksum that is combined like the rest. What does not fit goes no further, and is
 * counted with the neighbour whose link brought it.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code next}: where it sends, without circles; default {@code []}. At most 100 nodes, each once
 *   <li>{@code deliver}: whether the local application gets the data; default {@code true}. A source's never does
 *   <li>{@code blocks} of a generation at the source, 8 to 256, default 32, and {@code blockBytes}, 64 to 65,536, default 5120
 *   <li>{@code flushMillis}: how long a source waits for more to fill a generation; 1 to 10,000, default 100
 *   <li>{@code reportMillis}: how often it is told what is wanting; 1 to 10,000, default 20
 *   <li>{@code memoryBytes}: for the generations of each source, 1 MiB to 1 GiB, default 64 MiB
 *   <li>{@code key}: of the checksums, the same at all nodes: a whole number of 32 bits, default 0
 *   <li>{@code kernel}: {@code fastest}, which is the default, or {@code scalar}
 * </ul>
 *
 * <p><b>Status:</b> packets that it {@code received}, of these {@code innovative}, {@code late} (all was there already) or
 * {@code ahead} (no room yet); {@code generations} that are complete; {@code minimum}: the blocks that these have, fewer packets
 * cannot do; {@code overhead}: received / minimum; {@code packets} sent, of these {@code repairs}, which were asked for;
 * {@code messages} and {@code bytes} delivered (headers included); {@code skipped} generations that nobody had any longer, and at
 * a source {@code expired} ones, for which there was no room; {@code kept} now; the {@code kernel}; {@code loss}: of each link,
 * as measured; {@code faults}: what was wrong, from whom.
 *
 * <p><b>Bounds:</b> 8 sources at a time; of each as many generations as {@code memoryBytes} has room for, at most 1024.
 */
@AlgorithmType("coding.rlnc")
@Component(service = Algorithm.class, scope = ServiceScope.PROTOTYPE)
public final class RlncCoding extends RlncNode {
    /** An upstream to those that it sends to: there is one more. */
    static final int HELLO = 0x8182;

    /** The answer: so many upstreams ({@code param1}). */
    static final int SHARE = 0x8183;

    private static final int TICK = 1;
    private static final int MOST_STRANDS = 8;

    /** Repairs come after a source has ended, too. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Map<StreamId, Strand> strands = new LinkedHashMap<>();

    private boolean isTicking;

    @Override
    public void begin(Place place) {
        super.begin(place);
        grace(GRACE);
        send(message(HELLO).build(), settings().next().toArray(NodeId[]::new));
    }

    @Override
    public Disposition process(Message message) {
        boolean isData = !MessageType.isControl(message.type());
        mayYetSend(isData);
        if (isData) {
            again();
            data(message);
        } else {
            control(message);
        }
        if (!isTicking && strands.values().stream().anyMatch(Strand::isUnfinished)) {
            isTicking = true;
            timer(TICK, settings().tick(), settings().tick());
        }
        return Disposition.DONE;
    }

    private void data(Message message) {
        if (MessageType.plain(message.type()) == Packet.TYPE) {
            try {
                packet(Packet.read(message), message);
            } catch (IllegalArgumentException e) {
                site.fault("malformed", message.from(), String.valueOf(e.getMessage()));
            }
        } else if (message.from().equals(self())) {
            StreamId stream = new StreamId(self(), message.application());
            strands.computeIfAbsent(
                            stream,
                            own -> new Strand(
                                    own, random().nextLong(), settings().shape(), true, 0, site))
                    .produce(message);
        } else {
            site.fault("unexpected", message.from(), "a message that is not coded");
        }
    }

    private void packet(Packet packet, Message message) {
        Strand known = strands.get(packet.stream());
        if (packet.stream().originator().equals(self())) {
            site.fault("unexpected", message.from(), "what this node has sent itself");
        } else if (known != null && known.session() == packet.session()) {
            known.receive(packet, message);
        } else if (known != null && !known.isIdle()) {
            site.fault("unexpected", message.from(), "another session of a source that has not ended");
        } else if (known == null && strands.size() >= MOST_STRANDS && !evict()) {
            site.fault("flood", message.from(), "a source more than " + MOST_STRANDS);
        } else {
            Strand fresh = new Strand(packet.stream(), packet.session(), packet.shape(), false, packet.first(), site);
            if (!fresh.hasRoom()) {
                site.fault("large", message.from(), "generations of " + packet.shape());
            } else if (fresh.receive(packet, message)) {
                strands.put(packet.stream(), fresh);
            }
        }
    }

    private boolean evict() {
        return strands.values().removeIf(strand -> !strand.isSource() && strand.isIdle() && !strand.isUnfinished());
    }

    private void control(Message message) {
        switch (message.type()) {
            case Report.TYPE -> reported(message);
            case Closing.TYPE -> closed(message);
            case HELLO -> greeted(message.from());
            case SHARE -> shared(message.from(), message.param1());
            case MessageType.TIMER -> tick();
            case MessageType.LINK_FAILED, MessageType.SEND_FAILED, MessageType.NODE_FAILED -> {
                gone(peer(message));
                super.process(message);
            }
            case MessageType.SEND_REFUSED -> refused(message);
            case MessageType.ROOM -> hasRoom();
            default -> super.process(message);
        }
    }

    private void reported(Message message) {
        try {
            Report report = Report.read(message);
            Strand strand = strands.get(report.stream());
            if (strand != null) {
                strand.reported(report, message.from());
            }
        } catch (IllegalArgumentException e) {
            site.fault("malformed", message.from(), String.valueOf(e.getMessage()));
        }
    }

    private void closed(Message message) {
        try {
            Closing closing = Closing.read(message);
            Strand strand = strands.get(closing.stream());
            if (strand != null) {
                strand.closed(closing, message.from());
            }
        } catch (IllegalArgumentException e) {
            site.fault("malformed", message.from(), String.valueOf(e.getMessage()));
        }
    }

    private void greeted(NodeId upstream) {
        if (greeters().size() < MOST_GREETERS) {
            greeters().add(upstream);
        }
        send(message(SHARE).params(greeters().size(), 0).build(), greeters().toArray(NodeId[]::new));
    }

    private void shared(NodeId downstream, int upstreams) {
        if (settings().next().contains(downstream) && upstreams >= 1 && upstreams <= MOST_GREETERS) {
            share(downstream, upstreams);
            strands.values()
                    .forEach(strand -> withNode(strand, downstream, to -> {
                        if (to.last().received() == 0) {
                            to.share(upstreams);
                        }
                        to.gone(false);
                    }));
        }
    }

    private static void withNode(Strand strand, NodeId node, Consumer<Downstream> action) {
        Downstream to = strand.pusher().node(node);
        if (to != null) {
            action.accept(to);
        }
    }

    private void gone(NodeId neighbour) {
        greeters().remove(neighbour);
        strands.values().forEach(strand -> {
            strand.intake().gone(neighbour);
            withNode(strand, neighbour, to -> to.gone(true));
        });
    }

    private void tick() {
        strands.values().forEach(Strand::tick);
        if (strands.values().stream().noneMatch(Strand::isUnfinished)) {
            isTicking = false;
            cancelTimer(TICK);
        }
    }

    // ---- from version to version

    @Override
    public State save() {
        return Archive.save(super.save(), strands.values());
    }

    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        strands.clear();
        for (Strand strand : Archive.restore(state, site)) {
            strands.put(strand.stream(), strand);
        }
        isTicking = false;
        if (!strands.isEmpty()) {
            isTicking = true;
            timer(TICK, settings().tick(), settings().tick());
        }
    }

    @Override
    public JsonObject status() {
        JsonObject status = tally().json();
        status.addProperty("overhead", tally().minimum == 0 ? 1 : (double) tally().received / tally().minimum);
        status.addProperty(
                "kept",
                strands.values().stream()
                        .mapToInt(strand -> strand.generations().size())
                        .sum());
        JsonObject loss = new JsonObject();
        strands.values()
                .forEach(strand -> strand.pusher()
                        .nodes()
                        .forEach(to -> loss.addProperty(to.node().toString(), Math.round(to.loss() * 1000) / 1000.0)));
        status.add("loss", loss);
        status.addProperty("kernel", settings().kernel().name());
        return status;
    }
}
