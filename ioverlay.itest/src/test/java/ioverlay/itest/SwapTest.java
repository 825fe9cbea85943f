package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hot swap of the real relay in a real framework. */
final class SwapTest {
    private static final int SLOT = 0;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"));
        container.nodes().create(NodeSpec.named("a").withSlot(SLOT, SlotSpec.of("relay")));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private SwapResult swap(String versions) throws Exception {
        return container
                .swaps()
                .swap(new SwapRequest("a", SLOT, "relay", versions))
                .get(30, TimeUnit.SECONDS);
    }

    private SlotStatus slot() {
        return container.nodes().status("a").orElseThrow().slots().getFirst();
    }

    @Test
    void aSlotGoesToTheNextVersionAndBack() throws Exception {
        assertThat(container.repository().add(Jars.relay11().toUri()))
                .extracting(Offer::name, Offer::version)
                .containsExactly(tuple("relay", "1.1.0"));

        SwapResult there = swap("[1.1,2)");
        assertThat(there.outcome()).as(there.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(there.from()).isEqualTo("1.0.0");
        assertThat(there.to()).isEqualTo("1.1.0");
        assertThat(there.reached()).isEqualTo(SwapPhase.SWITCH);
        assertThat(there.took())
                .containsOnlyKeys(
                        SwapPhase.VERIFY,
                        SwapPhase.INSTALL,
                        SwapPhase.RESOLVE,
                        SwapPhase.START,
                        SwapPhase.MIGRATE,
                        SwapPhase.SWITCH);
        assertThat(slot().version()).isEqualTo("1.1.0");

        SwapResult back = swap("[1.0,1.1)");
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(slot().version()).isEqualTo("1.0.0");
        assertThat(slot().swaps()).isEqualTo(2);
        assertThat(container.nodes().status("a").orElseThrow().pauses().count()).isEqualTo(2);
        assertThat(container.events().recent())
                .filteredOn(event -> event.kind().equals("swap"))
                .hasSize(2);
    }
}
