package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Health;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/** A plan as JSON: {@code PLAN} of {@code docs/rest.md}. */
final class PlanJson {
    private static final Set<String> MEMBERS = Set.of(
            "algorithm",
            "version",
            "application",
            "nodes",
            "strategy",
            "canary",
            "wave",
            "watchSeconds",
            "health",
            "shadowSeconds");
    private static final Set<String> HEALTH_MEMBERS = Set.of("failures", "leastThroughput", "pauseMillis");
    private static final long MAX_APPLICATION = 0xFFFF_FFFFL;

    private PlanJson() {}

    /**
     * Reads one.
     *
     * @throws RefusedException with the rule and the value
     */
    static RolloutPlan parse(JsonObject json) {
        only(json, MEMBERS, "a plan");
        JsonObject health = json.has("health") ? object(json.get("health")) : new JsonObject();
        only(health, HEALTH_MEMBERS, "the health of a plan");
        RolloutPlan standard = new RolloutPlan(text(json, "algorithm"), version(text(json, "version")));
        return new RolloutPlan(
                standard.algorithm(),
                standard.version(),
                (int) whole(json, "application", 0, MAX_APPLICATION),
                nodes(json),
                json.has("strategy") ? strategy(text(json, "strategy")) : standard.strategy(),
                (int) whole(json, "canary", standard.canary(), Integer.MAX_VALUE),
                (int) whole(json, "wave", standard.wave(), Integer.MAX_VALUE),
                seconds(json, "watchSeconds", standard.watch()),
                new Health(
                        (int) whole(health, "failures", Health.STANDARD.failures(), Integer.MAX_VALUE),
                        number(health, "leastThroughput", Health.STANDARD.leastThroughput()),
                        pause(health)),
                seconds(json, "shadowSeconds", standard.shadow()));
    }

    /** Written in full, so that it compares with what nodes say: {@code 1.1} is {@code 1.1.0}. */
    private static String version(String text) {
        try {
            return Version.parseVersion(text).toString();
        } catch (IllegalArgumentException e) {
            return text; // refused by the plan, in its words
        }
    }

    private static Strategy strategy(String text) {
        for (Strategy strategy : Strategy.values()) {
            if (strategy.name().toLowerCase(Locale.ROOT).equals(text)) {
                return strategy;
            }
        }
        throw new RefusedException("the strategy of a plan is all or canary, not '" + shortened(text) + "'");
    }

    private static List<String> nodes(JsonObject json) {
        JsonElement nodes = json.get("nodes");
        if (nodes == null || nodes.equals(new JsonPrimitive("all"))) {
            return List.of();
        }
        if (!nodes.isJsonArray() || nodes.getAsJsonArray().isEmpty()) {
            throw new RefusedException(
                    "the nodes of a plan are a list of at least one, or \"all\", not " + shortened(nodes.toString()));
        }
        List<String> names = new ArrayList<>();
        for (JsonElement node : nodes.getAsJsonArray()) {
            names.add(text(node, "nodes"));
        }
        return names;
    }

    private static void only(JsonObject json, Set<String> members, String what) {
        json.keySet().stream().filter(key -> !members.contains(key)).findFirst().ifPresent(key -> {
            throw new RefusedException(what + " has no member '" + shortened(key) + "'");
        });
    }

    private static JsonObject object(JsonElement json) {
        if (!json.isJsonObject()) {
            throw new RefusedException("the health of a plan is an object, not " + shortened(json.toString()));
        }
        return json.getAsJsonObject();
    }

    private static String text(JsonObject json, String key) {
        return text(
                Optional.ofNullable(json.get(key))
                        .orElseThrow(() -> new RefusedException("a plan has the member '" + key + "'")),
                key);
    }

    private static String text(JsonElement value, String key) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw new RefusedException("'" + key + "' is text, not " + shortened(value.toString()));
        }
        return value.getAsString();
    }

    private static long whole(JsonObject json, String key, long otherwise, long most) {
        double number = number(json, key, (double) otherwise);
        if (number != Math.rint(number) || number < 0 || number > most) {
            throw new RefusedException("'" + key + "' is a whole number of at most " + most + ", not " + json.get(key));
        }
        return (long) number;
    }

    /** In whole milliseconds; what is less than one stays, so that it is refused as it was written. */
    private static Duration pause(JsonObject health) {
        double millis =
                number(health, "pauseMillis", (double) Health.STANDARD.pause().toMillis());
        return millis >= 1 ? Duration.ofMillis((long) millis) : Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static Duration seconds(JsonObject json, String key, Duration otherwise) {
        return Duration.ofMillis(Math.round(number(json, key, otherwise.toMillis() / 1e3) * 1e3));
    }

    private static double number(JsonObject json, String key, double otherwise) {
        JsonElement value = json.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw new RefusedException("'" + key + "' is a number, not " + shortened(value.toString()));
        }
        try {
            double number = Double.parseDouble(value.getAsString());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new RefusedException("'" + key + "' is a number, not " + shortened(value.toString()), e);
        }
        throw new RefusedException("'" + key + "' is a finite number, not " + shortened(value.toString()));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    /** Writes one. */
    static JsonObject of(RolloutPlan plan) {
        JsonObject health = new JsonObject();
        health.addProperty("failures", plan.health().failures());
        health.addProperty("leastThroughput", plan.health().leastThroughput());
        health.addProperty("pauseMillis", plan.health().pause().toMillis());
        JsonObject json = new JsonObject();
        json.addProperty("algorithm", plan.algorithm());
        json.addProperty("version", plan.version());
        json.addProperty("application", Integer.toUnsignedLong(plan.application()));
        if (plan.nodes().isEmpty()) {
            json.addProperty("nodes", "all");
        } else {
            JsonArray nodes = new JsonArray();
            plan.nodes().forEach(nodes::add);
            json.add("nodes", nodes);
        }
        json.addProperty("strategy", plan.strategy().name().toLowerCase(Locale.ROOT));
        json.addProperty("canary", plan.canary());
        json.addProperty("wave", plan.wave());
        json.addProperty("watchSeconds", plan.watch().toMillis() / 1e3);
        json.add("health", health);
        json.addProperty("shadowSeconds", plan.shadow().toMillis() / 1e3);
        return json;
    }
}
