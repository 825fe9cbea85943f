package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.engine.Overhearer.Answer;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A late link to a peer that gives much credit and reads nothing, until it is told to. */
@Timeout(60)
class FullSocketTest {
    private static final int CHUNK = 60_000;
    private static final int MOST_CHUNKS = 1_000;
    private static final int MOST_WORDS = 1024;
    private static final Duration MOMENT = Duration.ofMillis(5);

    private final Testbed testbed = Testbed.open();
    private final CompletableFuture<SocketChannel> opened = new CompletableFuture<>();
    private final Answerer peer = new Answerer(channel -> {
        welcome(channel);
        opened.complete(channel);
    });
    private final Node node = testbed.node("node");

    @AfterEach
    void close() {
        peer.close();
        testbed.close();
    }

    private static void welcome(SocketChannel channel) {
        try {
            NodeId self = NodeId.parse(channel.getLocalAddress().toString().substring(1));
            Handshake.accept(channel);
            Handshake.welcome(channel, new Hello(self, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 30, 1 << 30));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() {
        Testbed.serve(node, Forwarder.delivering());
    }

    private void send(int bytes) {
        Message control = Message.builder(node.id(), MessageType.CUSTOM)
                .payload(new byte[bytes])
                .build();
        node.engine().send(control, peer.id());
    }

    private long ask(ToLongFunction<OutLink> question) {
        return Node.ask(
                node.node(),
                () -> question.applyAsLong(node.node().links().out().iterator().next()));
    }

    /** Sends control until a message is stuck in the middle; how many went or wait. */
    private int fill() {
        int sent = 0;
        while (!isStuck()) {
            assertThat(sent).isLessThan(MOST_CHUNKS);
            send(CHUNK);
            sent++;
            Await.passes(MOMENT);
        }
        return sent;
    }

    /** Whether a message is cut and does not go on; on a busy machine one may wait though there is room for it. */
    private boolean isStuck() {
        ToLongFunction<OutLink> cutBytes =
                link -> link.hasCut(link.control()) ? link.control().queuedBytes() : 0;
        long bytes = ask(cutBytes);
        if (bytes > 0) {
            Await.passes(MOMENT);
        }
        return bytes > 0 && ask(cutBytes) == bytes;
    }

    @Test
    void control_behind_a_message_that_was_cut_when_the_link_became_late_goes_on() {
        send(0);
        SocketChannel channel = opened.orTimeout(10, TimeUnit.SECONDS).join();
        int sent = 1 + fill();
        Testbed.emulate(node, Networks.of(Networks.late(peer.id(), 1_000, 0, 0)));
        send(0);
        long start = System.nanoTime();
        Overhearer ear = new Overhearer(Answer.TRUTH).listen(channel);

        Await.until("all arrives", () -> ear.heard(MessageType.CUSTOM) == sent + 1);
        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L); // not only when the link is next looked at
    }

    @Test
    void a_peer_that_asks_for_ever_and_reads_nothing_piles_up_no_answers_on_a_late_link() {
        send(0);
        SocketChannel channel = opened.orTimeout(10, TimeUnit.SECONDS).join();
        fill(); // before the link is late: what is late would look stuck, and go when its time comes
        Testbed.emulate(node, Networks.of(Networks.late(peer.id(), 1_000, 0, 0)));
        ByteBuffer questions = ByteBuffer.allocate(1_000 * Header.BYTES);
        while (questions.hasRemaining()) {
            questions.put(Messages.header(LinkType.ECHO, 9, 0));
        }
        questions.flip();
        // Of many at once some are not heard, and some answers may still find room in the socket.
        Await.until("no more is answered", () -> {
            Answerer.write(channel, questions.duplicate());
            return ask(FullSocketTest::isFull) == 1;
        });
        Await.passes(Duration.ofMillis(300));

        assertThat(ask(FullSocketTest::parcels)).isLessThan(MOST_WORDS + 100);
        Overhearer ear = new Overhearer(Answer.TRUTH).listen(channel);
        Await.until("all goes that waits", () -> ask(FullSocketTest::stuckBytes) == 0);
        long before = ear.heard(LinkType.ECHO_REPLY);
        Answerer.write(channel, Messages.header(LinkType.ECHO, 9, 0));
        Await.until("who reads is answered again", () -> ear.heard(LinkType.ECHO_REPLY) > before);
    }

    private static long stuckBytes(OutLink link) {
        Wire wire = link.wire();
        return wire == null ? 0 : wire.line.queuedBytes();
    }

    private static long isFull(OutLink link) {
        Wire wire = link.wire();
        return wire == null || wire.hasRoom() ? 0 : 1;
    }

    private static long parcels(OutLink link) {
        Wire wire = link.wire();
        return wire == null ? 0 : wire.line.runs.size();
    }
}
