package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.Rollouts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An observer with one rollout, that remembers what it was asked. */
final class FakeRollouts implements Rollouts {
    /** The one that there is; a usual one that runs if null. */
    Rollout one;

    final List<RolloutPlan> started = new ArrayList<>();
    final List<String> asked = new ArrayList<>();

    private static Rollout rollout(State state) {
        NodeId node = NodeId.parse("127.0.0.1:7001");
        return new Rollout(
                1,
                state,
                new RolloutPlan("relay", "1.1.0"),
                "wave 1 of 1 begins",
                Instant.EPOCH,
                Optional.empty(),
                List.of(List.of(node)),
                1,
                List.of(new Rollout.Visit(
                        node,
                        "a",
                        -1,
                        1,
                        Step.SWITCHED,
                        "1.0.0",
                        "1.1.0",
                        OptionalLong.of(850),
                        "it serves\u001b[2J")));
    }

    private Rollout told(String what, long id, String who, State state) {
        asked.add(what + " " + id + " by " + who);
        return rollout(state);
    }

    @Override
    public Rollout start(RolloutPlan plan, String who) {
        started.add(plan);
        return told("start", 1, who, State.RUNNING);
    }

    @Override
    public List<Rollout> rollouts() {
        return List.of(one == null ? rollout(State.RUNNING) : one);
    }

    @Override
    public Optional<Rollout> rollout(long id) {
        return rollouts().stream().filter(rollout -> rollout.id() == id).findFirst();
    }

    @Override
    public Rollout pause(long id, String who) {
        return told("pause", id, who, State.PAUSED);
    }

    @Override
    public Rollout resume(long id, String who) {
        return told("resume", id, who, State.RUNNING);
    }

    @Override
    public Rollout abort(long id, String who) {
        return told("abort", id, who, State.RETURNING);
    }
}
