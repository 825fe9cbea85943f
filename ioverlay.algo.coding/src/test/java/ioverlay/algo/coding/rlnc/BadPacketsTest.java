package ioverlay.algo.coding.rlnc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.testkit.TestNode;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What broken nodes and links bring. */
class BadPacketsTest {
    private static final String SMALL = ",'blocks':16,'blockBytes':100";
    private static final Shape SHAPE = new Shape(16, 100);
    private static final NodeId SOURCE = NodeId.parse("127.0.0.1:6000");
    private static final NodeId LINK = NodeId.parse("127.0.0.1:6001");

    private static Message changed(Message message, Consumer<byte[]> change) {
        byte[] bytes = new byte[message.payloadSize()];
        message.payload().get(bytes);
        change.accept(bytes);
        return with(message, bytes);
    }

    private static Message with(Message message, byte[] payload) {
        return Message.builder(message.sender(), message.type())
                .application(message.application())
                .sequence(message.sequence())
                .payload(payload)
                .build();
    }

    /** A genuine packet of some source: its first block of that generation, in clear. */
    private static Message packet(NodeId source, long session, int generation, Shape shape) {
        RlncSettings settings =
                RlncSettings.read(JsonParser.parseString("{'kernel':'scalar'}").getAsJsonObject(), LINK);
        Generation made = new Memory(shape, session, settings, false).take(generation);
        MemorySegment vector = Shape.rows(1, shape.vectorBytes())[0];
        made.add(new byte[shape.blockBytes()], vector);
        StreamId stream = new StreamId(source, 1);
        return new Packet(stream, session, shape, shape.blocks(), generation, 0, 1, generation + 1).message(vector);
    }

    private static Message packet(long session, int generation) {
        return packet(SOURCE, session, generation, SHAPE);
    }

    private static TestNode node(String more) {
        return TestNode.with(new RlncCoding())
                .self(Mesh.id(0))
                .settings("{'kernel':'scalar'" + more + "}")
                .start();
    }

    private static String faults(TestNode node) {
        return node.status().get("faults").toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_link_that_changes_bytes_is_named_and_spoils_nothing(long seed) {
        Mesh mesh = new Mesh("0>1 0>2 1>3 2>3 3>4", SMALL, 0.05, seed);
        Random chance = new Random(seed);
        mesh.fate((link, message) -> link.equals("1>3") && chance.nextInt(4) == 0
                ? List.of(changed(
                        message, bytes -> bytes[chance.nextInt(bytes.length)] ^= (byte) (1 + chance.nextInt(255))))
                : List.of(message));
        mesh.produce(400, 4).run(500);

        assertThat(mesh.delivered(3)).isEqualTo(Mesh.numbers(400));
        assertThat(mesh.delivered(4)).isEqualTo(Mesh.numbers(400));
        assertThat(mesh.faults(3)).contains("\"corrupt from 127.0.0.1:7001\":", "\"malformed from 127.0.0.1:7001\":");
        assertThat(mesh.faults(3)).doesNotContain("7002");
        assertThat(mesh.faults(4)).isEqualTo("{}");
        assertThat(mesh.node(3).traces()).anyMatch(said -> said.contains("refused from 127.0.0.1:7001"));
    }

    @Test
    void packets_that_are_cut_off_or_contradict_themselves_are_refused_whatever_is_wrong() {
        TestNode node = node("");
        Message genuine = packet(1, 0);
        byte[] bytes = new byte[genuine.payloadSize()];
        genuine.payload().get(bytes);
        for (int size = 0; size < bytes.length; size += 3) {
            node.receive(with(genuine, Arrays.copyOf(bytes, size)), LINK);
        }
        for (int at = 0; at < Packet.BYTES; at++) {
            int place = at;
            node.receive(changed(genuine, broken -> broken[place] ^= 0x41), LINK);
        }
        Message ofAnother =
                Message.builder(LINK, Packet.TYPE).application(1).payload(bytes).build();
        node.receive(ofAnother, LINK);

        int refused = (bytes.length + 2) / 3 + Packet.BYTES + 1;
        assertThat(faults(node)).isEqualTo("{\"malformed from 127.0.0.1:6001\":" + refused + "}");
        assertThat(node.status().get("kept").getAsInt()).isZero();
        assertThat(node.failures()).isEmpty();
    }

    @Test
    void generations_from_the_past_or_the_far_future_and_other_sizes_are_refused() {
        TestNode node = node("");
        node.receive(packet(1, 0), LINK);
        node.receive(packet(1, 1 << 16), LINK);
        node.receive(packet(SOURCE, 1, 1, new Shape(17, 100)), LINK);
        node.receive(packet(2, 0), LINK);
        node.receive(Message.builder(SOURCE, 1).application(1).payload("clear").build(), LINK);

        assertThat(faults(node))
                .isEqualTo("{\"far from 127.0.0.1:6001\":1,\"contradicted from 127.0.0.1:6001\":1,"
                        + "\"unexpected from 127.0.0.1:6001\":2}");
        assertThat(node.status().get("kept").getAsInt()).isEqualTo(1);
    }

    @Test
    void a_flood_of_generations_or_sources_takes_bounded_memory() {
        TestNode node = node(",'memoryBytes':2097152");
        int room = (int) ((2 << 20) / Generation.bytes(SHAPE));
        for (int generation = 0; generation < room + 100; generation++) {
            node.receive(packet(1, generation), LINK);
        }
        assertThat(node.status().get("kept").getAsInt()).isEqualTo(room);
        assertThat(node.status().get("ahead").getAsInt()).isEqualTo(100);

        for (int source = 1; source <= 20; source++) {
            node.receive(packet(NodeId.parse("127.0.0.1:" + source), 1, 0, SHAPE), LINK);
        }
        assertThat(faults(node)).isEqualTo("{\"flood from 127.0.0.1:6001\":13}");

        TestNode other = node(",'memoryBytes':2097152");
        other.receive(packet(SOURCE, 1, 0, new Shape(256, 5000)), LINK);
        assertThat(faults(other)).isEqualTo("{\"large from 127.0.0.1:6001\":1}");
    }

    @Test
    void a_source_that_begins_anew_is_believed_when_the_old_one_is_silent() {
        TestNode node = node("");
        node.receive(packet(1, 0), LINK);
        node.receive(packet(2, 0), LINK);
        assertThat(faults(node)).contains("unexpected");
        node.advance(Duration.ofSeconds(2));
        node.receive(packet(2, 0), LINK);

        assertThat(node.status().get("innovative").getAsInt()).isEqualTo(2);
    }

    @Test
    void reports_that_are_broken_are_refused_and_those_of_strangers_change_nothing() {
        Mesh mesh = new Mesh("0>1", SMALL, 0, 1);
        mesh.fate((link, message) -> List.of());
        mesh.produce(100, 10);
        long kept = mesh.count(0, "kept");
        Report all = new Report(new StreamId(Mesh.id(0), 1), 0, 1, 0, 0, 1000, Map.of());
        TestNode node = mesh.node(0);
        node.receive(all.write(node.message(Report.TYPE, LINK)).build());
        node.receive(all.write(node.message(Report.TYPE, Mesh.id(1))).build()); // of another session
        node.receive(node.message(Report.TYPE, LINK).payload("short").build());

        assertThat(mesh.count(0, "kept")).isEqualTo(kept).isPositive();
        assertThat(mesh.faults(0)).isEqualTo("{\"malformed from 127.0.0.1:6001\":1}");
        assertThat(node.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'blocks':7}",
                "{'blocks':257}",
                "{'blocks':8.5}",
                "{'blockBytes':63}",
                "{'next':'a'}",
                "{'next':['127.0.0.1:6001']}",
                "{'next':['127.0.0.1:1','127.0.0.1:1']}",
                "{'deliver':1}",
                "{'flushMillis':0}",
                "{'reportMillis':'1'}",
                "{'blocks':256,'blockBytes':65536}",
                "{'kernel':'gpu'}",
                "{'role':'source'}"
            })
    void settings_that_are_wrong_are_refused_with_the_rule(String settings) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RlncSettings.read(JsonParser.parseString(settings).getAsJsonObject(), LINK))
                .withMessageContaining(", not ");
    }
}
