package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.LinkEmulation;
import ioverlay.engine.MeteringSink.Mark;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A capped receiver hears how late its sender is on purpose, and lets as much more be under way. */
@Timeout(120)
class LateSenderTest {
    private static final int ROUNDS = 3;
    private static final long RATE = 1_000_000;
    private static final int LATENCY_MICROS = 500_000;
    private static final Content CONTENT = Content.of(1_000);

    /** More than any link has: what is granted shows up in the end. */
    private static final int GRANTED_AT_ONCE = 200_000;

    private final Testbed testbed = Testbed.open();

    @AfterEach
    void close() {
        testbed.close();
    }

    /** A late sender and a capped receiver. */
    private record Way(Node source, Node sink, MeteringSink meter) {
        long queuedBytes() {
            return sink.status().upstreams().stream()
                    .mapToLong(link -> link.queuedBytes())
                    .sum();
        }
    }

    private Way open(String cap) {
        Node sink = testbed.node("sink");
        Node source = testbed.node("source");
        Testbed.emulate(source, Networks.of(late(sink.id())));
        Testbed.emulate(
                sink,
                switch (cap) {
                    case "in" -> Networks.in(RATE);
                    case "total" -> Networks.total(RATE);
                    default -> Networks.of(Networks.from(source.id(), RATE));
                });
        Testbed.serve(sink, Forwarder.delivering());
        MeteringSink meter = Testbed.attach(sink, Testbed.APP, new MeteringSink());
        Testbed.serve(source, Forwarder.to(sink.id()));
        Testbed.attach(source, Testbed.APP, NumberedSource.endless(CONTENT));
        return new Way(source, sink, meter);
    }

    private static LinkEmulation late(NodeId sink) {
        return Networks.late(sink, LATENCY_MICROS, 0, 0);
    }

    /** Of each, in shares of the cap, from when the first message has come on. */
    private static double[] errors(List<Way> ways, Duration time) {
        List<Mark> begun = ways.stream().map(way -> way.meter.begun()).toList();
        Await.passes(time);
        double[] errors = IntStream.range(0, ways.size())
                .mapToDouble(i -> ways.get(i).meter.last().rateSince(begun.get(i)) / RATE - 1)
                .toArray();
        System.out.println("caps behind a sender that is late by 500 ms: " + Arrays.toString(errors));
        return errors;
    }

    private static boolean areFine(double[] errors) {
        return IntStream.range(0, errors.length).allMatch(i -> Math.abs(errors[i]) <= 0.02);
    }

    @Test
    void a_receivers_cap_is_kept_behind_a_latency_and_its_queue_stays_short() {
        double[] errors = {1};
        for (int round = 0; round < ROUNDS && !areFine(errors); round++) {
            List<Way> ways = new ArrayList<>();
            for (String cap : List.of("in", "total", "from")) {
                ways.add(open(cap));
            }
            errors = errors(ways, Duration.ofSeconds(3));
            // What is here is what 200 ms bring, give or take a step of the credit; the rest is under way.
            assertThat(ways).allMatch(way -> way.queuedBytes() < 400_000);
            if (!areFine(errors)) {
                ways.forEach(way -> way.source.close());
            }
        }
        assertThat(areFine(errors)).isTrue();
    }

    @Test
    void a_latency_that_comes_live_is_heard_and_so_is_its_end() {
        Way way = open("in");
        Testbed.emulate(way.source, Emulation.NONE);
        way.meter.begun();

        double[] errors = {1};
        for (int round = 0; round < ROUNDS && !areFine(errors); round++) {
            Testbed.emulate(way.source, Networks.of(late(way.sink.id())));
            Await.passes(Duration.ofMillis(700)); // until what comes is late
            errors = errors(List.of(way), Duration.ofSeconds(2));
            Testbed.emulate(way.source, Emulation.NONE);
        }
        assertThat(areFine(errors)).isTrue();
        Await.until("as little waits as without a latency", () -> way.queuedBytes() <= RATE / 5 + 2_048);
        assertThat(testbed.happened("link.broken")).isEmpty();
    }

    /** Reads types of messages until that is enough. */
    private static void types(SocketChannel channel, Queue<Integer> heard, AtomicBoolean enough) {
        ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
        try {
            while (!enough.get() && channel.read(header) >= 0) {
                if (!header.hasRemaining()) {
                    heard.add(Header.typeAt(header, 0));
                    header.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long data(Queue<Integer> heard) {
        return heard.stream().filter(type -> type == MessageType.DATA).count();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Hello.HEARS_DELAY})
    void only_who_knows_the_word_hears_it(long features) {
        Queue<Integer> heard = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        try (Answerer peer = new Answerer(channel -> {
            try {
                NodeId self = NodeId.of((InetSocketAddress) channel.getLocalAddress());
                Handshake.accept(channel);
                Handshake.welcome(
                        channel, new Hello(self, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 16, 1 << 16, features, 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            types(channel, heard, enough);
        })) {
            Node source = testbed.node("source");
            Testbed.serve(source, Forwarder.to(peer.id()));
            Testbed.attach(source, Testbed.APP, new PacedSource(10_000, 0));
            Await.until("data comes", () -> data(heard) > 0);

            Testbed.emulate(source, Networks.of(Networks.late(peer.id(), 10_000, 0, 0)));
            long before = data(heard);
            Await.until("more data comes, late", () -> data(heard) > before + 20);
            enough.set(true);
            assertThat(heard.contains(LinkType.DELAY)).isEqualTo(features != 0);
        }
    }

    @Test
    void who_says_it_ten_thousand_times_and_lies_gets_no_more_than_the_buffer() {
        Node sink = testbed.node("sink", Networks.in(RATE));
        Testbed.serve(sink, Forwarder.delivering());
        MeteringSink meter = Testbed.attach(sink, Testbed.APP, new MeteringSink());
        try (RawPeer peer = RawPeer.link(sink.id())) {
            for (int i = 0; i < 10_000; i++) {
                long micros = i % 3 == 0 ? Long.MAX_VALUE : i % 3 == 1 ? -1 : i;
                assertThat(peer.says(Messages.any(LinkType.DELAY, 0, micros, 0)))
                        .isTrue();
            }
            assertThat(peer.says(Messages.any(LinkType.DELAY, 0, Long.MAX_VALUE, 0)))
                    .isTrue();
            for (int i = 0; i < 5; i++) {
                assertThat(peer.says(Messages.data(Testbed.APP, i, 30_000))).isTrue();
            }
            Await.until("data is taken", () -> meter.last().messages() == 5);
            long queued = 0;
            for (long sequence = 5; queued < Testbed.LARGE_BUFFER / 2; sequence++) { // far above its 200 ms
                assertThat(peer.says(Messages.data(Testbed.APP, sequence, 30_000)))
                        .isTrue();
                queued += 30_024;
            }
            Await.until(
                    "it is all let in",
                    () -> sink.status().upstreams().getFirst().queuedBytes() > GRANTED_AT_ONCE + 100_000);
            assertThat(testbed.happened("link.broken")).isEmpty();

            Await.until("the link ends when it takes more than the buffer", () -> {
                peer.says(Messages.data(Testbed.APP, 1_000, 30_000));
                return !testbed.happened("link.broken").isEmpty();
            });
            assertThat(testbed.happened("link.broken").getFirst().sentence()).contains("was granted");
        }
    }
}
