package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.run.Sample.Life;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up what only grows as long as an application lives: by how much it grew at each of them, in each life of the node. A sum
 * over applications falls if one is stopped, and what the others had got is not new for that.
 *
 * <p><b>Threads:</b> any; those of one node one after the other.
 */
final class Tally {
    private final Map<String, Account> nodes = new ConcurrentHashMap<>();

    private static final class Account {
        long upMillis = -1;
        int life = 0;
        final Map<Probe, Map<Integer, Double>> before = new HashMap<>();
        final Map<Probe, Double> grown = new HashMap<>();
        final Map<Probe, Double> born = new HashMap<>();
    }

    /**
     * Takes what a node says of itself.
     *
     * @param upMillis since it was made
     * @param parts of each probe, by application
     */
    Life add(String node, long upMillis, Map<Probe, Map<Integer, JsonElement>> parts) {
        Account account = nodes.computeIfAbsent(node, key -> new Account());
        synchronized (account) {
            if (account.upMillis < 0 || upMillis < account.upMillis) {
                account.life++;
                account.before.clear();
                account.born.putAll(account.grown);
            }
            account.upMillis = upMillis;
            parts.forEach((probe, now) -> account.grown.merge(probe, growth(account, probe, now), Double::sum));
            return new Life(account.life, Map.copyOf(account.grown));
        }
    }

    /** What has grown in the life that the node has now. */
    double sinceBirth(String node, Probe probe, double grown) {
        Account account = nodes.computeIfAbsent(node, key -> new Account());
        synchronized (account) {
            return grown - account.born.getOrDefault(probe, 0.0);
        }
    }

    /** One that has gone is forgotten: its application begins anew. */
    private static double growth(Account account, Probe probe, Map<Integer, JsonElement> parts) {
        Map<Integer, Double> before = account.before.getOrDefault(probe, Map.of());
        Map<Integer, Double> now = new HashMap<>();
        double growth = 0;
        for (Map.Entry<Integer, JsonElement> part : parts.entrySet()) {
            if (part.getValue() instanceof JsonPrimitive primitive && primitive.isNumber()) {
                double value = primitive.getAsDouble();
                double last = before.getOrDefault(part.getKey(), 0.0);
                growth += value >= last ? value - last : value;
                now.put(part.getKey(), value);
            }
        }
        account.before.put(probe, now);
        return growth;
    }
}
