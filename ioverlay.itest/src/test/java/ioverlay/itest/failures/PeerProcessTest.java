package ioverlay.itest.failures;

import static ioverlay.api.MessageType.LINK_FAILED;
import static ioverlay.api.MessageType.LINK_UP;
import static ioverlay.api.MessageType.NODE_FAILED;
import static ioverlay.itest.failures.Peer.DOWN;
import static ioverlay.itest.failures.Peer.DOWNSTREAM;
import static ioverlay.itest.failures.Peer.PAYLOAD;
import static ioverlay.itest.failures.Peer.UP;
import static ioverlay.itest.failures.Peer.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.engine.DataPlane;
import ioverlay.itest.Await;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer in another process, with a link in each direction, is killed or stopped: when the algorithm hears of it. */
@Tag("own-jvm")
@Timeout(120)
final class PeerProcessTest {
    private static final int INACTIVITY_MS = 2_000;
    private static final int HASTY_MS = 500;
    private static final int ROUNDS = 3;
    private static final long KILLED_WITHIN_MS = 100;
    private static final long RATE = 100_000;

    private final List<Remote> remotes = new ArrayList<>();
    private DataPlane plane;
    private Station here;
    private Sink sink;

    @BeforeEach
    void open() throws Exception {
        plane = DataPlane.open();
        here = Station.open(plane, "here", INACTIVITY_MS);
    }

    @AfterEach
    void close() {
        remotes.forEach(Remote::close);
        plane.close();
    }

    /** Starts so many peers; this node sends to all, all send to it. */
    private void exchange(int peers) throws Exception {
        for (int i = 0; i < peers; i++) {
            remotes.add(Remote.start("127.0.0.1", INACTIVITY_MS));
        }
        here.relay(DOWN, remotes.stream().map(Remote::id).toArray(NodeId[]::new));
        here.attach(DOWN, new Stream(PAYLOAD, RATE));
        sink = here.attach(UP, new Sink());
        for (Remote remote : remotes) {
            remote.tell("stream " + here.id() + " " + RATE);
        }
        for (Remote remote : remotes) {
            here.await(LINK_UP, remote.id(), UPSTREAM);
            here.await(LINK_UP, remote.id(), DOWNSTREAM);
        }
        long before = sink.received();
        Await.until("data flows", () -> sink.received() > before + 100L * peers);
    }

    private long millisFrom(long startNs, Heard... notices) {
        long last = Arrays.stream(notices).mapToLong(Heard::atNs).max().orElseThrow();
        return TimeUnit.NANOSECONDS.toMillis(last - startNs);
    }

    @Test
    void a_killed_one_is_told_within_100_ms_in_both_directions_and_as_a_node() throws Exception {
        exchange(ROUNDS);
        List<Long> took = new ArrayList<>();
        for (Remote remote : remotes) {
            long start = System.nanoTime();
            remote.kill();
            took.add(millisFrom(
                    start,
                    here.await(LINK_FAILED, remote.id(), UPSTREAM),
                    here.await(LINK_FAILED, remote.id(), DOWNSTREAM),
                    here.await(
                            "the node failed",
                            heard -> heard.type() == NODE_FAILED && heard.peer().equals(remote.id()))));
        }
        System.out.println("killed: told after ms " + took);
        assertThat(took).anyMatch(millis -> millis <= KILLED_WITHIN_MS);
    }

    @Test
    void a_stopped_one_is_told_when_the_inactivity_time_is_over_and_can_dial_again_when_it_goes_on() throws Exception {
        exchange(2);
        Remote flowing = remotes.getFirst();
        Remote blocked = remotes.getLast();
        blocked.tell("shut");
        blockedLinkIsFull(blocked);

        long start = System.nanoTime();
        flowing.stop();
        blocked.stop();
        List<Long> took = new ArrayList<>();
        for (Remote remote : remotes) {
            took.add(millisFrom(start, here.await(LINK_FAILED, remote.id(), UPSTREAM)));
            took.add(millisFrom(start, here.await(LINK_FAILED, remote.id(), DOWNSTREAM)));
        }
        System.out.println("stopped: told after ms " + took);
        assertThat(took).allMatch(millis -> millis <= INACTIVITY_MS * 11 / 10);
        assertThat(took.subList(0, 2)).allMatch(millis -> millis >= INACTIVITY_MS * 9 / 10);

        here.forget();
        flowing.goOn();
        flowing.await(LINK_FAILED, DOWNSTREAM, 1);
        flowing.await(LINK_FAILED, UPSTREAM, 1);
        long before = sink.received();
        flowing.tell("stream " + here.id() + " " + RATE);
        here.relay(DOWN, flowing.id());
        here.await(LINK_UP, flowing.id(), UPSTREAM);
        here.await(LINK_UP, flowing.id(), DOWNSTREAM);
        Await.until("data flows again", () -> sink.received() > before + 100);
    }

    @Test
    void one_that_was_stopped_for_long_does_not_take_its_neighbour_for_dead_when_it_goes_on() throws Exception {
        Station patient = Station.open(plane, "patient", 60_000);
        Remote hasty = Remote.start("127.0.0.1", HASTY_MS);
        remotes.add(hasty);
        patient.relay(DOWN, hasty.id()).attach(DOWN, new Stream(PAYLOAD, RATE));
        Sink patientSink = patient.attach(UP, new Sink());
        hasty.tell("stream " + patient.id() + " " + RATE);
        Await.until("data flows", () -> patientSink.received() > 100);

        hasty.stop();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4 * HASTY_MS));
        hasty.goOn();
        long before = patientSink.received();
        // What was due meanwhile, and then for three inactivity times more: what it thinks has come out by then.
        Await.until("data flows on", () -> patientSink.received() > before + 7 * RATE / PAYLOAD * HASTY_MS / 1_000);
        assertThat(hasty.heard(LINK_FAILED, UPSTREAM)).isEmpty();
        assertThat(hasty.heard(LINK_FAILED, DOWNSTREAM)).isEmpty();
        assertThat(patient.heard(LINK_FAILED)).isEmpty();
        assertThat(patientSink.outOfPlace()).isZero();
    }

    /** Nothing more is acknowledged: what the peer may be sent is there. */
    private void blockedLinkIsFull(Remote blocked) {
        here.relay(DOWN, blocked.id());
        Await.until(
                "it is full",
                () -> here.node().status().downstreams().stream()
                        .filter(link -> link.peer().equals(blocked.id()))
                        .anyMatch(link -> link.queuedBytes() > 32 << 10));
        here.relay(DOWN, remotes.getFirst().id());
    }
}
