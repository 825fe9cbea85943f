package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.counts.Count;
import ioverlay.io.opening.Limits;
import ioverlay.io.wire.Credit;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that are dialled and answer wrongly: the link fails in bounded time with a sentence, nobody else notices. */
@Timeout(120)
@Tag("waits")
class BadAcceptorTest {
    private static final Limits IMPATIENT = new Limits(1_000, 1_000, 500, 1_000, 64);
    private static final int OTHER = 9;

    private final Bystander bystander = new Bystander(IMPATIENT, 64 << 10, 100_000);
    private final Node node = bystander.node;

    @AfterEach
    void close() {
        bystander.close();
    }

    private static void hearsAndCloses(SocketChannel channel) {
        try {
            Handshake.accept(channel);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendsTo(NodeId peer) {
        node.engine()
                .send(
                        Message.builder(node.id(), MessageType.DATA)
                                .application(OTHER)
                                .build(),
                        peer);
    }

    private void fails(NodeId peer, String why) {
        bystander.tells("link.failed", "the link to " + peer, why);
        assertThat(node.status().downstreams()).isEmpty();
        bystander.isUntouched();
    }

    static Stream<Arguments> openings() {
        return Stream.of(
                opening(channel -> {}, "no answer within 500 ms"),
                opening(BadAcceptorTest::hearsAndCloses, "the peer closed before the link was open"),
                opening(
                        channel -> Answerer.write(
                                channel,
                                ByteBuffer.wrap(
                                        "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))),
                        "a link opens with a message of type 0xc002"),
                opening(
                        channel -> Answerer.write(
                                channel,
                                new Hello(NodeId.parse("127.0.0.1:1"), 1, Hello.NODE, 1 << 20, 1 << 16, 1 << 16)
                                        .encode(LinkType.WELCOME)),
                        "the peer says that it is 127.0.0.1:1"),
                opening(
                        channel -> {
                            try {
                                Hello self = new Hello(NodeId.parse("127.0.0.1:1"), 1, Hello.NODE, 1 << 20, 1 << 16, 1);
                                Handshake.refuse(channel, self, "it is full here");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        "the peer refused: it is full here"));
    }

    private static Arguments opening(Consumer<SocketChannel> answer, String why) {
        return Arguments.of(answer, why);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("openings")
    void a_wrong_answer_to_hello_fails_the_link(Consumer<SocketChannel> answer, String why) {
        try (Answerer peer = new Answerer(answer)) {
            sendsTo(peer.id());
            fails(peer.id(), why);
            assertThat(bystander.count(Count.DIALS_FAILED)).isOne();
            assertThat(bystander.count(Count.MESSAGES_LOST)).isOne();
        }
    }

    static Stream<Arguments> laterWords() {
        return Stream.of(
                Arguments.of(Messages.header(0, 9, 0), "type is 1 to 65535, not 0"),
                Arguments.of(Messages.header(LinkType.CREDIT, 9, 1 << 20), "not 1048576"),
                Arguments.of(Messages.data(OTHER, 0, 10), "only credit comes back on a link, not type 0x1"),
                Arguments.of(Messages.header(MessageType.JOIN, 9, 0), "only credit comes back on a link"),
                Arguments.of(Messages.header(LinkType.CREDIT, 9, 0), "16 bytes"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("laterWords")
    void anything_but_credit_on_the_way_back_fails_the_link(ByteBuffer word, String why) {
        try (Answerer peer = new Answerer(channel -> {
            Answerer.welcome(channel);
            Answerer.write(channel, word.duplicate());
        })) {
            sendsTo(peer.id());
            fails(peer.id(), why);
            bystander.tells("link.broken", "the link to " + peer.id() + " was ended: ", why);
            assertThat(bystander.count(Count.LINKS_BROKEN_HEADER)).isOne();
            assertThat(bystander.count(Count.LINKS_FAILED)).isOne();
        }
    }

    @Test
    void credit_for_an_application_that_nobody_sends_is_no_harm() {
        ByteBuffer credit = ByteBuffer.allocate(Credit.BYTES);
        new Credit(1234, 1 << 30, 0, 0).write(credit, LinkType.CREDIT, Messages.SENDER);
        try (Answerer peer = new Answerer(channel -> {
            Answerer.welcome(channel);
            Answerer.write(channel, credit.flip());
        })) {
            sendsTo(peer.id());
            Await.until(
                    "the message has left",
                    () -> node.status().downstreams().stream()
                            .anyMatch(link -> link.unacknowledgedBytes() == Header.BYTES));
            bystander.isUntouched();
        }
    }

    @Test
    void a_peer_that_claims_to_have_taken_more_than_was_sent_does_not_make_losses_negative() {
        ByteBuffer credit = ByteBuffer.allocate(Credit.BYTES);
        new Credit(OTHER, 1 << 30, 1 << 29, 1 << 20).write(credit, LinkType.CREDIT, Messages.SENDER);
        try (Answerer peer = new Answerer(channel -> {
            Answerer.welcome(channel);
            Answerer.write(channel, credit.flip());
            Answerer.write(channel, Messages.header(0, 9, 0));
        })) {
            sendsTo(peer.id());
            fails(peer.id(), "type is 1 to 65535");
            assertThat(bystander.count(Count.MESSAGES_LOST)).isBetween(0L, 1L);
        }
    }

    @Test
    void many_questions_are_answered_without_a_heap_of_answers() {
        ByteBuffer questions = ByteBuffer.allocate(Header.BYTES * 10_000);
        while (questions.hasRemaining()) {
            questions.put(Messages.header(LinkType.ECHO, 9, 0));
        }
        questions.flip();
        try (Answerer peer = new Answerer(channel -> {
            Answerer.welcome(channel);
            Answerer.write(channel, questions.duplicate());
        })) {
            sendsTo(peer.id());
            Await.until(
                    "the message has left",
                    () -> node.status().downstreams().stream()
                            .anyMatch(link -> link.unacknowledgedBytes() == Header.BYTES));
            bystander.isUntouched();
        }
    }
}
