package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Member.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The observer's end of lines, over real sockets; the containers are made by hand. */
class SwitchboardTest {
    private static final String A = "127.0.0.1:7001";
    private static final String B = "127.0.0.1:7002";
    private static final String C = "127.0.0.1:7003";

    private final Switchboard board = new Switchboard(new FleetSettings(2, 100), Optional.empty());
    private final Reception reception;

    SwitchboardTest() throws IOException {
        reception = Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
    }

    @AfterEach
    void close() {
        reception.close();
        board.close();
    }

    private Caller caller(String container) throws IOException {
        return Caller.dial(reception.listens(), container, command -> new JsonObject());
    }

    private State state(String node) {
        return board.member(node).map(Member::state).orElse(State.GONE);
    }

    private static JsonObject command(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    @Test
    void a_node_that_registers_is_told_as_many_live_ones_as_configured() throws Exception {
        try (Caller one = caller("one");
                Caller two = caller("two")) {
            assertThat(one.boot(A, "a")).isEmpty();
            assertThat(one.boot(B, "b")).containsExactly(A);
            assertThat(two.boot(C, "c")).containsExactlyInAnyOrder(A, B);
            assertThat(two.boot("127.0.0.1:7004", "d")).hasSize(2).isSubsetOf(A, B, C);

            one.hangUp();
            Await.until("its nodes are lost", () -> state(A) == State.LOST && state(B) == State.LOST);

            assertThat(two.boot("127.0.0.1:7005", "e")).containsExactlyInAnyOrder(C, "127.0.0.1:7004");
            assertThat(board.homes()).extracting(Home::id).containsExactly("two");
        }
    }

    @Test
    void who_is_welcome_is_known() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Caller one = caller("c" + i)) {
                assertThat(one).isNotNull();
                assertThat(board.homes()).extracting(Home::id).contains("c" + i);
            }
        }
    }

    @Test
    void what_a_node_does_is_asked_and_who_does_not_say_it_any_more_is_gone() throws Exception {
        try (Caller one = caller("one")) {
            JsonObject document = new JsonObject();
            document.addProperty("upMillis", 7);
            one.boot(A, "a");
            one.boot(B, "b");
            one.documents.put(A, document);

            Await.until(
                    "its status is known",
                    () -> board.member("a").orElseThrow().status().has("upMillis"));
            synchronized (one.documents) {
                one.documents.remove(B); // it has ended, and its GONE got lost
            }
            Await.until("b is gone", () -> board.member("b").isEmpty());
            one.gone(A);
            Await.until("a is gone", () -> board.members().isEmpty());
        }
    }

    @Test
    void an_order_is_obeyed_answered_and_written_down() throws Exception {
        List<Happening> log = new CopyOnWriteArrayList<>();
        try (Caller one = Caller.dial(reception.listens(), "one", SwitchboardTest::obey);
                AutoCloseable listening = board.listen(new Fleet.Listener() {
                    @Override
                    public void happened(Happening happening) {
                        log.add(happening);
                    }
                })) {
            one.boot(A, "a");

            JsonElement answer = board.order(NodeId.parse(A), command("{\"do\":\"weigh\",\"weight\":3}"), "page")
                    .get(5, TimeUnit.SECONDS);
            assertThat(answer.getAsJsonObject().get("obeyed").getAsString()).isEqualTo("weigh");
            assertThat(one.commands.take().get("node").getAsString()).isEqualTo(A);
            assertThatThrownBy(() -> board.order(NodeId.parse(A), command("{\"do\":\"wrong\"}"), "page")
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasMessageContaining("cannot be")
                    .satisfies(refused -> assertThat(Refusal.of(refused)).isEqualTo(Refusal.REFUSED));

            Await.until("both are in the log", () -> log.size() == 3);
            assertThat(log).extracting(Happening::kind).containsExactly("node.joined", "command", "command");
            assertThat(log.get(1).sentence()).isEqualTo("weigh {\"weight\":3}: done");
            assertThat(log.get(2).sentence()).isEqualTo("wrong: refused, that cannot be");
            assertThat(log.get(2).who()).isEqualTo("page");
            assertThat(log.get(2).name()).isEqualTo("a");
            assertThat(listening).isNotNull();
        }
    }

    private static JsonElement obey(JsonObject command) {
        String verb = command.get("do").getAsString();
        if (verb.equals("wrong")) {
            throw new RefusedException("that cannot be");
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("obeyed", verb);
        return answer;
    }

    @Test
    void an_order_to_nobody_or_over_a_broken_line_is_refused_at_once() throws Exception {
        assertThatThrownBy(() -> board.order(NodeId.parse(A), command("{\"do\":\"status\"}"), "page")
                        .join())
                .satisfies(refused -> assertThat(Refusal.of(refused)).isEqualTo(Refusal.UNKNOWN));
        try (Caller one = caller("one")) {
            one.boot(A, "a");
            one.hangUp();
            Await.until("it is lost", () -> state(A) == State.LOST);
        }
        assertThatThrownBy(() -> board.order(NodeId.parse(A), command("{\"do\":\"status\"}"), "page")
                        .join())
                .hasMessageContaining("no line to node a")
                .satisfies(refused -> assertThat(Refusal.of(refused)).isEqualTo(Refusal.UNREACHABLE));
    }
}
