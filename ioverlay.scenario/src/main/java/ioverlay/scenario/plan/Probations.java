package ioverlay.scenario.plan;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Probation;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A probation as {@code {"seconds":x,"failures":n,"leastThroughput":x}}. */
public final class Probations {
    private Probations() {}

    /** The same with plain numbers, as commands have them. */
    static Value checked(Value value) {
        Fields fields = new Fields(value, "a probation");
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        fields.take("seconds", one -> one.withScalar(new JsonPrimitive(Quantity.seconds(one))))
                .ifPresent(one -> members.put("seconds", one));
        fields.whole("failures", 1, 1_000_000);
        fields.take("failures").ifPresent(one -> members.put("failures", one));
        fields.take("leastThroughput", one -> one.withScalar(new JsonPrimitive(Quantity.share(one))))
                .ifPresent(one -> members.put("leastThroughput", one));
        fields.end();
        return new Value(value.place(), value.name(), value.scalar(), members, value.items(), value.kind());
    }

    /** What it says; the standard where it says nothing. */
    public static Probation of(JsonObject json) {
        Probation standard = Probation.STANDARD;
        JsonPrimitive seconds = json.getAsJsonPrimitive("seconds");
        JsonPrimitive failures = json.getAsJsonPrimitive("failures");
        JsonPrimitive least = json.getAsJsonPrimitive("leastThroughput");
        return new Probation(
                seconds == null ? standard.time() : Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)),
                failures == null ? standard.failures() : failures.getAsInt(),
                least == null ? standard.leastThroughput() : least.getAsDouble());
    }
}
