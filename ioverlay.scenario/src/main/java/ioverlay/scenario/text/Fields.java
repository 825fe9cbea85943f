package ioverlay.scenario.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of an object, taken one by one. A mistake in one does not hide those in others: {@link #end} throws all of them,
 * and refuses members that nobody knows.
 */
public final class Fields {
    private final Value object;
    private final String what;
    private final SequencedSet<String> known = new LinkedHashSet<>();
    /** Members that nobody knows, and that a sentence names already. */
    private final Set<String> said = new HashSet<>();

    private final List<Wrong> wrongs = new ArrayList<>();

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

    /** Reads something; a mistake is kept for {@link #end}. */
    public <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (Wrong e) {
            wrongs.add(e);
            return Optional.empty();
        }
    }

    /** Does something; a mistake is kept for {@link #end}. */
    public void check(Runnable checking) {
        read(() -> {
            checking.run();
            return true;
        });
    }

    /** A member as something, if it is there and right. */
    public <T> Optional<T> take(String key, Function<Value, T> as) {
        return take(key).flatMap(value -> read(() -> as.apply(value)));
    }

    /** A member that must be there, as something; empty if it is missing or wrong. */
    public <T> Optional<T> need(String key, Function<Value, T> as) {
        return read(() -> as.apply(need(key)));
    }

    /** A member that must be there. */
    public Value need(String key) {
        return take(key).orElseThrow(() -> {
            Optional<String> near = Nearest.of(key, unknown());
            near.ifPresent(said::add);
            return new Wrong(
                    object.place(),
                    what + " needs '" + key + "'"
                            + near.map(one -> "; here is '" + one + "'").orElse(""));
        });
    }

    private List<String> unknown() {
        return object.members().keySet().stream()
                .filter(key -> !known.contains(key))
                .toList();
    }

    /** Text, if it is there. */
    public Optional<String> text(String key) {
        return take(key, Fields::text);
    }

    /** Text that must be there; empty if it is not, which {@link #end} says. */
    public String needText(String key) {
        return need(key, Fields::text).orElse("");
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
        return take(key, value -> {
                    if (value.scalar() instanceof JsonPrimitive primitive && primitive.isBoolean()) {
                        return primitive.getAsBoolean();
                    }
                    throw value.wrong("this is true or false");
                })
                .orElse(false);
    }

    /** A whole number within bounds, if it is there. */
    public Optional<Long> whole(String key, long least, long most) {
        return take(key, value -> Quantity.whole(value, least, most));
    }

    /** A list, empty if it is not there. */
    public List<Value> list(String key) {
        return take(key, Fields::list).orElse(List.of());
    }

    private static List<Value> list(Value value) {
        if (value.kind() != Value.Kind.LIST) {
            throw value.wrong("this is a list in brackets");
        }
        return value.items();
    }

    /** What is made of each item of a list; those that are wrong are left out. */
    public <T> List<T> each(String key, Function<Value, T> as) {
        return list(key).stream()
                .flatMap(item -> read(() -> as.apply(item)).stream())
                .toList();
    }

    /** The members of an object, none if it is not there. */
    public Map<String, Value> members(String key) {
        return take(key, value -> members(value, "'" + key + "'")).orElse(Map.of());
    }

    private static Map<String, Value> members(Value value, String what) {
        if (value.kind() != Value.Kind.OBJECT) {
            throw value.wrong(what + " is an object in braces");
        }
        return value.members();
    }

    /** Settings as JSON. */
    public static JsonObject settings(Value value) {
        members(value, "settings");
        return Quantity.ratesInSettings(value).json().getAsJsonObject();
    }

    /** Refuses what nobody has asked for, and all that was wrong before. */
    public void end() {
        for (Map.Entry<String, Value> member : object.members().entrySet()) {
            if (!known.contains(member.getKey()) && !said.contains(member.getKey())) {
                wrongs.add(new Wrong(
                        member.getValue().name(),
                        what + " has " + String.join(", ", known) + ", but no '" + shortened(member.getKey()) + "'"
                                + Nearest.of(member.getKey(), known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("")));
            }
        }
        stop();
    }

    /** Refuses what was wrong so far; for where nothing more can be told. */
    public void stop() {
        if (!wrongs.isEmpty()) {
            throw Wrong.all(wrongs);
        }
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
