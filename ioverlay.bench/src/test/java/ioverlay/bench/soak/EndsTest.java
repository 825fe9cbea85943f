package ioverlay.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.container.Event;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndsTest {
    private static final String A = "127.0.0.1:1001";
    private static final String B = "127.0.0.1:1002";
    private static final String VICTIM = "127.0.0.1:1003";

    private final Ends ends = new Ends();

    @BeforeEach
    void nodes() {
        ends.node("a", A);
        ends.node("b", B);
        ends.victim(VICTIM);
    }

    private void happens(String node, String kind, String sentence, String peer, int lost, int taken) {
        JsonObject detail = new JsonObject();
        detail.addProperty("peer", peer);
        detail.addProperty("lost", lost);
        detail.addProperty("taken", taken);
        ends.heard(new Event(Instant.EPOCH, kind, node, sentence, detail));
    }

    private void up(String node, String peer) {
        happens(node, "link.up", "sends to " + peer, peer, 0, 0);
    }

    private void sent(String node, String kind, String peer, int lost, int taken) {
        happens(node, kind, "the link to " + peer + " ended", peer, lost, taken);
    }

    private void received(String node, String kind, String peer, int taken) {
        happens(node, kind, "the link from " + peer + " ended", peer, 0, taken);
    }

    @Test
    void a_link_that_closed_has_the_same_count_at_both_ends() {
        up("a", B);
        sent("a", "link.closed", B, 0, 17);
        received("b", "link.closed", A, 17);

        assertThat(ends.disagreements()).isEmpty();
        assertThat(ends.graceful()).isEqualTo(2);
    }

    @Test
    void a_difference_is_found_also_at_the_second_link_of_a_pair() {
        for (int taken : new int[] {5, 7}) {
            up("a", B);
            sent("a", "link.closed", B, 0, taken);
        }
        received("b", "link.closed", A, 5);
        received("b", "link.closed", A, 6);

        assertThat(ends.disagreements())
                .singleElement()
                .asString()
                .startsWith("a link closed with different counts, 7 and 6:");
    }

    @Test
    void a_failure_between_nodes_that_are_there_is_found_and_one_of_a_node_that_leaves_is_not() {
        up("a", B);
        sent("a", "link.failed", B, 3, 5);
        assertThat(ends.disagreements()).singleElement().asString().contains("failed between nodes that are there");

        Ends others = new Ends();
        others.node("a", A);
        others.node("b", B);
        others.leaves("b");
        JsonObject detail = new JsonObject();
        detail.addProperty("peer", B);
        detail.addProperty("lost", 3);
        detail.addProperty("taken", 0);
        others.heard(new Event(Instant.EPOCH, "link.failed", "a", "the link to " + B + " failed", detail));
        assertThat(others.disagreements()).isEmpty();
        assertThat(others.undialled()).isEqualTo(1);
    }

    @Test
    void what_a_kill_cost_is_told_apart_from_what_was_sent_while_nobody_was_there() {
        up("a", VICTIM);
        sent("a", "link.failed", VICTIM, 30, 100);
        sent("a", "link.failed", VICTIM, 500, 0); // not dialled

        assertThat(ends.mostLostAtOnce(VICTIM)).isEqualTo(30);
        assertThat(ends.lostTo(VICTIM)).isEqualTo(530);
        assertThat(ends.disagreements()).isEmpty();
    }
}
