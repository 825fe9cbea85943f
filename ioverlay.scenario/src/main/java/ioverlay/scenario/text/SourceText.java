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
import java.util.Collections;
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

    /** Of the path to a value, in characters: the reader makes it anew for each of them. */
    private static final int LONGEST_WAY = 2000;

    /** Of a path as it is kept for each value; more of it is never shown. */
    private static final int LONGEST_PATH = 250;

    private static final int MOST_ITEMS = 10_000;

    /** In all lists and objects together: a file of the largest size could have millions of them. */
    private static final int MOST_VALUES = 250_000;

    /** What is neither object nor list has no members; one for all of them. */
    private static final SequencedMap<String, Value> NONE = Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

    private final List<String> lines;
    private final JsonReader reader;
    private int values;
    private int way;

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
        if (++values > MOST_VALUES) {
            throw new Wrong(place, "a scenario file has at most " + MOST_VALUES + " values, and here are more");
        }
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
            way += key.length() + 1;
            if (way > LONGEST_WAY) {
                throw new Wrong(
                        at,
                        "the names on the way to a value have at most " + LONGEST_WAY
                                + " characters, and here are more");
            }
            String inner = longer(path, "." + key);
            Place named = new Place(at.line(), at.column(), inner);
            if (members.putIfAbsent(key, value(inner, named)) != null) {
                throw new Wrong(named, "an object has each name once, but '" + key + "' twice");
            }
            way -= key.length() + 1;
        }
        reader.endObject();
        return new Value(place, name, JsonNull.INSTANCE, members, List.of(), Value.Kind.OBJECT);
    }

    private Value list(String path, Place place, Place name) throws IOException {
        List<Value> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            if (items.size() == MOST_ITEMS) {
                throw tooLong(place);
            }
            items.add(value(longer(path, "[" + items.size() + "]"), name));
        }
        reader.endArray();
        return new Value(place, name, JsonNull.INSTANCE, NONE, List.copyOf(items), Value.Kind.LIST);
    }

    /** Counts what nobody keeps. */
    private Wrong tooLong(Place place) throws IOException {
        int items = MOST_ITEMS;
        while (reader.hasNext()) {
            reader.skipValue();
            items++;
        }
        return new Wrong(place, "a list has at most " + MOST_ITEMS + " items, not " + items);
    }

    private static String longer(String path, String by) {
        return path.length() > LONGEST_PATH ? path : path + by;
    }

    private static Value scalar(Place place, Place name, JsonElement json) {
        return new Value(place, name, json, NONE, List.of(), Value.Kind.SCALAR);
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
