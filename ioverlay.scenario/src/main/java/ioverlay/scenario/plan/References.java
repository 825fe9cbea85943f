package ioverlay.scenario.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in settings as {@code ${name}}: nodes, whose addresses and ports are known when they are there. */
public final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final List<String> RELATIVE = List.of("self", "next", "previous", "first", "last", "before");

    /** Behind a group's name: one of its nodes in turn. */
    private static final String EACH = ":each";

    private final Cast cast;

    References(Cast cast) {
        this.cast = cast;
    }

    /** Settings of one of several nodes, with every reference a node's name. */
    JsonElement expand(Value value, List<String> among, int index) {
        return switch (value.kind()) {
            case OBJECT -> {
                JsonObject object = new JsonObject();
                value.members().forEach((key, member) -> object.add(key, expand(member, among, index)));
                yield object;
            }
            case LIST -> {
                JsonArray list = new JsonArray();
                for (Value item : value.items()) {
                    Matcher whole = whole(item);
                    if (whole != null) {
                        named(item, whole.group(1), among, index).forEach(node -> list.add("${" + node + "}"));
                    } else {
                        list.add(expand(item, among, index));
                    }
                }
                yield list;
            }
            case SCALAR -> value.isText() ? new JsonPrimitive(text(value, among, index)) : value.scalar();
        };
    }

    /**
     * Looks for what nobody has, wherever in a file it stands: whatever else is wrong with such a text comes from that.
     *
     * @param variables that the file declares
     */
    void check(Value file, Set<String> variables, Problems problems) {
        SequencedSet<String> names = names();
        names.addAll(variables);
        for (Map.Entry<String, Value> member : file.members().entrySet()) {
            if (!member.getKey().equals("variables")) {
                check(member.getValue(), names, problems);
            }
        }
    }

    private void check(Value value, SequencedSet<String> names, Problems problems) {
        value.members().values().forEach(member -> check(member, names, problems));
        value.items().forEach(item -> check(item, names, problems));
        if (value.isText()) {
            Matcher matcher = REFERENCE.matcher(value.scalar().getAsString());
            while (matcher.find()) {
                String name = matcher.group(1);
                if (!names.contains(name) && inTurn(name).isEmpty()) {
                    problems.addRoot(unknown(value, name, names));
                }
            }
        }
    }

    private SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>(cast.names());
        names.add(Cast.ALL);
        names.addAll(RELATIVE);
        return names;
    }

    private static Wrong unknown(Value at, String name, SequencedSet<String> names) {
        return at.mistake("a reference is a variable, a node or a group, and there is no '" + name + "'"
                + Nearest.hint(name, names));
    }

    private List<String> inTurn(String name) {
        return name.endsWith(EACH) ? cast.of(name.substring(0, name.length() - EACH.length())) : List.of();
    }

    private static @org.jspecify.annotations.Nullable Matcher whole(Value item) {
        if (!item.isText()) {
            return null;
        }
        Matcher matcher = REFERENCE.matcher(item.scalar().getAsString());
        return matcher.matches() ? matcher : null;
    }

    private String text(Value value, List<String> among, int index) {
        return replaced(value.scalar().getAsString(), name -> {
            List<String> nodes = named(value, name, among, index);
            if (nodes.size() != 1) {
                throw value.wrong("outside of a list a reference is one node, and '" + name + "' is " + nodes.size());
            }
            return "${" + nodes.getFirst() + "}";
        });
    }

    private List<String> named(Value at, String name, List<String> among, int index) {
        return cast.spent(at, of(at, name, among, index));
    }

    private List<String> of(Value at, String name, List<String> among, int index) {
        return switch (cast.has(name) ? "" : name) {
            case "self" -> List.of(among.get(index));
            case "next" -> index + 1 < among.size() ? List.of(among.get(index + 1)) : List.of();
            case "previous" -> index > 0 ? List.of(among.get(index - 1)) : List.of();
            case "first" -> List.of(among.getFirst());
            case "last" -> List.of(among.getLast());
            case "before" -> among.subList(0, index);
            default -> {
                List<String> group = inTurn(name);
                List<String> nodes = group.isEmpty() ? cast.of(name) : List.of(group.get(index % group.size()));
                if (nodes.isEmpty()) {
                    throw unknown(at, name, names());
                }
                yield nodes;
            }
        };
    }

    /** The same with each node's address and port in its place. */
    public static JsonElement resolved(JsonElement element, Map<String, String> addresses) {
        return switch (element) {
            case JsonObject object -> {
                JsonObject copy = new JsonObject();
                object.asMap().forEach((key, member) -> copy.add(key, resolved(member, addresses)));
                yield copy;
            }
            case JsonArray list -> {
                JsonArray copy = new JsonArray();
                list.forEach(item -> copy.add(resolved(item, addresses)));
                yield copy;
            }
            case JsonPrimitive primitive -> primitive.isString() ? resolved(primitive, addresses) : primitive;
            default -> element;
        };
    }

    private static JsonPrimitive resolved(JsonPrimitive text, Map<String, String> addresses) {
        return new JsonPrimitive(replaced(text.getAsString(), name -> addresses.getOrDefault(name, "${" + name + "}")));
    }

    /** The nodes that are named in there. */
    static List<String> in(JsonElement element) {
        List<String> names = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(element.toString());
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** A text with each {@code ${name}} replaced. */
    static String replaced(String text, Function<String, String> by) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found.group(1))));
    }
}
