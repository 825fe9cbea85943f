package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The values that a file declares once, and that the command line may replace. */
final class Variables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");

    private final JsonObject values = new JsonObject();
    private final Set<String> names;

    /** Reads what a file declares; {@code given} replaces by name. */
    Variables(Value file, Map<String, String> given, Problems problems) {
        Fields fields = new Fields(file, "a scenario");
        Map<String, Value> declared = fields.members("variables");
        names = Set.copyOf(declared.keySet());
        declared.forEach((name, value) -> problems.note(() -> values.add(name, declared(name, value, given))));
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                problems.add(new Wrong(
                        fields.take("variables").map(Value::place).orElse(file.place()),
                        "--set replaces a variable that the file declares, and there is no '" + name + "'"
                                + Nearest.hint(name, declared.keySet())));
            }
        }
    }

    private static JsonElement declared(String name, Value value, Map<String, String> given) {
        if (!NAME.matcher(name).matches()) {
            throw new Wrong(value.name(), "a variable's name has letters, digits and underscores, not '" + name + "'");
        }
        if (value.kind() != Value.Kind.SCALAR || value.isNull()) {
            throw value.wrong("a variable is a text, a number, true or false");
        }
        String text = given.get(name);
        if (text == null) {
            return value.scalar();
        }
        if (value.isText()) {
            return new JsonPrimitive(text);
        }
        try {
            return value.isNumber() ? new JsonPrimitive(new BigDecimal(text)) : flag(text);
        } catch (IllegalArgumentException e) {
            throw new Wrong(
                    value.place(),
                    "the variable '" + name + "' is " + (value.isNumber() ? "a number" : "true or false")
                            + ", and --set gives it '" + text + "'");
        }
    }

    private static JsonPrimitive flag(String text) {
        return switch (text) {
            case "true" -> new JsonPrimitive(true);
            case "false" -> new JsonPrimitive(false);
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** All that are declared, be it wrongly. */
    Set<String> names() {
        return names;
    }

    JsonObject values() {
        return values;
    }

    /** The value with each {@code ${variable}} replaced; what is no variable stays. */
    Value applied(Value value) {
        return value.mapped(scalar -> {
            if (!scalar.isText()) {
                return scalar;
            }
            String text = scalar.scalar().getAsString();
            var whole = WHOLE.matcher(text);
            if (whole.matches() && values.has(whole.group(1))) {
                return scalar.withScalar(values.get(whole.group(1)));
            }
            String replaced = References.replaced(
                    text, name -> values.has(name) ? values.get(name).getAsString() : "${" + name + "}");
            return replaced.equals(text) ? scalar : scalar.withScalar(new JsonPrimitive(replaced));
        });
    }
}
