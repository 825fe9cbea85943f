package ioverlay.observer.rollout;

import ioverlay.observer.fleet.Member;
import ioverlay.observer.repository.Kept;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/** The bundle's way into the containers: once into each, for all of its nodes. */
final class Bringing {
    private final Run run;
    private final Map<String, Ask> asks = new HashMap<>();

    /** Containers that have it. One that was started anew has another id. */
    private final Set<String> homes = new HashSet<>();

    Bringing(Run run) {
        this.run = run;
    }

    /** Whether the container of that slot has it now; has it brought there if not. */
    boolean isDone(Leg leg, long nowMs) {
        Optional<Kept> kept =
                run.around.bundles().offering(run.plan.algorithm(), Version.parseVersion(run.plan.version()));
        Optional<String> home = run.member(leg).map(Member::home);
        if (kept.isEmpty() || home.isEmpty()) {
            return home.isPresent(); // containers had it when this began
        }
        if (homes.contains(home.get())) {
            return true;
        }
        Ask ask = asks.computeIfAbsent(home.get(), any -> new Ask());
        ask.ask(
                nowMs,
                () -> run.around
                        .fleet()
                        .bring(
                                home.get(),
                                kept.get().file(),
                                kept.get().sha256(),
                                kept.get().facts().toString(),
                                run.who()));
        if (ask.answer(nowMs).isPresent()) {
            homes.add(home.get());
            return true;
        }
        return false;
    }

    /** Why the container of that slot does not take it, if so. */
    Optional<String> refusal(Leg leg) {
        return run.member(leg)
                .map(member -> asks.get(member.home()))
                .flatMap(Ask::refusal)
                .map(why -> "its container refuses the bundle: " + why);
    }
}
