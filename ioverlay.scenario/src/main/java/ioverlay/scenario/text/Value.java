package ioverlay.scenario.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/**
 * A value of a file, with its place.
 *
 * @param place where it stands
 * @param name where its name stands, if it is a member of an object
 * @param scalar what it is, if it is neither list nor object
 * @param members of an object
 * @param items of a list
 * @param kind which of them it is
 */
public record Value(
        Place place,
        Place name,
        JsonElement scalar,
        SequencedMap<String, Value> members,
        List<Value> items,
        Kind kind) {
    /** What a value can be. */
    public enum Kind {
        /** With members. */
        OBJECT,
        /** With items. */
        LIST,
        /** Text, number, truth value or null. */
        SCALAR
    }

    /** As JSON, without places. */
    public JsonElement json() {
        return switch (kind) {
            case SCALAR -> scalar;
            case LIST -> {
                JsonArray list = new JsonArray();
                items.forEach(item -> list.add(item.json()));
                yield list;
            }
            case OBJECT -> {
                JsonObject object = new JsonObject();
                members.forEach((key, value) -> object.add(key, value.json()));
                yield object;
            }
        };
    }

    /** The same with each scalar replaced. */
    public Value mapped(UnaryOperator<Value> change) {
        return switch (kind) {
            case SCALAR -> change.apply(this);
            case LIST ->
                new Value(
                        place,
                        name,
                        scalar,
                        members,
                        items.stream().map(item -> item.mapped(change)).toList(),
                        kind);
            case OBJECT -> {
                SequencedMap<String, Value> changed = new LinkedHashMap<>();
                for (Map.Entry<String, Value> member : members.entrySet()) {
                    changed.put(member.getKey(), member.getValue().mapped(change));
                }
                yield new Value(place, name, scalar, changed, items, kind);
            }
        };
    }

    /** The same scalar with another value. */
    public Value withScalar(JsonElement other) {
        return new Value(place, name, other, members, items, Kind.SCALAR);
    }

    public boolean isText() {
        return scalar instanceof JsonPrimitive primitive && primitive.isString();
    }

    public boolean isNumber() {
        return scalar instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    public boolean isNull() {
        return kind == Kind.SCALAR && scalar.isJsonNull();
    }

    /** As it is said in a sentence. */
    public String shown() {
        String text = isText()
                ? scalar.getAsString()
                : kind == Kind.LIST && items.size() > 10
                        ? "a list of " + items.size()
                        : kind == Kind.OBJECT && members.size() > 10
                                ? "an object with " + members.size() + " members"
                                : json().toString();
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }

    /** A mistake here, as a sentence that names the value itself. */
    public Wrong mistake(String sentence) {
        return new Wrong(place, sentence);
    }

    /** A mistake here: the rule, and what stands here instead. */
    public Wrong wrong(String rule) {
        return new Wrong(place, rule + ", not " + shown());
    }
}
