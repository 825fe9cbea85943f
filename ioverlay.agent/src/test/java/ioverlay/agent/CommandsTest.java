package ioverlay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.agent.line.Opening;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/commands.md} promises, over a real socket to a container that writes down what it is asked. */
class CommandsTest {
    private static final String A = "'node':'127.0.0.1:7001'";

    @TempDir
    private Path directory;

    private final FakeContainer container =
            new FakeContainer().with("a", 7001, 0, 7).with("b", 7002, 5);
    private final Operator operator;
    private Agent agent;

    @SuppressWarnings("NullAway.Init") // the agent is there before each test
    CommandsTest() throws IOException {
        operator = new Operator();
    }

    @BeforeEach
    void begin() {
        agent = new Agent(
                container.services(),
                Opening.of("run-1", "host", 7, "25", "now"),
                Optional.of(operator.address()),
                directory.resolve("transfers"));
        Await.until(
                "nodes are told who is there", () -> operator.registered().size() == 2 && container.told.size() == 3);
        container.told.clear();
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        operator.close();
    }

    private JsonObject ask(String command) throws Exception {
        return operator.ask(command.replace('\'', '"')).getAsJsonObject();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    @Test
    void what_only_the_services_do_is_done_by_them() throws Exception {
        assertThat(ask("{'do':'status'," + A + "}").get("name").getAsString()).isEqualTo("a");
        assertThat(ask("{'do':'emulate'," + A + ",'change':{'out':400000}}")
                        .get("out")
                        .getAsLong())
                .isEqualTo(400_000);
        ask("{'do':'weigh'," + A + ",'upstream':'127.0.0.1:7002','weight':5}");
        ask("{'do':'start'," + A + ",'application':7,'type':'source.cbr','settings':{'x':1}}");
        ask("{'do':'stop'," + A + ",'application':'7'}");
        assertThat(ask("{'do':'rollback'," + A + ",'application':0,'id':'r'}")
                        .get("outcome")
                        .getAsString())
                .isEqualTo("SWITCHED");

        assertThat(container.done)
                .containsExactly(
                        "emulate 127.0.0.1:7001 {\"out\":400000}",
                        "weigh 127.0.0.1:7001 0 127.0.0.1:7002 5",
                        "start 127.0.0.1:7001 source.cbr 7 {\"x\":1}",
                        "stop 127.0.0.1:7001 7",
                        "rollback 127.0.0.1:7001 0 r");
        assertThat(ask("{'do':'measure'," + A + ",'peer':'127.0.0.1:7002','bandwidth':true}"))
                .isEqualTo(json("{'node':'127.0.0.1:7002','roundTripMicros':5.0,'bytesPerSecond':9.0}"));
        assertThat(ask("{'do':'why'," + A + ",'application':0}")).isEqualTo(json("{'sentences':['it serves']}"));
        assertThat(ask("{'do':'types'}")).isEqualTo(json("{'applications':['source.cbr']}"));
        assertThat(ask("{'do':'retired'}").getAsJsonArray("retired")).hasSize(1);
        assertThat(ask("{'do':'algorithms'}").getAsJsonArray("algorithms")).isEmpty();
        ask("{'do':'remove'," + A + "}");
        Await.until("it has left", () -> !operator.registered().containsKey("127.0.0.1:7001"));
    }

    @Test
    void a_node_that_is_killed_has_left() throws Exception {
        ask("{'do':'kill'," + A + "}");

        assertThat(container.done).containsExactly("kill 127.0.0.1:7001");
        Await.until("it has left", () -> !operator.registered().containsKey("127.0.0.1:7001"));
    }

    @Test
    void control_messages_reach_the_slot_that_serves() throws Exception {
        ask("{'do':'join'," + A + ",'application':9,'settings':{'role':'leaf'}}");
        ask("{'do':'leave'," + A + ",'application':9}");
        ask("{'do':'configure'," + A + ",'application':7,'settings':{'k':2}}");
        ask("{'do':'custom'," + A + ",'application':7,'param1':-1,'param2':4,'text':'hi'}");
        ask("{'do':'custom'," + A + ",'application':7,'param1':1,'type':33024}");

        assertThat(container.told)
                .extracting(Message::type)
                .containsExactly(MessageType.JOIN, MessageType.LEAVE, MessageType.CONFIGURE, MessageType.CUSTOM, 33024);
        assertThat(container.told)
                .extracting(Message::text)
                .containsExactly("{\"role\":\"leaf\"}", "", "{\"k\":2}", "hi", "");
        Message custom = container.told.get(3);
        assertThat(List.of(custom.param1(), custom.param2(), custom.application()))
                .containsExactly(-1, 4, 7);
    }

    @Test
    void a_shadow_with_the_same_id_is_the_same_one_and_whoever_began_it_can_end_it() throws Exception {
        String shadow = ("{'do':'shadow'," + A + ",'application':0,'algorithm':'relay','seconds':60,'id':'r'}")
                .replace('\'', '"');
        int first = operator.send(shadow);
        int again = operator.send(shadow);
        ask("{'do':'unshadow'," + A + ",'application':0,'id':'of-somebody-else'}");
        ask("{'do':'unshadow'," + A + ",'application':7,'id':'r'}");
        assertThat(container.done).containsExactly("shadow 127.0.0.1:7001 0 PT1M");

        ask("{'do':'unshadow'," + A + ",'application':0,'id':'r'}");

        for (int asked : List.of(first, again)) {
            assertThat(operator.answer(asked)
                            .getAsJsonObject("result")
                            .get("ended")
                            .getAsString())
                    .isEqualTo("it was stopped");
        }
        assertThat(ask("{'do':'unshadow'," + A + ",'application':0,'id':'r'}")).isEqualTo(new JsonObject());
        operator.send(shadow);
        Await.until("another begins", () -> container.done.size() == 2);
    }

    @Test
    void a_swap_answers_late_and_one_with_the_same_id_is_answered_after_a_broken_line() throws Exception {
        String swap = ("{'do':'swap'," + A + ",'application':0,'algorithm':'relay','versions':'[1.1.0,1.1.0]',"
                        + "'probation':{'seconds':0.5,'failures':2,'leastThroughput':0.25},'id':'x'}")
                .replace('\'', '"');
        operator.send(swap);
        Await.until("it has begun", () -> container.done.size() == 1);
        assertThat(ask("{'do':'status'," + A + "}").has("name")).isTrue();
        operator.openings.clear();
        operator.hangUp();
        Await.until("the container is back", () -> !operator.openings.isEmpty());

        int again = operator.send(swap);
        Await.until("it was asked again", () -> container.done.size() == 2);
        container.swaps.get("x").complete(FakeContainer.switched("a"));

        JsonObject result = operator.answer(again).getAsJsonObject("result");
        assertThat(result.get("outcome").getAsString()).isEqualTo("SWITCHED");
        assertThat(result.get("pauseMicros").getAsLong()).isEqualTo(9);
        assertThat(result.getAsJsonObject("phaseMicros").get("SWITCH").getAsLong())
                .isEqualTo(7);
        assertThat(container.done.getFirst())
                .contains("PT0.5S", "failures=2", "leastThroughput=0.25", "[1.1.0,1.1.0]", "id=x");
    }

    @Test
    void changes_of_one_node_act_in_the_order_in_which_they_were_given() throws Exception {
        List<Integer> ids = new ArrayList<>();
        for (int rate = 1000; rate < 1200; rate++) {
            ids.add(operator.send(("{'do':'emulate'," + A + ",'change':{'out':" + rate + "}}").replace('\'', '"')));
        }
        for (int id : ids) {
            assertThat(operator.answer(id).has("result")).isTrue();
        }
        assertThat(container.done).hasSize(200).isSorted().first().asString().endsWith("1000}");
    }

    @Test
    void a_node_is_created_with_all_that_it_can_be_or_not_at_all() throws Exception {
        JsonObject made = ask("{'do':'create','name':'new','port':0,'bufferBytes':8192,'maxPayload':1000,"
                + "'inactivityMillis':5000,'emulation':{'out':400000},'location':'45.5,-73.6,Montreal',"
                + "'slots':['0=relay;versions=[1.0,2);settings={\\\"deliver\\\":false}',"
                + "{'application':7,'algorithm':'tree','settings':{'k':1}}],"
                + "'applications':[{'application':7,'type':'source.cbr'}]}");
        assertThat(made.get("name").getAsString()).isEqualTo("new");
        NodeSpec spec = container.created.getFirst();
        assertThat(List.of(spec.bufferBytes(), spec.maxPayload(), spec.inactivityMillis()))
                .containsExactly(8192, 1000, 5000);
        assertThat(spec.location().orElseThrow().label()).isEqualTo("Montreal");
        assertThat(spec.emulation().out()).hasValue(400_000);
        assertThat(spec.slots().get(0).versions()).isEqualTo("[1.0,2)");
        assertThat(spec.slots().get(0).settings().has("deliver")).isTrue();
        assertThat(spec.slots().get(7).algorithm()).isEqualTo("tree");
        assertThat(container.done).containsExactly("start new source.cbr 7 {}");

        assertThat(operator.refused(
                        "{\"do\":\"create\",\"name\":\"bad\",\"applications\":[\"1=source.cbr\",\"2=none\"]}"))
                .isEqualTo("no application type is named 'none'");
        assertThat(container.status("bad")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'what':1} | a command needs 'do'",
                "{'do':3} | 'do' of a command is a text, not '3'",
                "{'do':'fly',NODE} | a node obeys configure, custom, emulate, join, kill, leave, measure, remove, rollback, shadow,"
                        + " start, status, stop, swap, unshadow, weigh, why, but not 'fly'",
                "{'do':'fly'} | a container obeys add, algorithms, create, receive, retired, statuses, types, but not 'fly'",
                "{'do':'status','node':'127.0.0.1:1'} | there is no node '127.0.0.1:1' that has this observer",
                "{'do':'status','node':'x'} | there is no node 'x' that has this observer",
                "{'do':'status',NODE,'x':1} | the command 'status' has no members, but no 'x'",
                "{'do':'emulate',NODE} | the command 'emulate' needs 'change', as {\"out\":400000}",
                "{'do':'emulate',NODE,'change':{'out':1}} | a node's out is 100 to 1000000000000 whole bytes per second,"
                        + " or off (null), not '1'",
                "{'do':'weigh',NODE,'upstream':'x','weight':5} | a node is written as IPv4:port, for example 127.0.0.1:7000,"
                        + " not 'x'",
                "{'do':'weigh',NODE,'upstream':'127.0.0.1:1','weight':1001} | 'weight' of the command 'weigh' is a whole"
                        + " number from 1 to 1000, not '1001'",
                "{'do':'weigh',NODE,'upstream':'127.0.0.1:1','weight':1e400} | 'weight' of the command 'weigh' is a whole"
                        + " number from 1 to 1000, not '1e400'",
                "{'do':'start',NODE,'application':0,'type':'x'} | 'application' of the command 'start' is a whole number"
                        + " from 1 to 4294967295, not '0'",
                "{'do':'start',NODE,'application':1,'type':'x','settings':[]} | 'settings' of the command 'start' is an"
                        + " object, not '[]'",
                "{'do':'custom',NODE,'application':7,'param1':2147483648} | 'param1' of the command 'custom' is a whole"
                        + " number from -2147483648 to 2147483647, not '2147483648'",
                "{'do':'custom',NODE,'application':7,'type':32774} | the type of a custom message is 32773 or 33024 to"
                        + " 49151, not 32774",
                "{'do':'custom',NODE,'application':7,'type':5} | the type of a custom message is 32773 or 33024 to"
                        + " 49151, not 5",
                "{'do':'custom',NODE,'application':7,'type':49152} | the type of a custom message is 32773 or 33024 to"
                        + " 49151, not 49152",
                "{'do':'measure',NODE,'peer':'127.0.0.1:1','bandwidth':1} | 'bandwidth' of the command 'measure' is true or"
                        + " false, not '1'",
                "{'do':'swap',NODE,'application':0,'algorithm':'r','probation':{'days':1}} | a probation has failures,"
                        + " leastThroughput, seconds, but no 'days'",
                "{'do':'swap',NODE,'application':0,'algorithm':'r','probation':{'seconds':3601}} | 'seconds' of a probation"
                        + " is a number from 0.0 to 3600.0, not '3601'",
                "{'do':'shadow',NODE,'application':0,'algorithm':'r','seconds':0} | 'seconds' of the command 'shadow' is a"
                        + " number from 0.001 to 86400.0, not '0'",
                "{'do':'join','node':'127.0.0.1:7002','application':9} | node 'b' has no slot that serves application 9",
                "{'do':'create','name':'a/b'} | a node's name has 1 to 64 letters, digits, dots, dashes, underscores, not"
                        + " 'a/b'",
                "{'do':'create','name':'n','slots':['relay']} | a node's slot is an object, or written as"
                        + " 0=relay;versions=[1.0,2);settings={…}, not 'relay'",
                "{'do':'create','name':'n','location':'x'} | a location is written as LAT,LON or LAT,LON,LABEL,"
                        + " not 'x'",
                "{'do':'receive','sha256':'00','bytes':5} | a SHA-256 is written as 64 hexadecimal digits, not '00'",
            })
    void what_is_wrong_is_refused_with_the_rule_and_the_value(String command, String sentence) throws Exception {
        assertThat(operator.refused(command.replace("NODE", A).replace('\'', '"')))
                .isEqualTo(sentence);
        assertThat(container.done).isEmpty();
        assertThat(container.told).isEmpty();
        assertThat(container.created).isEmpty();
    }
}
