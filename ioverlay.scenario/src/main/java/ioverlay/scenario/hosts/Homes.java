package ioverlay.scenario.hosts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The containers of an observer that had a line to it when the run began, in the order in which they came.
 *
 * @param all at least one
 * @param used those that nodes are made in if no container is named: all that have nodes already, since one that has none is
 *     the observer's own
 */
record Homes(List<Home> all, List<Home> used) {
    /**
     * A container.
     *
     * @param id of its run
     * @param host where it runs
     * @param pid of its process
     * @param isBare whether it had no node
     */
    record Home(String id, String host, long pid, boolean isBare) {
        @Override
        public String toString() {
            return "container " + id + " (" + host + ", process " + pid + ")";
        }
    }

    /**
     * Those of an observer.
     *
     * @throws RefusedException if it has none, or does not say so
     */
    static Homes of(ObserverClient client, String observer) throws InterruptedException {
        record Arrived(Instant since, Home home) {}
        try {
            List<Home> homes = client.get("api/containers").getAsJsonArray("containers").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .map(one -> new Arrived(Instant.parse(text(one, "since")), home(one)))
                    .sorted(Comparator.comparing(Arrived::since).thenComparing(one -> one.home.id))
                    .map(Arrived::home)
                    .toList();
            if (homes.isEmpty()) {
                throw new RefusedException("no container has a line to the observer at " + observer
                        + ": 'run/overlay node --observer IP:PORT' starts one, with the address that 'run/overlay observer'"
                        + " prints for nodes");
            }
            List<Home> used = homes.stream().filter(home -> !home.isBare).toList();
            return new Homes(homes, used.isEmpty() ? homes : used);
        } catch (IllegalStateException | NullPointerException | ClassCastException e) {
            throw new RefusedException("at " + observer + " is no observer that this scenario understands", e);
        }
    }

    private static Home home(JsonObject one) {
        return new Home(
                text(one, "id"),
                text(one, "host"),
                one.get("pid").getAsLong(),
                one.getAsJsonArray("nodes").isEmpty());
    }

    private static String text(JsonObject of, String key) {
        return of.get(key).getAsString();
    }

    /** Ids and hosts. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        all.forEach(home -> {
            names.add(home.id);
            names.add(home.host);
        });
        return names;
    }

    /**
     * The container for a node.
     *
     * @param named its number from 1, beginning again after the last; its id; its host; or empty
     * @param turn whose turn it is among those that it may be
     */
    Home home(String named, int turn) {
        if (named.matches("[0-9]{1,4}") && !names().contains(named)) {
            return used.get((Integer.parseInt(named) - 1) % used.size());
        }
        List<Home> fitting = (named.isEmpty() ? used : all)
                .stream()
                        .filter(home -> named.isEmpty() || home.id.equals(named) || home.host.equals(named))
                        .toList();
        if (fitting.isEmpty()) {
            throw new RefusedException("there is no container '" + named + "' at this observer any more");
        }
        return fitting.get(turn % fitting.size());
    }
}
