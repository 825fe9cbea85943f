package ioverlay.algo.relay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came in, by upstream, over all versions that served.
 *
 * <p>Versions 1.x carried only the sums: what they counted stays apart, as {@code earlier}, since nobody knows any more
 * from which upstream it came.
 */
final class Accounts {
    /** The most upstreams that are told apart; what comes from others is counted together. */
    static final int MAX_UPSTREAMS = 64;

    private static final String EARLIER = "earlier";
    private static final String OTHERS = "others";
    private static final String UPSTREAMS = "upstreams";

    private final Map<NodeId, Account> byUpstream = new HashMap<>();
    private final Account others;
    private final Account earlier;

    /** Most messages come from the same upstream as the one before: no look-up for these. */
    private @Nullable NodeId latestUpstream;

    private Account latest;

    private Accounts(Account others, Account earlier) {
        this.others = others;
        this.earlier = earlier;
        latest = others;
    }

    /** Nothing came yet. */
    static Accounts empty() {
        return new Accounts(new Account(), new Account());
    }

    /** What versions 1.x counted: only sums. */
    static Accounts ofSums(JsonObject sums) {
        return new Accounts(new Account(), Account.read(sums));
    }

    /**
     * What {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is anything else; the text gives the rule and the value
     */
    static Accounts read(JsonObject json) {
        Accounts accounts = new Accounts(Account.read(object(json, OTHERS)), Account.read(object(json, EARLIER)));
        JsonObject upstreams = object(json, UPSTREAMS);
        if (upstreams.size() > MAX_UPSTREAMS) {
            throw new IllegalArgumentException(
                    "the relay tells at most " + MAX_UPSTREAMS + " upstreams apart, not " + upstreams.size());
        }
        for (String upstream : upstreams.keySet()) {
            accounts.byUpstream.put(NodeId.parse(upstream), Account.read(object(upstreams, upstream)));
        }
        return accounts;
    }

    private static JsonObject object(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            return new JsonObject();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("'" + name + "' in the relay's state is an object, not " + value);
    }

    /** Counts one message. */
    void arrived(NodeId upstream, long size) {
        if (latestUpstream == null || !upstream.equals(latestUpstream)) {
            latestUpstream = upstream;
            latest = accountOf(upstream);
        }
        latest.add(size);
    }

    private Account accountOf(NodeId upstream) {
        Account known = byUpstream.get(upstream);
        if (known == null && byUpstream.size() < MAX_UPSTREAMS) {
            known = new Account();
            byUpstream.put(upstream, known);
        }
        return known == null ? others : known;
    }

    /** What came from that upstream; nothing if it is not told apart. */
    Account from(NodeId upstream) {
        return byUpstream.getOrDefault(upstream, new Account());
    }

    /** All of it. */
    Account sum() {
        Account sum = new Account();
        sum.add(earlier);
        sum.add(others);
        byUpstream.values().forEach(sum::add);
        return sum;
    }

    /** By upstream in their order; {@code others} and {@code earlier} only if they hold something. */
    JsonObject toJson() {
        JsonObject upstreams = new JsonObject();
        byUpstream.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> upstreams.add(
                        entry.getKey().toString(), entry.getValue().writeTo(new JsonObject())));
        JsonObject json = new JsonObject();
        json.add(UPSTREAMS, upstreams);
        if (!others.isEmpty()) {
            json.add(OTHERS, others.writeTo(new JsonObject()));
        }
        if (!earlier.isEmpty()) {
            json.add(EARLIER, earlier.writeTo(new JsonObject()));
        }
        return json;
    }
}
