package ioverlay.observer.rollout;

import com.google.gson.JsonObject;
import ioverlay.api.observer.RolloutPlan;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** The commands of a rollout, as in {@code docs/commands.md}. */
final class Orders {
    private static final int KEY_BYTES = 4;

    private final RolloutPlan plan;
    private final String key;

    /**
     * For one rollout.
     *
     * @param key begins the ids of its commands. No other rollout ever has the same, of whatever observer: containers remember ids
     */
    Orders(RolloutPlan plan, String key) {
        this.plan = plan;
        this.key = key;
    }

    /** Containers remember ids of commands, and must not take one observer's rollout for another's. */
    static String newKey(long id) {
        byte[] chance = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(chance);
        return "rollout-" + id + "-" + HexFormat.of().formatHex(chance);
    }

    static JsonObject status() {
        return command("status");
    }

    JsonObject swap(Leg leg) {
        JsonObject swap = swap(leg, leg.to, plan.watch());
        swap.addProperty("id", id(leg));
        return swap;
    }

    JsonObject shadow(Leg leg) {
        JsonObject shadow = command("shadow");
        shadow.addProperty("application", Integer.toUnsignedLong(leg.application));
        shadow.addProperty("algorithm", plan.algorithm());
        shadow.addProperty("versions", exactly(leg.to));
        shadow.addProperty("seconds", plan.shadow().toMillis() / 1e3);
        shadow.addProperty("id", id(leg) + "-shadow");
        return shadow;
    }

    /** Ends the shadow that this rollout began, and no other. */
    JsonObject unshadow(Leg leg) {
        JsonObject unshadow = command("unshadow");
        unshadow.addProperty("application", Integer.toUnsignedLong(leg.application));
        unshadow.addProperty("id", id(leg) + "-shadow");
        return unshadow;
    }

    /**
     * A rollback where that leads to the version before, else a swap to it: somebody may have swapped meanwhile, or the slot
     * is there and what it was told before may still be under way. A node does one thing after the other, so its answer comes
     * after that.
     */
    JsonObject back(Leg leg, Slot now) {
        JsonObject back;
        if (now.probationMillis() > 0 || now.previous().equals(leg.from)) {
            back = command("rollback");
            back.addProperty("application", Integer.toUnsignedLong(leg.application));
        } else {
            back = swap(leg, leg.from, Duration.ZERO);
        }
        back.addProperty("id", id(leg) + "-back");
        return back;
    }

    private JsonObject swap(Leg leg, String version, Duration watch) {
        JsonObject probation = new JsonObject();
        probation.addProperty("seconds", watch.toMillis() / 1e3);
        probation.addProperty("failures", plan.health().failures());
        probation.addProperty("leastThroughput", 0); // judged here, over more than a second
        JsonObject swap = command("swap");
        swap.addProperty("application", Integer.toUnsignedLong(leg.application));
        swap.addProperty("algorithm", plan.algorithm());
        swap.addProperty("versions", exactly(version));
        swap.add("probation", probation);
        return swap;
    }

    private String id(Leg leg) {
        return key + "-" + leg.node + "-" + Integer.toUnsignedString(leg.application);
    }

    private static String exactly(String version) {
        return "[" + version + "," + version + "]";
    }

    private static JsonObject command(String what) {
        JsonObject command = new JsonObject();
        command.addProperty("do", what);
        return command;
    }
}
