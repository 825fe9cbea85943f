package ioverlay.scenario.plan;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Probation;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.time.Duration;

/** A probation as {@code {"seconds":x,"failures":n,"leastThroughput":x}}. */
public final class Probations {
    private Probations() {}

    static Value checked(Value value) {
        Fields fields = new Fields(value, "a probation");
        fields.take("seconds").ifPresent(Quantity::seconds);
        fields.whole("failures", 1, 1_000_000);
        fields.take("leastThroughput").ifPresent(Quantity::share);
        fields.end();
        return value;
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
