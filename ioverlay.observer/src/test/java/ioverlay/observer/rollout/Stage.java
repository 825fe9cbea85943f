package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Health;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.repository.Bundles;
import ioverlay.observer.repository.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An observer with rollouts over nodes that are none, and time by hand. */
final class Stage {
    static final long TICK_MS = 100;

    final ManualClock clock = new ManualClock();
    final FakeFleet fleet;
    final FakeDocuments documents = new FakeDocuments();
    final Bundles bundles;
    final List<Happening> log = new ArrayList<>();
    final List<Rollout> pushed = new ArrayList<>();
    long upMillis = 1;
    RolloutDesk desk;

    Stage(Path directory, int nodes) throws Exception {
        fleet = new FakeFleet(clock, nodes);
        bundles = Bundles.open(directory.resolve("bundles"));
        TestJar.algorithm("relay", "1.1.0").keepIn(bundles);
        desk = desk();
    }

    private RolloutDesk desk() {
        RolloutDesk made =
                new RolloutDesk(new Surroundings(fleet, bundles, documents, clock, () -> upMillis, log::add));
        made.listen(pushed::add);
        return made;
    }

    /** The observer is killed, and another begins where it was. */
    void restart() {
        fleet.deafen();
        upMillis = 1;
        desk = desk();
    }

    static RolloutPlan plan(Strategy strategy, int canary, int wave) {
        return new RolloutPlan(
                "relay",
                "1.1.0",
                5,
                List.of(),
                strategy,
                canary,
                wave,
                Duration.ofSeconds(4),
                Health.STANDARD,
                Duration.ZERO);
    }

    static RolloutPlan watched(RolloutPlan plan, Duration watch) {
        return new RolloutPlan(
                plan.algorithm(),
                plan.version(),
                plan.application(),
                plan.nodes(),
                plan.strategy(),
                plan.canary(),
                plan.wave(),
                watch,
                plan.health(),
                plan.shadow());
    }

    static RolloutPlan shadowed(RolloutPlan plan) {
        return shadowed(plan, Duration.ofSeconds(2));
    }

    static RolloutPlan shadowed(RolloutPlan plan, Duration shadow) {
        return new RolloutPlan(
                plan.algorithm(),
                plan.version(),
                plan.application(),
                plan.nodes(),
                plan.strategy(),
                plan.canary(),
                plan.wave(),
                plan.watch(),
                plan.health(),
                shadow);
    }

    Rollout start(RolloutPlan plan) {
        return desk.start(plan, "test");
    }

    void run(long ms) {
        for (long at = 0; at < ms; at += TICK_MS) {
            tick();
        }
    }

    void tick() {
        desk.step();
        clock.advance(TICK_MS);
        upMillis += TICK_MS;
        fleet.advance(TICK_MS);
    }

    Rollout now() {
        return desk.rollout(1).orElseThrow();
    }

    /** Until it ends. */
    Rollout end() {
        return end(Duration.ofMinutes(40));
    }

    Rollout end(Duration limit) {
        for (long ms = 0; ms < limit.toMillis() && !now().state().isEnd(); ms += TICK_MS) {
            tick();
        }
        assertThat(now().state().isEnd()).as(now().toString()).isTrue();
        return now();
    }

    /** Until a node is there. */
    void until(int number, Step step) {
        for (int tick = 0; tick < 2_000 && visit(number).state() != step; tick++) {
            tick();
        }
        assertThat(visit(number).state()).as(now().toString()).isEqualTo(step);
    }

    Rollout.Visit visit(int number) {
        return now().visits().stream()
                .filter(visit -> visit.name().equals("n" + number))
                .findFirst()
                .orElseThrow();
    }

    List<String> versions() {
        return fleet.nodes.values().stream()
                .map(node -> node.version)
                .distinct()
                .toList();
    }
}
