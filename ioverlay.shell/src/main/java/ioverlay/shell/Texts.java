package ioverlay.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import ioverlay.api.container.SlotSpec;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a person has written. Everything that is wrong gives the rule and the value. */
final class Texts {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(\\.[A-Za-z0-9_-]+)?");
    private static final Pattern SLOT = Pattern.compile("([0-9]+)=([^@]+)(?:@(.+))?");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*([kKMG]?)(?:B(?:/s)?)?");
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s*(ms|s)");
    private static final Pattern PART = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,12})?");
    private static final Map<String, Long> UNIT_BYTES = Map.of("K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);
    private static final Map<String, Long> UNIT_MILLIS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
    private static final int DECIMAL = 10;

    private Texts() {}

    /** A time with its unit: 500ms, 5s, 1m, 1h. */
    static Duration span(String text) {
        Matcher parts = SPAN.matcher(text);
        if (!parts.matches()) {
            throw new Failed("a time is a whole number and ms, s, m or h, as 5s, not '" + text + "'");
        }
        return Duration.ofMillis(Long.parseLong(parts.group(1)) * UNIT_MILLIS.getOrDefault(parts.group(2), 1L));
    }

    /** A rate, {@code 400K} or {@code 1.5 MB/s}, in bytes per second; null for {@code off}. */
    static JsonElement rate(String text) {
        if (text.equalsIgnoreCase("off")) {
            return JsonNull.INSTANCE;
        }
        Matcher parts = RATE.matcher(text);
        if (!parts.matches()) {
            throw new Failed("a rate is bytes per second, as 250000, 400K or 1.5M, or off, not '" + text + "'");
        }
        BigDecimal unit =
                BigDecimal.valueOf(UNIT_BYTES.getOrDefault(parts.group(2).toUpperCase(Locale.ROOT), 1L));
        return new JsonPrimitive(new BigDecimal(parts.group(1)).multiply(unit));
    }

    /** A short time with its unit, {@code 20ms} or {@code 0.5ms}, in milliseconds. */
    static JsonElement millis(String text) {
        Matcher parts = SHORT.matcher(text);
        if (!parts.matches()) {
            throw new Failed("a short time is a number and ms or s, as 20ms or 0.5ms, not '" + text + "'");
        }
        BigDecimal unit = BigDecimal.valueOf(UNIT_MILLIS.getOrDefault(parts.group(2), 1L));
        return new JsonPrimitive(new BigDecimal(parts.group(1)).multiply(unit));
    }

    /** A part of a whole, as {@code 0.01}. */
    static JsonElement part(String text) {
        if (!PART.matcher(text).matches()) {
            throw new Failed("a part is a number from 0 to 1, as 0.01, not '" + text + "'");
        }
        return new JsonPrimitive(new BigDecimal(text));
    }

    /** A version range as OSGi has it; a whole version, {@code 1.1.0}, is that version alone. */
    static String versions(String text) {
        return WHOLE.matcher(text).matches() ? "[" + text + "," + text + "]" : text;
    }

    /** An application's id. */
    static int application(String text, int least) {
        try {
            int application = Integer.parseUnsignedInt(text, DECIMAL);
            if (Integer.compareUnsigned(application, least) >= 0) {
                return application;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Failed("an application's id is " + least + " to 4294967295, not '" + text + "'");
    }

    /** A JSON object. */
    static JsonObject settings(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement read = JsonParser.parseReader(reader);
            if (read.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return read.getAsJsonObject();
            }
        } catch (JsonParseException | IOException | IllegalStateException e) {
            throw new Failed("settings are a JSON object, not '" + text + "'", e);
        }
        throw new Failed("settings are a JSON object, not '" + text + "'");
    }

    /** A slot, {@code APP=ALGORITHM} or {@code APP=ALGORITHM@VERSIONS}. */
    static Map.Entry<Integer, SlotSpec> slot(String text) {
        Matcher parts = SLOT.matcher(text);
        if (!parts.matches()) {
            throw new Failed("a slot is APP=ALGORITHM or APP=ALGORITHM@VERSIONS, as 0=relay@1.0, not '" + text + "'");
        }
        SlotSpec slot = SlotSpec.of(parts.group(2));
        String versions = parts.group(3);
        return Map.entry(
                application(parts.group(1), 0), versions == null ? slot : slot.withVersions(versions(versions)));
    }
}
