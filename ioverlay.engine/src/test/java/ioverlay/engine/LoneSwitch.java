package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.opening.Dialler;
import ioverlay.io.opening.Limits;
import ioverlay.io.probe.Probe;
import ioverlay.io.probe.Prober;
import ioverlay.io.shared.Clock;
import ioverlay.io.shared.Poller;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;

/** A switch without a port, for tests of what belongs to it: its turn stands still until {@link #start}. */
final class LoneSwitch implements AutoCloseable {
    static final NodeId SELF = NodeId.parse("127.0.0.1:7000");
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    final Clock clock = new Clock();
    final Switch node;
    private final Poller poller;

    LoneSwitch() {
        try {
            poller = new Poller();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        NodeConfig config =
                new NodeConfig("lone", ANY, 1 << 20, Header.MAX_PAYLOAD, 42, (kind, sentence, detail) -> {});
        Dialler dialler = new Dialler(ANY, clock, 64 << 10, 1_000);
        node = new Switch(
                config,
                SELF,
                1,
                new SlabPool(SlabPool.DEFAULT_LIMIT_BYTES),
                of -> new Links(of, poller, dialler, clock, Limits.DEFAULT.partMs()),
                of -> new Requests(
                        of,
                        new Prober(
                                new Probe(dialler, clock),
                                of.threads(),
                                () -> of.hello(Hello.PROBE),
                                of.caps().conditions())));
    }

    /** Before the start: the algorithm serves the application. */
    Slot serve(int application, Algorithm algorithm) {
        Occupant occupant = new Occupant(algorithm, new WrittenBy("test", "1.0.0"), new JsonObject());
        SlotPlace place = new SlotPlace(occupant, node, application, 42);
        try {
            place.begin();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Slot slot = new Slot(node, application, clock, new Candidate(occupant, place, application));
        node.slots().add(slot);
        node.dispatcher().serve(slot, slot.candidate());
        return slot;
    }

    /** An outbox on a link that is never opened. */
    Outbox outbox(int application, int capacityBytes, long limitBytes) {
        OutLink link = new OutLink(node, node.links(), NodeId.parse("127.0.0.1:7001"), poller);
        return new Outbox(link, application, capacityBytes, limitBytes);
    }

    void start() {
        node.turn().start();
        node.turn().ring();
    }

    /** Does it in the turn and waits. */
    <T> T ask(Callable<T> work) {
        return Node.ask(node, work);
    }

    @Override
    public void close() {
        node.turn().close();
        clock.close();
        poller.close();
    }
}
