package ioverlay.scenario.hosts;

import ioverlay.scenario.hosts.Homes.Home;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Who still answers. A broken line is dialled again by itself, so that a container counts as lost only after a while. */
final class Lines {
    /** How long nobody may answer for a container. */
    static final long LOST_NS = TimeUnit.SECONDS.toNanos(5);

    private final Map<Home, Broken> broken = new ConcurrentHashMap<>();

    private record Broken(long since, String sentence) {}

    void works(Home home) {
        broken.remove(home);
    }

    /** At a moment, in nanoseconds. */
    void fails(Home home, String sentence, long now) {
        broken.computeIfAbsent(home, any -> new Broken(now, sentence));
    }

    /** A sentence about those that have not answered for too long by now. */
    Optional<String> lost(long now) {
        return broken.entrySet().stream()
                .filter(one -> now - one.getValue().since > LOST_NS)
                .map(one -> one.getKey() + " has not answered for " + TimeUnit.NANOSECONDS.toSeconds(LOST_NS) + " s: "
                        + one.getValue().sentence)
                .findFirst();
    }
}
