package ioverlay.scenario.plan;

import com.google.gson.JsonPrimitive;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.List;
import java.util.SequencedMap;

/** What an entry says of a rollout: the observer's PLAN ({@code docs/rest.md}), what is to come of it, how long it may take. */
final class Rollouts {
    /** Of the plan, and what is only of the entry. */
    static final String[] MEMBERS = {
        "algorithm",
        "version",
        "application",
        "strategy",
        "canary",
        "wave",
        "watchSeconds",
        "health",
        "shadowSeconds",
        "expect",
        "limit"
    };

    private static final double MOST_SECONDS = 3600;
    private static final double USUAL_LIMIT = 120;
    private static final int MOST = 2000;

    private Rollouts() {}

    static void check(Fields fields, SequencedMap<String, Value> given, Offers offers, boolean isHosted) {
        if (!isHosted) {
            fields.check(() -> {
                throw new Wrong(
                        fields.place(),
                        "a rollout is an observer's work: it needs 'hosts' in the file or --observer for the command;"
                                + " 'swap' does without");
            });
        }
        fields.need("algorithm", value -> offers.algorithm(value, Fields.text(value)));
        fields.need("version", value -> offers.range(value, "an algorithm"));
        fields.whole("application", 0, 0xffff_ffffL);
        fields.take(
                "strategy", value -> word(value, List.of("all", "canary"), "a rollout's strategy is all or canary"));
        fields.whole("canary", 1, MOST);
        fields.whole("wave", 1, MOST);
        for (String time : List.of("watchSeconds", "shadowSeconds")) {
            fields.take(time, Rollouts::seconds).ifPresent(value -> given.put(time, value));
        }
        fields.take("health", Rollouts::health);
        fields.take(
                "expect",
                value -> word(
                        value,
                        List.of("completed", "returned", "failed"),
                        "a rollout is expected to be completed, returned or failed"));
        double limit = fields.take("limit", Quantity::seconds).orElse(USUAL_LIMIT);
        fields.take("algorithm").ifPresent(value -> given.put("limit", value.withScalar(new JsonPrimitive(limit))));
    }

    private static Value word(Value value, List<String> words, String rule) {
        String text = Fields.text(value);
        if (!words.contains(text)) {
            throw value.wrong(rule + Nearest.hint(text, words));
        }
        return value;
    }

    private static Value seconds(Value value) {
        double seconds = Quantity.seconds(value);
        if (seconds > MOST_SECONDS) {
            throw value.wrong("a rollout watches for at most " + (long) MOST_SECONDS + " s");
        }
        return value.withScalar(new JsonPrimitive(seconds));
    }

    private static Value health(Value value) {
        Fields fields = new Fields(value, "a rollout's health");
        fields.whole("failures", 1, 1_000_000);
        fields.take("leastThroughput", Quantity::share);
        fields.whole("pauseMillis", 1, 60_000);
        fields.end();
        return value;
    }
}
