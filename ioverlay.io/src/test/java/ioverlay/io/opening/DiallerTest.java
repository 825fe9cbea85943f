package ioverlay.io.opening;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.shared.Clock;
import ioverlay.io.threads.Threads;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The attempts of one dial, at a peer whose answers the test chooses and whose clock tells when they came. */
class DiallerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7000");
    private static final int ATTEMPTS = 4;
    private static final long[] SPACING_MS = {50, 200, 800};
    private static final long SPACINGS_MS = 1_050;
    private static final long OPEN_MS = 150;

    /** What a busy machine may add to all of it. */
    private static final long SLACK_MS = 1_000;

    private final Clock clock = new Clock();
    private final Threads threads = new Threads("dialling");
    private final Dialler dialler = new Dialler(ANY, clock, 64 << 10, OPEN_MS);
    private final Queue<Long> attemptsNs = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> outcomes = new ArrayBlockingQueue<>(10);
    private ServerSocketChannel server;

    /** What the peer does with a connection. */
    private interface Answer {
        void give(SocketChannel channel, int attempt) throws IOException;
    }

    @BeforeEach
    void open() throws IOException {
        server = ServerSocketChannel.open().bind(ANY);
    }

    @AfterEach
    void close() throws Exception {
        threads.close(1_000);
        server.close();
        clock.close();
    }

    private void answer(Answer answer) {
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                next(answer);
            }
        });
    }

    private void next(Answer answer) {
        try {
            SocketChannel channel = server.accept();
            attemptsNs.add(System.nanoTime());
            answer.give(channel, attemptsNs.size());
        } catch (IOException e) {
            return; // the dialler gave up first, or the test is over
        }
    }

    private static Hello hello(NodeId node) {
        return new Hello(node, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 20, 1 << 18);
    }

    private NodeId peer() throws IOException {
        return NodeId.of((InetSocketAddress) server.getLocalAddress());
    }

    private void dial() throws IOException {
        dialler.dial(
                threads,
                peer(),
                hello(SELF),
                (channel, welcome) -> {
                    outcomes.add("open, blocking " + channel.isBlocking());
                    Channels.close(channel);
                },
                outcomes::add);
    }

    private String outcome() throws InterruptedException {
        String outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("told in bounded time").isNotNull();
        return outcome;
    }

    @Test
    void a_peer_that_drops_every_connection_is_dialled_four_times_ever_more_slowly_and_reported_once()
            throws Exception {
        answer((channel, attempt) -> channel.close());
        long start = System.nanoTime();
        dial();
        assertThat(outcome()).startsWith(peer() + " cannot be dialled: ");
        assertThat(System.nanoTime() - start)
                .isBetween(
                        TimeUnit.MILLISECONDS.toNanos(SPACINGS_MS),
                        TimeUnit.MILLISECONDS.toNanos(SPACINGS_MS + SLACK_MS));
        List<Long> times = List.copyOf(attemptsNs);
        assertThat(times).hasSize(ATTEMPTS);
        long spacings = 0;
        for (int i = 0; i < SPACING_MS.length; i++) {
            spacings += SPACING_MS[i];
            // Since the dial began: the peer may hear of an attempt, the one before too, a while after it was made.
            assertThat(times.get(i + 1) - start)
                    .as("from the dial to attempt %d", i + 2)
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(spacings));
        }
        assertThat(outcomes.poll(100, TimeUnit.MILLISECONDS)).as("told again").isNull();
        assertThat(attemptsNs).as("dialled again").hasSize(ATTEMPTS);
    }

    @Test
    void a_peer_that_takes_the_third_attempt_is_dialled_no_more() throws Exception {
        answer((channel, attempt) -> {
            if (attempt < 3) {
                channel.close();
            } else {
                Handshake.accept(channel);
                Handshake.welcome(channel, hello(peer()));
            }
        });
        dial();
        assertThat(outcome()).isEqualTo("open, blocking false");
        assertThat(outcomes.poll(100, TimeUnit.MILLISECONDS)).as("told again").isNull();
        assertThat(attemptsNs).hasSize(3);
    }

    @Test
    void a_peer_that_never_answers_is_reported_after_four_deadlines() throws Exception {
        answer((channel, attempt) -> {});
        long start = System.nanoTime();
        dial();
        assertThat(outcome()).isEqualTo(peer() + " cannot be dialled: no answer within " + OPEN_MS + " ms");
        assertThat(System.nanoTime() - start)
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(ATTEMPTS * OPEN_MS + SPACINGS_MS + SLACK_MS));
        assertThat(attemptsNs).hasSize(ATTEMPTS);
    }

    @Test
    void a_peer_that_says_that_it_is_another_is_not_taken() throws Exception {
        answer((channel, attempt) -> {
            Handshake.accept(channel);
            Handshake.welcome(channel, hello(SELF));
        });
        dial();
        assertThat(outcome()).endsWith("the peer says that it is " + SELF);
    }

    @Test
    void a_node_that_closes_while_it_waits_for_the_next_attempt_dials_no_more() throws Exception {
        answer((channel, attempt) -> channel.close());
        dial();
        assertThat(outcomes.poll(150, TimeUnit.MILLISECONDS)).as("told early").isNull();
        assertThat(threads.close(1_000)).as("threads left").isZero();
        assertThat(outcome()).isEqualTo("the node closed while it dialled");
    }
}
