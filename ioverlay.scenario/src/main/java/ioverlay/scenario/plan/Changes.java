package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** A change of the emulated network, as {@code docs/emulation.md} has it, with rates that have units and nodes by name. */
final class Changes {
    private Changes() {}

    /** The same with rates in bytes per second, and neighbours as references. */
    static Value withRates(Value value, UnaryOperator<Value> node) {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        for (Map.Entry<String, Value> member : value.members().entrySet()) {
            Value one = member.getValue();
            members.put(
                    member.getKey(),
                    switch (member.getKey()) {
                        case "total", "in", "out" -> rate(one);
                        case "bytesPerSecond" -> one.isText() ? rate(one) : one;
                        case "to", "from" -> node.apply(one);
                        case "links" ->
                            one.kind() == Value.Kind.LIST
                                    ? list(
                                            one,
                                            one.items().stream()
                                                    .map(link -> withRates(link, node))
                                                    .toList())
                                    : one;
                        default -> one;
                    });
        }
        return new Value(value.place(), value.name(), value.scalar(), members, value.items(), value.kind());
    }

    private static Value list(Value value, List<Value> items) {
        return new Value(value.place(), value.name(), value.scalar(), value.members(), items, value.kind());
    }

    private static Value rate(Value value) {
        return value.withScalar(
                Quantity.cap(value).<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
    }
}
