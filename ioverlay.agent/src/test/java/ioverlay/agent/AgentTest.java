package ioverlay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.agent.line.Opening;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container's end of lines, over real sockets; the observer is made by hand. */
class AgentTest {
    private static final Opening OPENING = Opening.of("run-1", "host", 7, "25", "now");

    @TempDir
    private Path directory;

    private final FakeContainer container =
            new FakeContainer().with("a", 7001, 0, 7).with("b", 7002);

    private Agent agent(NodeId observer) {
        return new Agent(container.services(), OPENING, Optional.of(observer), directory.resolve("transfers"));
    }

    @Test
    void every_node_registers_and_its_slots_are_told_who_is_there() throws Exception {
        try (Operator operator = new Operator();
                Agent agent = agent(operator.address())) {
            assertThat(agent).isNotNull();
            Opening opening = operator.openings.poll(10, TimeUnit.SECONDS);
            assertThat(opening).isEqualTo(OPENING);
            Await.until(
                    "both have registered",
                    () -> operator.registered().equals(Map.of("127.0.0.1:7001", "a", "127.0.0.1:7002", "b")));
            Await.until("both slots were told", () -> container.told.size() == 2);
            assertThat(container.told).extracting(Message::application).containsExactlyInAnyOrder(0, 7);
            assertThat(container.told).allSatisfy(message -> {
                assertThat(message.type()).isEqualTo(MessageType.BOOT_REPLY);
                assertThat(Payloads.nodes(message))
                        .containsExactly(NodeId.parse("127.0.0.1:9001"), NodeId.parse("127.0.0.1:9002"));
            });

            container.with("c", 7003, 0);
            container.remove("b");

            Await.until(
                    "the new one came and the other went",
                    () -> operator.registered().equals(Map.of("127.0.0.1:7001", "a", "127.0.0.1:7003", "c")));
        }
    }

    @Test
    void an_observer_that_comes_back_has_all_nodes_again_and_hears_what_it_missed_once() throws Exception {
        Operator first = new Operator(Operator.ofItsOwn(), 0);
        try (Agent agent = agent(first.address())) {
            assertThat(agent).isNotNull();
            assertThat(first.events.poll(10, TimeUnit.SECONDS).get("number").getAsLong())
                    .isEqualTo(1);
            assertThat(first.events.poll(10, TimeUnit.SECONDS).get("number").getAsLong())
                    .isEqualTo(2);
            first.close();
            for (int i = 0; i < 1100; i++) {
                container.happens("trace", "a");
            }
            try (Operator second = new Operator(first.address().socketAddress(), 2)) {
                JsonObject next = second.events.poll(10, TimeUnit.SECONDS);
                assertThat(next.get("number").getAsLong()).isEqualTo(103);
                assertThat(next.get("missed").getAsLong()).isEqualTo(100);
                assertThat(next.get("id").getAsString()).isEqualTo("127.0.0.1:7001");
                Await.until("the rest is there", () -> second.events.size() == 999);
                assertThat(second.events).noneMatch(event -> event.has("missed"));
                Await.until("both are there again", () -> second.registered().size() == 2);
            }
        }
    }

    @Test
    void a_node_that_is_refused_registers_again_until_it_is_taken() throws Exception {
        try (Operator operator = new Operator()) {
            operator.refuse(2 + 1);
            try (Agent agent = agent(operator.address())) {
                assertThat(agent).isNotNull();
                assertThat(operator.openings.poll(10, TimeUnit.SECONDS)).isNotNull();
                Await.until("both are there", () -> operator.registered().size() == 2);
                Await.until("and their slots were told", () -> container.told.size() == 2);
                operator.refuse(Integer.MAX_VALUE);
                container.with("c", 7003, 0);
                container.remove("c");
                operator.refuse(0);
                container.with("d", 7004, 0);
                // It may be told of c when it takes all again, but then also that c has left.
                Await.until(
                        "the next is there, and not what has ended",
                        () -> Set.of("a", "b", "d")
                                .equals(Set.copyOf(operator.registered().values())));
            }
        }
    }

    @Test
    void a_node_with_an_observer_of_its_own_is_its_alone() throws Exception {
        try (Operator operator = new Operator();
                Operator own = new Operator();
                Agent agent = agent(operator.address())) {
            assertThat(agent).isNotNull();
            container.with("c", 7003, Optional.of(own.address()), 0);
            Await.until("it has registered there", () -> own.registered().equals(Map.of("127.0.0.1:7003", "c")));
            Await.until("the others have here", () -> operator.registered().size() == 2);

            assertThat(own.ask("{\"do\":\"statuses\"}").getAsJsonArray()).hasSize(1);
            assertThat(operator.ask("{\"do\":\"statuses\"}").getAsJsonArray()).hasSize(2);
            assertThat(operator.refused("{\"do\":\"status\",\"node\":\"127.0.0.1:7003\"}"))
                    .isEqualTo("there is no node '127.0.0.1:7003' that has this observer");
            assertThat(own.events.poll(10, TimeUnit.SECONDS).get("node").getAsString())
                    .isEqualTo("c");

            container.remove("c");
            Await.until("it has left", () -> own.registered().isEmpty());
        }
    }

    @Test
    void a_thousand_statuses_come_in_parts() throws Exception {
        for (int port = 10_000; port < 11_000; port++) {
            container.with("n" + port, port, 0, 1, 2, 3);
        }
        try (Operator operator = new Operator();
                Agent agent = agent(operator.address())) {
            assertThat(agent).isNotNull();
            Await.until("all have registered", () -> operator.registered().size() == 1002);

            JsonElement all = operator.ask("{\"do\":\"statuses\"}");

            assertThat(all.toString().length()).isGreaterThan(1 << 20);
            assertThat(all.getAsJsonArray()).hasSize(1002);
        }
    }

    @Test
    void a_node_that_is_stuck_is_said_to_be_there_and_holds_up_no_other() throws Exception {
        try (Operator operator = new Operator();
                Agent agent = agent(operator.address())) {
            assertThat(agent).isNotNull();
            Await.until("both have registered", () -> operator.registered().size() == 2);
            container.stuck.add("a");

            List<JsonElement> all =
                    operator.ask("{\"do\":\"statuses\"}").getAsJsonArray().asList();

            assertThat(all).hasSize(2).contains(JsonParser.parseString("{\"id\":\"127.0.0.1:7001\"}"));
            assertThat(all)
                    .anySatisfy(document -> assertThat(document.toString()).contains("\"name\":\"b\""));
        }
    }

    @Test
    void an_observer_that_does_not_read_holds_nobody_up() throws Exception {
        try (Operator operator = new Operator();
                Agent agent = agent(operator.address())) {
            assertThat(agent).isNotNull();
            Await.until("both have registered", () -> operator.registered().size() == 2);
            operator.beDeaf();

            long began = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                container.happens("trace", "a");
            }
            for (int port = 20_000; port < 22_000; port++) {
                container.with("n" + port, port);
            }

            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void whoever_is_no_observer_is_dialled_again_until_one_is_there() throws Exception {
        InetSocketAddress where = Operator.ofItsOwn();
        ServerSocket stranger = new ServerSocket(where.getPort(), 10, where.getAddress());
        try (Agent agent = agent(NodeId.of(where))) {
            assertThat(agent).isNotNull();
            for (String said : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "", "\200\42what is this, please?")) {
                try (Socket dialled = stranger.accept()) {
                    dialled.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            stranger.close();
            try (Operator operator = new Operator(where, 0)) {
                Await.until("both have registered", () -> operator.registered().size() == 2);
            }
        }
    }

    @Test
    void a_container_that_ends_signs_its_nodes_off() throws IOException {
        try (Operator operator = new Operator();
                Agent agent = agent(operator.address())) {
            Await.until("both have registered", () -> operator.registered().size() == 2);
            agent.leave();
            Await.until("both have left", () -> operator.registered().isEmpty());
        }
    }
}
