package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How one version begins, takes over from another, and ends. */
final class SwapTest {
    /** Counts, holds, sets a timer, and fails where it is told to. */
    private static final class Version extends BasicAlgorithm {
        final List<String> calls = new ArrayList<>();
        private final String fails;

        @Carried
        private int messages;

        Version(String fails) {
            this.fails = fails;
        }

        private void called(String what) {
            calls.add(what);
            if (fails.equals(what)) {
                throw new IllegalStateException("not in the mood");
            }
        }

        @Override
        public void begin(Place place) {
            super.begin(place);
            called("begin with " + place.settings());
            send(message(0x8101).build(), Peers.B);
        }

        @Override
        public void check() {
            called("check");
        }

        @Override
        public Disposition process(Message message) {
            messages++;
            if (message.type() == MessageType.TIMER) {
                calls.add("timer");
                return Disposition.DONE;
            }
            timer(1, Duration.ofSeconds(1));
            send(message(MessageType.DATA).sequence(random().nextLong()).build(), Peers.C);
            return Disposition.HOLD;
        }

        @Override
        public State save() {
            called("save");
            return super.save();
        }

        @Override
        public void restore(State state, WrittenBy writtenBy) throws Exception {
            super.restore(state, writtenBy);
            state.values().addProperty("messages", 1000); // a rehearsal gets a copy
            called("restore from " + writtenBy.algorithm() + " " + writtenBy.version() + " with "
                    + place().held().size() + " held");
            send(message(0x8102).build(), Peers.B);
        }

        @Override
        public JsonObject status() {
            JsonObject status = new JsonObject();
            status.addProperty("messages", messages);
            return status;
        }

        @Override
        public void end() {
            called("end");
            send(message(0x8103).build(), Peers.B);
        }
    }

    private final Version old = new Version("");
    private final TestNode node =
            TestNode.with(old).settings("{'a': 1}").version("counter", "1.0.0").start();

    private void data() {
        node.receive(node.data(Peers.B, "x"));
    }

    private List<Long> drawn() {
        return node.sentTo(Peers.C).stream().map(Message::sequence).toList();
    }

    @Test
    void begins_and_checks_and_then_its_first_sends_go() {
        assertThat(old.calls).containsExactly("begin with {\"a\":1}", "check");
        assertThat(node.sentTo(Peers.B)).extracting(Message::type).containsExactly(0x8101);
    }

    @Test
    void one_that_does_not_begin_is_refused_and_ended() throws Exception {
        for (String where : List.of("begin with {}", "check")) {
            Version refusing = new Version(where);
            assertThatThrownBy(() -> TestNode.with(refusing).start())
                    .isInstanceOf(AlgorithmFailure.class)
                    .hasMessageContaining("algorithm 1.0.0 does not begin")
                    .hasRootCauseMessage("not in the mood");
            assertThat(refusing.calls).endsWith(where, "end");
        }
        node.check();
        assertThat(old.calls).endsWith("check", "check");
    }

    @Test
    void a_successor_rehearses_with_a_copy_and_takes_over_state_held_messages_timers_and_chance() {
        data();
        node.takeSent();
        Version next = new Version("");
        assertThatThrownBy(() -> node.swapTo(next, "1.1.0")).hasMessageContaining("end of counter 1.0.0 threw");
        assertThat(next.calls)
                .containsExactly(
                        "begin with {\"a\":1}",
                        "check",
                        "restore from counter 1.0.0 with 0 held",
                        "restore from counter 1.0.0 with 1 held");
        assertThat(old.calls).endsWith("save", "save", "end");
        assertThat(node.takeSent()).extracting(Sent::type).containsExactly(0x8101, 0x8102);
        assertThat(node.status().get("messages").getAsInt()).isEqualTo(1);
        data();
        node.advance(Duration.ofSeconds(1));
        assertThat(node.held()).hasSize(2);
        assertThat(next.calls).endsWith("timer");
        assertThat(node.status().get("messages").getAsInt()).isEqualTo(3);
    }

    @Test
    void a_swap_changes_nothing_of_what_chance_gives() {
        data();
        data();
        List<Long> without = drawn();
        TestNode other = TestNode.with(new Quiet()).start();
        other.receive(other.data(Peers.B, "x")).swapTo(new Quiet(), "1.1.0").receive(other.data(Peers.B, "x"));
        assertThat(other.sentTo(Peers.C)).extracting(Message::sequence).containsExactlyElementsOf(without);
    }

    /** Sends what chance gives, and minds nothing. */
    private static final class Quiet extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            send(message(MessageType.DATA).sequence(random().nextLong()).build(), Peers.C);
            return Disposition.DONE;
        }
    }

    @Test
    void a_veto_is_seen_and_the_old_one_goes_on() {
        data();
        node.takeSent();
        for (String where : List.of(
                "begin with {\"a\":1}",
                "check",
                "restore from counter 1.0.0 with 0 held",
                "restore from counter 1.0.0 with 1 held")) {
            Version vetoing = new Version(where);
            assertThatThrownBy(() -> node.swapTo(vetoing, "1.1.0"))
                    .isInstanceOf(AlgorithmFailure.class)
                    .hasMessageContaining("counter 1.1.0")
                    .hasRootCauseMessage("not in the mood");
            assertThat(vetoing.calls).endsWith(where, "end");
        }
        assertThat(node.sent()).isEmpty();
        data();
        assertThat(node.status().get("messages").getAsInt()).isEqualTo(2);
        assertThat(old.calls).doesNotContain("end");
    }

    @Test
    void one_that_cannot_save_stays() {
        Version stubborn = new Version("save");
        TestNode other = TestNode.with(stubborn).start();
        assertThatThrownBy(() -> other.swapTo(new Quiet(), "1.1.0")).hasMessageContaining("save of algorithm 1.0.0");
        other.receive(other.data(Peers.B, "x"));
        assertThat(stubborn.calls).doesNotContain("end");
    }

    @Test
    void a_successor_may_have_another_name_and_other_settings() {
        TestNode other = TestNode.with(new Quiet()).start();
        JsonObject settings = new JsonObject();
        settings.addProperty("b", 2);
        Version next = new Version("");
        other.swapTo(next, new WrittenBy("other", "2.0.0"), settings);
        assertThat(next.calls).startsWith("begin with {\"b\":2}");
        Version last = new Version("");
        assertThatThrownBy(() -> other.swapTo(last, "2.0.1")).isInstanceOf(AlgorithmFailure.class);
        assertThat(last.calls).contains("restore from other 2.0.0 with 0 held");
    }

    @Test
    void sends_are_refused_at_the_end_and_nothing_happens_afterwards() {
        assertThatThrownBy(node::end)
                .isInstanceOf(AlgorithmFailure.class)
                .hasRootCauseMessage("send is allowed within the algorithm's own calls only");
        assertThatThrownBy(this::data).hasMessage("the node has ended");
        assertThatThrownBy(() -> node.advance(Duration.ZERO)).hasMessage("the node has ended");
        assertThatThrownBy(node::end).hasMessage("the node has ended");
    }
}
