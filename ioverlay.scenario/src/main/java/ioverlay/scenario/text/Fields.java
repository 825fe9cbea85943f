package ioverlay.scenario.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** The members of an object, taken one by one; {@link #end} refuses those that nobody knows. */
public final class Fields {
    private final Value object;
    private final String what;
    private final SequencedSet<String> known = new LinkedHashSet<>();

    /**
     * Of an object.
     *
     * @param what it is, as {@code a node}
     * @throws Wrong if it is none
     */
    public Fields(Value object, String what) {
        if (object.kind() != Value.Kind.OBJECT) {
            throw object.wrong(what + " is an object in braces");
        }
        this.object = object;
        this.what = what;
    }

    /** Where the object stands. */
    public Place place() {
        return object.place();
    }

    /** A member, if it is there. */
    public Optional<Value> take(String key) {
        known.add(key);
        return Optional.ofNullable(object.members().get(key));
    }

    /** A member that must be there. */
    public Value need(String key) {
        return take(key)
                .orElseThrow(() -> new Wrong(
                        object.place(),
                        what + " needs '" + key + "'"
                                + Nearest.of(key, object.members().keySet())
                                        .map(near -> "; here is '" + near + "'")
                                        .orElse("")));
    }

    /** Text, if it is there. */
    public Optional<String> text(String key) {
        return take(key).map(Fields::text);
    }

    /** Text that must be there. */
    public String needText(String key) {
        return text(need(key));
    }

    /** A value as text. */
    public static String text(Value value) {
        if (!value.isText()) {
            throw value.wrong("this is text in quotation marks");
        }
        return value.scalar().getAsString();
    }

    /** A truth value. */
    public boolean flag(String key) {
        Optional<Value> value = take(key);
        if (value.isEmpty()) {
            return false;
        }
        if (value.get().scalar() instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw value.get().wrong("this is true or false");
    }

    /** A whole number within bounds, if it is there. */
    public Optional<Long> whole(String key, long least, long most) {
        return take(key).map(value -> Quantity.whole(value, least, most));
    }

    /** A list, empty if it is not there. */
    public List<Value> list(String key) {
        return take(key).map(Fields::list).orElse(List.of());
    }

    private static List<Value> list(Value value) {
        if (value.kind() != Value.Kind.LIST) {
            throw value.wrong("this is a list in brackets");
        }
        return value.items();
    }

    /** The members of an object, none if it is not there. */
    public Map<String, Value> members(String key) {
        return take(key).map(value -> members(value, "'" + key + "'")).orElse(Map.of());
    }

    private static Map<String, Value> members(Value value, String what) {
        if (value.kind() != Value.Kind.OBJECT) {
            throw value.wrong(what + " is an object in braces");
        }
        return value.members();
    }

    /** Settings as JSON, none if they are not there; texts that are rates are numbers then. */
    public JsonObject settings(String key) {
        return take(key).map(Fields::settings).orElseGet(JsonObject::new);
    }

    /** Settings as JSON. */
    public static JsonObject settings(Value value) {
        members(value, "settings");
        return Quantity.ratesInSettings(value).json().getAsJsonObject();
    }

    /** Refuses what nobody has asked for. */
    public void end() {
        for (Map.Entry<String, Value> member : object.members().entrySet()) {
            if (!known.contains(member.getKey())) {
                throw new Wrong(
                        member.getValue().name(),
                        what + " has " + String.join(", ", known) + ", but no '" + member.getKey() + "'"
                                + Nearest.of(member.getKey(), known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""));
            }
        }
    }
}
