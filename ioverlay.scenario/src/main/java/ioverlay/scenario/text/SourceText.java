package ioverlay.scenario.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON with comments, as Gson's lenient mode has it, and keeps where each value stands. */
public final class SourceText {
    /** What a reader says of its position; a test holds it. */
    private static final Pattern POSITION = Pattern.compile("at line (\\d+) column (\\d+)");

    private static final int LONGEST_NAME = 200;

    private final List<String> lines;
    private final JsonReader reader;

    private SourceText(String text) {
        lines = text.lines().toList();
        reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LENIENT);
    }

    /**
     * Reads a text as a whole.
     *
     * @throws Wrong with the place, if it is no JSON even so, or an object has a name twice
     */
    public static Value read(String text) {
        SourceText source = new SourceText(text);
        try {
            Value value = source.value("$", Place.START);
            if (source.reader.peek() != JsonToken.END_DOCUMENT) {
                throw new Wrong(source.here("$"), "a scenario file ends after its object, and here is more");
            }
            return value;
        } catch (MalformedJsonException e) {
            throw source.broken(Objects.requireNonNullElse(e.getMessage(), ""));
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw source.broken("the file ends in the middle of something: " + e.getMessage());
        }
    }

    private Wrong broken(String message) {
        Place place = here("$");
        Matcher position = POSITION.matcher(message);
        int end = position.find() ? position.start() : message.length();
        String what =
                message.substring(0, end).replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept", "");
        String path = reader.getPath();
        return new Wrong(
                new Place(place.line(), place.column(), path),
                "this is no JSON: " + what.lines().findFirst().orElse("").strip());
    }

    private Value value(String path, Place name) throws IOException {
        JsonToken token = reader.peek();
        Place place = here(path);
        return switch (token) {
            case BEGIN_OBJECT -> object(path, place, name);
            case BEGIN_ARRAY -> list(path, place, name);
            case STRING -> scalar(place, name, new JsonPrimitive(reader.nextString()));
            case NUMBER -> scalar(place, name, number(place));
            case BOOLEAN -> scalar(place, name, new JsonPrimitive(reader.nextBoolean()));
            case NULL -> {
                reader.nextNull();
                yield scalar(place, name, JsonNull.INSTANCE);
            }
            default -> throw new Wrong(place, "a value is missing here");
        };
    }

    private JsonPrimitive number(Place place) throws IOException {
        String text = reader.nextString();
        try {
            if (text.length() <= 40) {
                return new JsonPrimitive(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            throw new Wrong(place, "a number is written as 12 or 0.5, not '" + text + "'");
        }
        throw new Wrong(place, "a number has at most 40 characters, not " + text.length());
    }

    private Value object(String path, Place place, Place name) throws IOException {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            Place at = here(path);
            String key = reader.nextName();
            if (key.length() > LONGEST_NAME) {
                throw new Wrong(at, "a name has at most " + LONGEST_NAME + " characters, not " + key.length());
            }
            String inner = path + "." + key;
            Place named = new Place(at.line(), at.column(), inner);
            if (members.putIfAbsent(key, value(inner, named)) != null) {
                throw new Wrong(named, "an object has each name once, but '" + key + "' twice");
            }
        }
        reader.endObject();
        return new Value(place, name, JsonNull.INSTANCE, members, List.of(), Value.Kind.OBJECT);
    }

    private Value list(String path, Place place, Place name) throws IOException {
        List<Value> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            String inner = path + "[" + items.size() + "]";
            items.add(value(inner, name));
        }
        reader.endArray();
        return new Value(place, name, JsonNull.INSTANCE, new LinkedHashMap<>(), List.copyOf(items), Value.Kind.LIST);
    }

    private static Value scalar(Place place, Place name, JsonElement json) {
        return new Value(place, name, json, new LinkedHashMap<>(), List.of(), Value.Kind.SCALAR);
    }

    /** Where the reader stands: at the first character of what it has peeked at. */
    private Place here(String path) {
        Matcher position = POSITION.matcher(reader.toString());
        if (!position.find()) {
            return new Place(1, 1, path);
        }
        int line = Integer.parseInt(position.group(1));
        int column = Integer.parseInt(position.group(2));
        String text = line <= lines.size() ? lines.get(line - 1) : "";
        return new Place(line, begin(text, column), path);
    }

    /** What was peeked at may have been passed: a quotation mark, a bracket, the digits of a number. */
    private static int begin(String text, int column) {
        int at = Math.min(column - 1, text.length());
        if (at > 0 && "\"'{[".indexOf(text.charAt(at - 1)) >= 0) {
            return at;
        }
        while (at > 0 && "0123456789-".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at + 1;
    }
}
