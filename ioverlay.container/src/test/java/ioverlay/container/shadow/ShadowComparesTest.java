package ioverlay.container.shadow;

import static ioverlay.container.shadow.FakeSlot.NEXT;
import static ioverlay.container.shadow.FakeSlot.OTHER;
import static ioverlay.container.shadow.FakeSlot.SELF;
import static ioverlay.container.shadow.FakeSlot.data;
import static ioverlay.container.shadow.FakeSlot.given;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Disposition;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowReport.Example;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as a difference, and how it is told. */
class ShadowComparesTest {
    private static final int CALLS = 50;

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** Feeds a shadow with calls of a version that passes each message on to the next node. */
    private ShadowReport besideRelay(Relaying.Act act) throws Exception {
        ShadowRun run = stage.start(new Relaying(act));
        for (int at = 1; at <= CALLS; at++) {
            stage.slot.called(data(at), Disposition.DONE, given(NEXT));
        }
        return stage.stop(run);
    }

    private static Message like(Message message, String payload) {
        return Message.builder(message.sender(), message.type())
                .application(message.application())
                .sequence(message.sequence())
                .payload(payload)
                .build();
    }

    @Test
    void the_same_sends_are_no_difference() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(message);
            return Disposition.DONE;
        });

        assertThat(report.compared()).isEqualTo(CALLS);
        assertThat(report.differed()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.missed()).isZero();
        assertThat(report.examples()).isEmpty();
        assertThat(report.live()).isEqualTo("1.0.0");
        assertThat(report.shadow()).isEqualTo("1.1.0");
        assertThat(report.liveTurn()).isEqualTo(Duration.ofNanos(100));
        assertThat(report.shadowTurn()).isPositive();
        assertThat(report.ended()).isEqualTo("it was stopped");
    }

    @Test
    void a_built_message_of_the_same_content_is_no_difference() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(like(message, message.text()));
            return Disposition.DONE;
        });

        assertThat(report.differed()).isZero();
    }

    @Test
    void another_destination_is_told_with_both_sends() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.at().engine().send(message, OTHER);
            return Disposition.DONE;
        });

        assertThat(report.differed()).isEqualTo(CALLS);
        assertThat(report.examples()).hasSize(5);
        assertThat(report.examples().getFirst())
                .isEqualTo(new Example(
                        "data 1 of application 7 of 127.0.0.1:7001, \"payload 1\", from 127.0.0.1:7001",
                        List.of("to 127.0.0.1:7002: data 1 of application 7 of 127.0.0.1:7001, \"payload 1\""),
                        List.of("to 127.0.0.1:7003: data 1 of application 7 of 127.0.0.1:7001, \"payload 1\""
                                + " — another destination")));
    }

    @Test
    void another_payload_is_told_with_its_first_other_byte() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(like(message, message.text().replace("load", "LOAD")));
            return Disposition.DONE;
        });

        assertThat(report.differed()).isEqualTo(CALLS);
        assertThat(report.examples().getFirst().shadow().getFirst())
                .endsWith("\"payLOAD 1\" — another payload from byte 3 on");
    }

    @Test
    void another_header_is_told_by_field() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(Message.builder(SELF, 0x0101)
                    .application(8)
                    .sequence(message.sequence() + 1)
                    .payload(message.payload())
                    .build());
            return Disposition.DONE;
        });

        assertThat(report.differed()).isEqualTo(CALLS);
        assertThat(report.examples().getFirst().shadow().getFirst())
                .startsWith("to 127.0.0.1:7002: data 0x101 2 of application 8, \"payload 1\"")
                .endsWith(" — another type, another sender, another application, another sequence");
    }

    @Test
    void fewer_and_more_sends_are_differences() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            for (long copies = message.sequence() % 3; copies > 0; copies--) {
                self.pass(message);
            }
            return Disposition.DONE;
        });

        assertThat(report.differed()).isEqualTo(CALLS - (CALLS + 2) / 3);
        assertThat(report.examples().get(0).shadow())
                .hasSize(2)
                .last()
                .asString()
                .endsWith(" — one more");
        assertThat(report.examples().get(1).shadow()).containsExactly("sent nothing");
    }

    @Test
    void the_order_of_sends_counts() throws Exception {
        ShadowRun run = stage.start(new Relaying((self, message) -> {
            self.at().engine().send(message, OTHER, NEXT);
            return Disposition.DONE;
        }));
        stage.slot.called(data(1), Disposition.DONE, given(NEXT), given(OTHER));
        stage.slot.called(data(2), Disposition.DONE, given(OTHER), given(NEXT));

        assertThat(stage.stop(run).differed()).isEqualTo(1);
    }

    @Test
    void to_hold_what_the_other_does_not_is_a_difference() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(message);
            return Disposition.HOLD;
        });

        assertThat(report.differed()).isEqualTo(CALLS);
        assertThat(report.examples().getFirst().live()).last().isEqualTo("is through with the message");
        assertThat(report.examples().getFirst().shadow()).last().isEqualTo("holds the message");
    }

    @Test
    void many_sends_are_told_in_a_few_lines() throws Exception {
        NodeId[] often = new NodeId[100];
        java.util.Arrays.fill(often, NEXT);
        ShadowReport report = besideRelay((self, message) -> {
            self.at().engine().send(message, often);
            return Disposition.DONE;
        });

        assertThat(report.examples().getFirst().shadow())
                .hasSize(Words.MOST_LINES + 1)
                .last()
                .isEqualTo("and 92 more");
    }

    @Test
    void payloads_that_are_no_short_text_are_told_by_size_and_first_bytes() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(Message.builder(SELF, 0x8100)
                    .params(3, -1)
                    .payload(new byte[100])
                    .build());
            return Disposition.DONE;
        });

        assertThat(report.examples().getFirst().shadow().getFirst())
                .startsWith("to 127.0.0.1:7002: control 0x8100 (3, -1) of application 0, 100 bytes: "
                        + "00000000000000000000000000000000… — ");
    }

    @Test
    void a_call_that_throws_has_failed_and_is_not_compared() throws Exception {
        ShadowReport report = besideRelay((self, message) -> {
            self.pass(message);
            if (message.sequence() % 2 == 0) {
                throw new IllegalStateException("not with even numbers");
            }
            return Disposition.DONE;
        });

        assertThat(report.failed()).isEqualTo(CALLS / 2);
        assertThat(report.compared()).isEqualTo(CALLS / 2);
        assertThat(report.differed()).isZero();
        assertThat(report.examples().getFirst().shadow().getFirst())
                .startsWith("threw java.lang.IllegalStateException: not with even numbers, at ioverlay.");
    }

    @Test
    void the_rules_of_send_hold_in_the_shadow() throws Exception {
        List<Message> late = new ArrayList<>();
        ShadowReport report = besideRelay((self, message) -> {
            switch ((int) message.sequence()) {
                case 1 -> late.add(message);
                case 2 -> self.pass(late.getFirst());
                case 3 ->
                    self.at()
                            .engine()
                            .send(Message.builder(SELF, MessageType.TRACE).build(), NEXT);
                case 4 -> tooMany(self, message);
                default -> {}
            }
            return Disposition.DONE;
        });

        assertThat(report.failed()).isEqualTo(3);
        assertThat(report.examples())
                .extracting(example -> example.shadow().getFirst())
                .anyMatch(line -> line.contains("went back to the engine"))
                .anyMatch(line -> line.contains("an engine type goes to the node itself only"))
                .anyMatch(line -> line.contains("a rule of send was broken"));
    }

    private static void tooMany(Relaying self, Message message) {
        try {
            for (int at = 0; at <= Engine.MAX_SENDS_PER_CALL; at++) {
                self.pass(message);
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("at most"); // who swallows it has broken the rule all the same
        }
    }

    @Test
    void a_message_outside_a_call_is_not_sent() throws Exception {
        List<Relaying> shadow = new ArrayList<>();
        besideRelay((self, message) -> {
            shadow.add(self);
            return Disposition.DONE;
        });

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> shadow.getFirst().pass(data(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread of its own call only");
    }
}
