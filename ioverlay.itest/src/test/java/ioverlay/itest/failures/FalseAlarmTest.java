package ioverlay.itest.failures;

import static ioverlay.api.MessageType.LINK_CLOSED;
import static ioverlay.api.MessageType.LINK_FAILED;
import static ioverlay.api.MessageType.LINK_UP;
import static ioverlay.api.MessageType.NODE_FAILED;
import static ioverlay.api.MessageType.SOURCE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.Emulation;
import ioverlay.engine.DataPlane;
import ioverlay.itest.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Links over which nothing comes for many times the inactivity time, although their nodes are well, on a machine whose
 * cores are all taken: idle, parked, capped very low at either side, blocked by a downstream that takes nothing.
 *
 * <p>With {@code -Dioverlay.alarm.seconds=300} it lasts the full five minutes.
 */
@Tag("own-jvm")
final class FalseAlarmTest {
    private static final int INACTIVITY_MS = 1_000;
    private static final int SECONDS = Integer.getInteger("ioverlay.alarm.seconds", 12);
    private static final int APP = 7;
    private static final int LARGE = 64 << 10;
    private static final int SMALL = 1_000;
    private static final long FAST = 1_000_000;

    /** Bytes per second: a large message takes longer than the test. */
    private static final int LOW_CAP = 1_000;

    private final List<Station> stations = new ArrayList<>();
    private final List<Thread> busy = new ArrayList<>();
    private DataPlane plane;

    /** Volatile: the busy threads look at it. */
    private volatile boolean over;

    @BeforeEach
    void open() throws Exception {
        plane = DataPlane.open();
    }

    @AfterEach
    void close() throws InterruptedException {
        over = true;
        for (Thread thread : busy) {
            thread.join();
        }
        plane.close();
    }

    private Station station(String name, Emulation emulation) throws Exception {
        Station station = Station.open(plane, name, "127.0.0.1", INACTIVITY_MS, emulation, heard -> {});
        stations.add(station);
        return station;
    }

    private Station station(String name) throws Exception {
        return station(name, Emulation.NONE);
    }

    private void takeAllCores() {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            busy.add(Thread.ofPlatform().daemon().name("busy-" + i).start(this::spin));
        }
    }

    private void spin() {
        long x = 1;
        while (!over || x == 0) {
            x = x * 6364136223846793005L + 1442695040888963407L;
        }
    }

    private static Emulation capped(String way, Station peer) {
        JsonObject link = new JsonObject();
        link.addProperty(way, peer.id().toString());
        link.addProperty("bytesPerSecond", LOW_CAP);
        JsonArray links = new JsonArray();
        links.add(link);
        JsonObject change = new JsonObject();
        change.add("links", links);
        return Emulation.NONE.changed(change);
    }

    @Test
    void there_is_none() throws Exception {
        Station idle = station("idle");
        Station idler = station("idler").relay(APP, idle.id());
        Sink idleSink = idle.attach(APP, new Sink());
        Stream seldom = idler.attach(APP, new Stream(SMALL, FAST).limit(1));

        Station parked = station("parked");
        Sink parkedSink = parked.attach(APP, new Sink());
        station("parker").relay(APP, parked.id()).attach(APP, new Stream(SMALL, FAST));

        Station slow = station("slow");
        station("slower", capped("to", slow)).relay(APP, slow.id()).attach(APP, new Stream(LARGE, FAST));

        Station hasty = station("hasty");
        Station sluggish = station("sluggish", capped("from", hasty));
        hasty.relay(APP, sluggish.id()).attach(APP, new Stream(LARGE, FAST));

        Station end = station("end");
        Sink shut = end.attach(APP, new Sink().shut());
        Station middle = station("middle").relay(APP, end.id());
        station("begin").relay(APP, middle.id()).attach(APP, new Stream(SMALL, FAST));

        Await.until("all links are up", () -> links() == 6);
        Await.until("some was taken", () -> parkedSink.received() > 0 && idleSink.received() == 1);
        parked.park();
        takeAllCores();
        pass(Duration.ofSeconds(SECONDS));

        assertThat(alarms()).isEmpty();
        assertThat(links()).as("links, each dialled once").isEqualTo(6);
        long parkedBefore = parkedSink.received();
        long shutBefore = shut.received();
        parked.unpark();
        shut.reopen();
        seldom.limit(2);
        Await.until("what was parked goes on", () -> parkedSink.received() > parkedBefore + 100);
        Await.until("what was blocked goes on", () -> shut.received() > shutBefore + 100);
        Await.until("what was idle goes on", () -> idleSink.received() == 2);
        assertThat(parkedSink.outOfPlace() + shut.outOfPlace() + idleSink.outOfPlace())
                .as("messages out of place")
                .isZero();
        assertThat(alarms()).isEmpty();
        assertThat(links()).as("links, each dialled once").isEqualTo(6);
    }

    /** Links that came up, counted where they begin. */
    private long links() {
        return stations.stream()
                .flatMap(station -> station.heard(LINK_UP).stream())
                .filter(heard -> heard.how() == Peer.DOWNSTREAM)
                .count();
    }

    private List<Heard> alarms() {
        return stations.stream()
                .flatMap(station -> station.heard(LINK_FAILED, LINK_CLOSED, NODE_FAILED, SOURCE_FAILED).stream())
                .toList();
    }

    /** Lets time pass, unless there is an alarm. */
    private void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end && alarms().isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
