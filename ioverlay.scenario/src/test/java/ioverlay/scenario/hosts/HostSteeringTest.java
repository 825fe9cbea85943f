package ioverlay.scenario.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Verb;
import ioverlay.scenario.run.Effect;
import ioverlay.scenario.run.Steering;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scenario tells the containers of an observer, and what it makes of their answers. */
@Timeout(30)
class HostSteeringTest {
    private FakeObserver observer;
    private HostSteering steering;

    @BeforeEach
    void open() throws Exception {
        observer = new FakeObserver("bare-0", "one", "two");
        steering = HostSteering.over(observer.at());
    }

    @AfterEach
    void close() {
        steering.close();
        observer.close();
    }

    private static NodeSpec node(String name, int port) {
        return NodeSpec.named(name).withAddress("127.0.0.1", port);
    }

    @Test
    void nodes_go_round_the_containers_that_have_nodes_and_where_the_file_says() throws Exception {
        steering.create(node("a", 7001), "");
        steering.create(node("b", 7002), "");
        steering.create(node("c", 7003), "");
        steering.create(node("d", 7004), "two");
        steering.create(node("e", 7005), "3");
        steering.create(node("f", 7006), "bare-0");

        assertThat(observer.nodes)
                .containsEntry("127.0.0.1:7001", "one")
                .containsEntry("127.0.0.1:7002", "two")
                .containsEntry("127.0.0.1:7003", "one")
                .containsEntry("127.0.0.1:7004", "two")
                .containsEntry("127.0.0.1:7005", "one")
                .containsEntry("127.0.0.1:7006", "bare-0");
    }

    @Test
    void a_node_that_comes_back_comes_back_where_it_was() throws Exception {
        steering.create(node("a", 7001), "");
        steering.create(node("b", 7002), "");
        steering.kill("b");
        steering.create(node("b", 7002), "");

        assertThat(observer.nodes).containsEntry("127.0.0.1:7002", "two").hasSize(2);
        assertThat(observer.told).contains("two 127.0.0.1:7002 {\"do\":\"kill\"}");
    }

    @Test
    void an_entry_of_the_time_line_is_a_command() throws Exception {
        steering.create(node("a", 7001), "");
        steering.start(
                "a",
                new ApplicationSpec(
                        "sink.counting", -1, JsonParser.parseString("{\"x\":1}").getAsJsonObject()));
        Effect effect = steering.obey(
                "a",
                Verb.SWAP,
                JsonParser.parseString("{\"application\":1,\"algorithm\":\"relay\",\"versions\":\"1\"}")
                        .getAsJsonObject(),
                Outcome.SWITCHED);

        assertThat(effect).isEqualTo(new Effect("it did", 12, "1.1.0"));
        assertThat(observer.told)
                .contains(
                        "one 127.0.0.1:7001 {\"do\":\"start\",\"application\":4294967295,\"type\":\"sink.counting\",\"settings\":{\"x\":1}}",
                        "one 127.0.0.1:7001 {\"do\":\"swap\",\"application\":1,\"algorithm\":\"relay\",\"versions\":\"1\"}");
    }

    @Test
    void a_rollout_is_begun_and_followed_to_its_end_which_may_be_another_than_expected() throws Exception {
        JsonObject given = JsonParser.parseString(
                        "{\"algorithm\":\"relay\",\"version\":\"1.1.0\",\"limit\":30,\"expect\":\"returned\",\"nodes\":[\"127.0.0.1:7001\"]}")
                .getAsJsonObject();

        assertThat(steering.obey("", Verb.ROLLOUT, given, Outcome.SWITCHED))
                .isEqualTo(Effect.of("returned: so it goes"));
        assertThat(observer.told)
                .containsExactly(
                        "/api/rollouts {\"algorithm\":\"relay\",\"version\":\"1.1.0\",\"nodes\":[\"127.0.0.1:7001\"]}",
                        "/api/rollouts/3 ");
        given.remove("expect");
        assertThatThrownBy(() -> steering.obey("", Verb.ROLLOUT, given, Outcome.SWITCHED))
                .hasMessage("the rollout is returned: so it goes");
        observer.rollout.set("running");
        given.addProperty("limit", 0);
        assertThatThrownBy(() -> steering.obey("", Verb.ROLLOUT, given, Outcome.SWITCHED))
                .hasMessage("the rollout has not ended within 0.0 s and is aborted: so it goes");
        assertThat(observer.told.getLast()).startsWith("/api/rollouts/3/abort");
    }

    @Test
    void a_bundle_goes_into_every_container(@TempDir Path folder) throws Exception {
        steering.deploy(Files.writeString(folder.resolve("b.jar"), "12345"));

        assertThat(observer.told)
                .containsExactly(
                        "upload 5",
                        "bare-0 bare-0 {\"sha256\":\"abc\"}",
                        "one one {\"sha256\":\"abc\"}",
                        "two two {\"sha256\":\"abc\"}");
    }

    @Test
    void a_status_is_what_the_node_says() throws Exception {
        steering.create(node("a", 7001), "");
        Map<String, NodeStatus> seen = new ConcurrentHashMap<>();
        steering.statuses(List.of("a"), seen::put);

        assertThat(seen.get("a").id()).hasToString("127.0.0.1:7001");
        assertThat(seen.get("a").counters()).containsEntry("c", 1L);
        assertThat(seen.get("a").location()).isEmpty();
    }

    @Test
    void of_what_happens_only_what_is_of_its_own_nodes_is_heard() throws Exception {
        steering.create(node("a", 7001), "");
        BlockingQueue<Steering.Heard> heard = new LinkedBlockingQueue<>();
        try (Steering.Listening listening = steering.listen(heard::add)) {
            assertThat(listening).isNotNull();
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(new Steering.Heard("swap", "a", "it is"));
        }
        assertThat(heard).extracting(Steering.Heard::node).doesNotContain("another");
    }

    @Test
    void a_node_that_a_container_refuses_is_not_touched_later() throws Exception {
        assertThatThrownBy(() -> steering.create(node("taken", 7001), "one"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("container one (here, process 1) makes no node 'taken': there is a node 'taken' already");
        steering.remove("taken");
        steering.remove("n1");

        assertThat(observer.told).noneMatch(order -> order.contains("remove"));
    }

    @Test
    void what_cannot_be_removed_is_said() throws Exception {
        steering.create(node("a", 7001), "one");
        steering.create(node("b", 7002), "two");
        observer.cut.add("two");
        steering.remove("a");
        assertThatThrownBy(() -> steering.remove("b")).hasMessageContaining("there is no line");

        assertThat(steering.left())
                .containsExactly(
                        "node b may still run in container two (here, process 2): there is no line to a container"
                                + " 'two' now");
        assertThat(steering.lost()).as("a line may come back").isEmpty();
    }

    @Test
    void a_container_is_lost_when_nobody_has_answered_for_a_while() {
        Lines lines = new Lines();
        Homes.Home home = new Homes.Home("two", "here", 2, false);
        lines.fails(home, "no line", 0);
        lines.fails(home, "still no line", Lines.LOST_NS - 1);

        assertThat(lines.lost(Lines.LOST_NS)).isEmpty();
        assertThat(lines.lost(Lines.LOST_NS + 1))
                .hasValue("container two (here, process 2) has not answered for 5 s: no line");
        lines.works(home);
        assertThat(lines.lost(Lines.LOST_NS + 1)).isEmpty();
    }

    @Test
    void an_observer_that_is_none_or_has_no_container_is_refused_with_a_sentence() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1/");
        assertThatThrownBy(() -> HostSteering.over(nobody))
                .isInstanceOf(RefusedException.class)
                .hasMessage("there is no observer at " + nobody + ": nobody listens there");
        try (FakeObserver empty = new FakeObserver()) {
            assertThatThrownBy(() -> HostSteering.over(empty.at()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("no container has a line to the observer at " + empty.at());
        }
        try (Greeting greeting = new Greeting()) {
            assertThatThrownBy(() -> HostSteering.over(greeting.at()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("at " + greeting.at()
                            + " is no observer: /api/containers is answered with 200 and no JSON");
        }
    }

    /** Some other web server. */
    private static final class Greeting implements AutoCloseable {
        private final com.sun.net.httpserver.HttpServer server;

        Greeting() throws IOException {
            server = com.sun.net.httpserver.HttpServer.create(
                    new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] text = "<html>{hello</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            server.start();
        }

        URI at() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
