package ioverlay.api.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results are values: what is asked of them later is what they were made of. */
class ResultTest {
    private static SwapResult result(Map<SwapPhase, Duration> took) {
        SwapRequest request = new SwapRequest("a", 1, "relay", "0");
        return new SwapResult(
                request,
                "1.0.0",
                "1.1.0",
                SwapResult.Outcome.SWITCHED,
                SwapPhase.RETIRE,
                "done",
                took,
                Duration.ZERO,
                0,
                0);
    }

    @Test
    void a_swaps_phases_are_in_their_order() {
        Map<SwapPhase, Duration> took = new HashMap<>();
        for (SwapPhase phase : SwapPhase.values()) {
            took.put(phase, Duration.ofMillis(1));
        }
        assertThat(result(took).took().keySet()).containsExactly(SwapPhase.values());
    }

    @Test
    void a_swaps_phases_cannot_be_changed() {
        Map<SwapPhase, Duration> took = new HashMap<>();
        SwapResult result = result(took);
        took.put(SwapPhase.VERIFY, Duration.ZERO);
        assertThat(result.took()).isEmpty();
        assertThatThrownBy(() -> result.took().put(SwapPhase.VERIFY, Duration.ZERO))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_nodes_status_keeps_its_own_lists() {
        NodeId node = NodeId.parse("127.0.0.1:1");
        List<Integer> applications = new ArrayList<>(List.of(1));
        List<LinkStatus> links = new ArrayList<>();
        Map<String, Long> counters = new HashMap<>();
        LinkStatus link = new LinkStatus(node, "open", 0, 0, 0, 0, 0, applications);
        NodeStatus status =
                new NodeStatus("a", node, 0, links, links, List.of(), List.of(), counters, new PauseStatus(0, 0, 0, 0));
        applications.clear();
        links.add(link);
        counters.put("a", 1L);
        assertThat(link.applications()).containsExactly(1);
        assertThat(status.upstreams()).isEmpty();
        assertThat(status.downstreams()).isEmpty();
        assertThat(status.counters()).isEmpty();
    }

    @Test
    void a_refusal_says_why_and_what_lies_behind_it() {
        Exception cause = new Exception("behind");
        assertThat(new RefusedException("why", cause)).hasMessage("why").hasCause(cause);
        assertThat(new RefusedException("why")).hasMessage("why").hasNoCause();
    }

    @Test
    void a_slot_of_an_event_and_a_request_are_values() {
        assertThat(new SwapRequest("a", 1, "relay", "0")).isEqualTo(new SwapRequest("a", 1, "relay", "0"));
        assertThat(new SlotSpec("relay", "0", new JsonObject())).isEqualTo(SlotSpec.of("relay"));
    }
}
