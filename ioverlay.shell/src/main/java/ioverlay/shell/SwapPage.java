package ioverlay.shell;

import ioverlay.api.container.SwapResult;
import java.time.Duration;
import java.util.List;

/** Results of swaps, for a person. */
final class SwapPage {
    private SwapPage() {}

    static Shown<SwapResult> shown(List<SwapResult> results) {
        return Shown.table(results, "nothing was swapped", (all, look) -> table(all));
    }

    static Sheet table(List<SwapResult> results) {
        Sheet table = Sheet.of("node", "slot", "outcome", "from", "to", ">pause", ">took", ">held", ">timers", "why");
        for (SwapResult result : results) {
            table.row(
                    result.request().node(),
                    States.id(result.request().application()),
                    States.cell(result.outcome().name()),
                    result.from(),
                    result.to(),
                    Units.time(result.pause()),
                    Units.time(result.took().values().stream().reduce(Duration.ZERO, Duration::plus)),
                    result.heldCarried(),
                    result.timersCarried(),
                    result.sentence());
        }
        return table;
    }
}
