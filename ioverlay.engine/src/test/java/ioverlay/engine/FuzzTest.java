package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Limits;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Credit;
import ioverlay.io.wire.LinkType;
import ioverlay.traffic.silence.DialPace;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For a while, peers send noise and mutated streams; the node survives, a healthy link does not notice, nothing is left. */
@Timeout(120)
class FuzzTest {
    private static final Limits IMPATIENT = new Limits(1_000, 1_000, 1_000, 1_000, 4096);
    private static final long WHILE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final int WINDOW = 64 << 10;
    private static final int MAX_PAYLOAD = 20_000;
    private static final int OTHER = 9;
    private static final int MOST_PEERS = 2_000;

    private final Bystander bystander = new Bystander(IMPATIENT, WINDOW, MAX_PAYLOAD);

    @AfterEach
    void close() {
        bystander.close();
    }

    /** A sound stream: HELLO, data and control of several applications, now and then BYE. */
    private static ByteBuffer stream(Random random, RawPeer peer) {
        ByteBuffer bytes = ByteBuffer.allocate(WINDOW);
        bytes.put(peer.hello().encode(LinkType.HELLO));
        for (int left = random.nextInt(12); left > 0; left--) {
            int size = random.nextInt(3_000);
            switch (random.nextInt(6)) {
                case 0 -> bytes.put(Messages.any(MessageType.CUSTOM, random.nextInt(9), left, size % 100));
                case 1 -> bytes.put(Messages.any(0x8100 + random.nextInt(0x6000), 7, left, 0));
                default -> bytes.put(Messages.data(100 + random.nextInt(9), left, size));
            }
        }
        if (random.nextInt(4) == 0) {
            bytes.put(Messages.header(LinkType.BYE, 9, 0));
        }
        return bytes.flip();
    }

    /** Changes some bytes, more often of headers than of payloads, or cuts the stream, or puts noise into it. */
    private static ByteBuffer mutated(Random random, ByteBuffer stream) {
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int from = random.nextBoolean() ? 0 : 60;
            int at = Math.min(stream.limit() - 1, from + random.nextInt(stream.limit()));
            stream.put(at, (byte) random.nextInt());
        }
        if (random.nextInt(3) == 0) {
            stream.limit(1 + random.nextInt(stream.limit()));
        }
        return stream;
    }

    private static ByteBuffer noise(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static void say(Random random, RawPeer peer, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), 1 + random.nextInt(5_000));
            ByteBuffer piece = bytes.slice(bytes.position(), size);
            bytes.position(bytes.position() + size);
            if (!peer.says(piece)) {
                return;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_node_survives_and_serves_a_healthy_peer(long seed) {
        Random random = new Random(seed);
        long end = System.nanoTime() + WHILE_NS;
        int peers = 0;
        while (System.nanoTime() < end && peers < MOST_PEERS) {
            try (RawPeer peer = RawPeer.connect(bystander.node.id())) {
                boolean sound = random.nextInt(4) == 0;
                ByteBuffer bytes = random.nextInt(5) == 0 ? noise(random) : stream(random, peer);
                say(random, peer, sound ? bytes : mutated(random, bytes));
                if (random.nextBoolean()) {
                    peer.closesItsSide();
                }
                peers++;
            }
        }
        assertThat(peers).as("peers of seed %d", seed).isGreaterThan(10);
        assertThat(bystander.count(Count.LINKS_BROKEN_HEADER))
                .as("that got far, seed %d", seed)
                .isPositive();
        int knocked = peers;
        Await.until(
                "all were let in or not",
                () -> bystander.count(Count.CONNECTIONS_ACCEPTED) > knocked); // and the source
        bystander.hasOneUpstream();
        bystander.isUntouched();
        try (RawPeer peer = RawPeer.link(bystander.node.id())) {
            long before = bystander.count(Count.MESSAGES_UNDELIVERED);
            peer.says(Messages.data(9, 0, 100));
            bystander.counts(Count.MESSAGES_UNDELIVERED, before + 1);
        }
    }

    /** What an acceptor says after its welcome: credits, some of them mutated, or noise. */
    private static ByteBuffer answer(Random random) {
        if (random.nextInt(4) == 0) {
            return noise(random);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Credit.BYTES * 20);
        for (int left = random.nextInt(20); left > 0; left--) {
            int type = random.nextBoolean() ? LinkType.CREDIT : LinkType.CONTROL_CREDIT;
            new Credit(OTHER, random.nextLong(), random.nextLong(), random.nextLong())
                    .write(bytes, type, Messages.SENDER);
        }
        bytes.flip();
        return bytes.hasRemaining() ? mutated(random, bytes) : bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void the_node_survives_what_dialled_peers_answer(long seed) {
        Random random = new Random(seed);
        AtomicInteger answers = new AtomicInteger();
        for (int round = 1; round <= 150; round += DialPace.BURST) {
            answersOfAnother(random, answers, round, seed);
        }
        Await.until(
                "no link is left", () -> bystander.node.status().downstreams().isEmpty());
        assertThat(bystander.count(Count.LINKS_BROKEN_HEADER))
                .as("that got far, seed %d", seed)
                .isPositive();
        assertThat(bystander.count(Count.MESSAGES_LOST)).isNotNegative();
        bystander.isUntouched();
    }

    /** A peer may be dialled so often without a pause; then comes the next. */
    private void answersOfAnother(Random random, AtomicInteger answers, int first, long seed) {
        try (Answerer peer = new Answerer(channel -> {
            Answerer.welcome(channel);
            Answerer.write(channel, answer(random));
            Channels.close(channel);
            answers.incrementAndGet();
        })) {
            for (int round = first; round < first + DialPace.BURST; round++) {
                int rounds = round;
                Message message = Message.builder(bystander.node.id(), MessageType.DATA)
                        .application(OTHER)
                        .build();
                Await.until("answer " + round + " of seed " + seed, () -> {
                    bystander.node.engine().send(message, peer.id());
                    return answers.get() >= rounds;
                });
            }
        }
    }
}
