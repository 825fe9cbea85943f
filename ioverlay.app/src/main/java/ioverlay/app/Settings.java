package ioverlay.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application's settings, checked as they are read.
 *
 * <p>Every failure is an {@link IllegalArgumentException} whose text gives the rule and the value.
 */
public final class Settings {
    private final String application;
    private final JsonObject json;

    private Settings(String application, JsonObject json) {
        this.application = application;
        this.json = json;
    }

    /** Settings of which all are known. */
    public static Settings of(String application, JsonObject json, String... known) {
        Settings settings = new Settings(application, json);
        String all = known.length == 0 ? "there are no settings" : "the settings are " + String.join(", ", known);
        for (String name : json.keySet()) {
            settings.require(Set.of(known).contains(name), all, name);
        }
        return settings;
    }

    /** A whole number. */
    public long number(String name, long least, long most, long otherwise) {
        return number(name, least, most).orElse(otherwise);
    }

    /** A whole number that may be left out. */
    public Optional<Long> number(String name, long least, long most) {
        JsonElement value = json.get(name);
        if (value == null) {
            return Optional.empty();
        }
        long number = whole(value).orElse(Long.MIN_VALUE);
        require(number >= least && number <= most, name + " is a whole number, " + least + " to " + most, value);
        return Optional.of(number);
    }

    private static Optional<Long> whole(JsonElement value) {
        if (!(value instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(primitive.getAsString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty(); // a fraction, or beyond a long: the caller's range says so
        }
    }

    /** True or false. */
    public boolean flag(String name, boolean otherwise) {
        JsonElement value = json.get(name);
        if (value == null) {
            return otherwise;
        }
        require(value instanceof JsonPrimitive flag && flag.isBoolean(), name + " is true or false", value);
        return value.getAsBoolean();
    }

    /** A text that is not empty and may be left out. */
    public Optional<String> text(String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            return Optional.empty();
        }
        boolean isText = value instanceof JsonPrimitive text && text.isString();
        require(isText && !value.getAsString().isEmpty(), name + " is a text and not empty", value);
        return Optional.of(value.getAsString());
    }

    /** One of a few words. */
    public String word(String name, List<String> words, String otherwise) {
        String word = text(name).orElse(otherwise);
        require(words.contains(word), name + " is one of " + String.join(", ", words), word);
        return word;
    }

    private void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(application + ": " + rule + ", not " + value);
        }
    }
}
