package ioverlay.observer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whom a node is told of when it comes. */
class BootTest {
    private static final int NODES = 40;

    private final Roll roll =
            new Roll(InstantSource.system(), System::nanoTime, new Random(7), new Bulletin(InstantSource.system()));

    private static NodeId node(int number) {
        return NodeId.parse("127.0.0.1:" + (7000 + number));
    }

    private Map<NodeId, Integer> chosen(int rounds, int size) {
        Map<NodeId, Integer> counts = new HashMap<>();
        for (int i = 0; i < rounds; i++) {
            List<NodeId> told = roll.choose(size, node(0));
            assertThat(told).hasSize(size).doesNotHaveDuplicates().doesNotContain(node(0));
            told.forEach(each -> counts.merge(each, 1, Integer::sum));
        }
        return counts;
    }

    @Test
    void every_live_node_is_as_likely_as_any_other() {
        for (int i = 0; i < NODES; i++) {
            roll.registers(node(i), "n" + i, i % 2 == 0 ? "even" : "odd", "");
        }
        // 39 others, 8 of them 10,000 times: each 2051 times, and the standard deviation is 40.
        assertThat(chosen(10_000, 8))
                .hasSize(NODES - 1)
                .allSatisfy((node, count) -> assertThat(count).isBetween(1850, 2250));

        roll.lost("odd", "its line broke");
        roll.gone(node(2), "even");
        assertThat(chosen(1000, 8))
                .hasSize(NODES / 2 - 2)
                .doesNotContainKey(node(2))
                .allSatisfy((node, count) ->
                        assertThat(node.socketAddress().getPort() % 2).isZero());
        assertThat(roll.choose(100, node(0))).hasSize(NODES / 2 - 2);
        assertThat(roll.choose(0, node(0))).isEmpty();
    }

    @Test
    void nodes_that_register_again_after_a_restart_of_the_observer_are_told_of_again() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (Switchboard board = new Switchboard(new FleetSettings(3, 100), Optional.empty());
                    Reception reception =
                            Reception.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), board);
                    Caller old = Caller.dial(reception.listens(), "old", command -> new JsonObject());
                    Caller fresh = Caller.dial(reception.listens(), "new", command -> new JsonObject())) {
                HashSet<String> others = new HashSet<>();
                for (int i = 0; i < 4; i++) {
                    old.boot(node(i).toString(), "n" + i);
                    others.add(node(i).toString());
                }
                assertThat(fresh.boot(node(9).toString(), "n9")).hasSize(3).isSubsetOf(others);
            }
        }
    }
}
