package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventLogTest {
    private static final Instant NOW = Instant.parse("2004-01-01T00:00:00Z");

    private final EventLog events = new EventLog(() -> NOW);
    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        events.close();
    }

    private void add(String kind) {
        events.add(kind, "a", "sentence", new JsonObject());
    }

    private String next() throws InterruptedException {
        Event event = heard.poll(10, TimeUnit.SECONDS);
        return event == null ? "nothing within 10 s" : event.kind();
    }

    @Test
    void keepsTheLastEventsTheOldestFirst() {
        for (int at = 0; at <= Events.MAX_KEPT; at++) {
            add("kind" + at);
        }
        List<Event> recent = events.recent();
        assertThat(recent).hasSize(Events.MAX_KEPT);
        assertThat(recent.getFirst()).isEqualTo(new Event(NOW, "kind1", "a", "sentence", new JsonObject()));
        assertThat(recent.getLast().kind()).isEqualTo("kind" + Events.MAX_KEPT);
    }

    @Test
    void keepsItsOwnCopyOfTheDetail() {
        JsonObject detail = new JsonObject();
        events.add("kind", "a", "sentence", detail);
        detail.addProperty("later", true);
        assertThat(events.recent().getFirst().detail().isEmpty()).isTrue();
    }

    @Test
    void aListenerHearsInOrderWhatComesAfterItSubscribed() throws Exception {
        add("before");
        events.subscribe(heard::add);
        add("one");
        add("two");
        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void aClosedSubscriptionHearsNothing() throws Exception {
        BlockingQueue<Event> closed = new LinkedBlockingQueue<>();
        Events.Subscription subscription = events.subscribe(closed::add);
        events.subscribe(heard::add);
        subscription.close();
        subscription.close();
        add("one");
        assertThat(next()).isEqualTo("one");
        assertThat(closed).isEmpty();
    }

    @Test
    void aListenerThatThrowsStays() throws Exception {
        events.subscribe(event -> {
            heard.add(event);
            throw new IllegalStateException("on purpose");
        });
        add("one");
        add("two");
        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void aSlowListenerHoldsNobodyUpAndMissesWhatDoesNotFit() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        events.subscribe(event -> {
            entered.countDown();
            awaitQuietly(slow);
            heard.add(event);
        });
        add("first");
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        for (int at = 0; at < 2 * EventLog.MAX_QUEUED; at++) {
            add("kind" + at);
        }
        slow.countDown();
        assertThat(next()).isEqualTo("first");
        for (int at = 0; at < EventLog.MAX_QUEUED; at++) {
            assertThat(next()).isEqualTo("kind" + at);
        }
        assertThat(events.recent().getLast().kind()).isEqualTo("kind" + (2 * EventLog.MAX_QUEUED - 1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
