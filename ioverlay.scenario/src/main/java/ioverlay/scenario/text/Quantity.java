package ioverlay.scenario.text;

import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units. What has a unit is written with it; a plain number is refused. */
public final class Quantity {
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z%/µ]+)");
    private static final Map<String, Double> PREFIX = Map.of("", 1.0, "k", 1e3, "K", 1e3, "M", 1e6, "G", 1e9);
    private static final Map<String, Double> TIMES =
            Map.of("us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0);
    private static final Map<String, Double> SIZES = Map.of(
            "B",
            1.0,
            "KB",
            1e3,
            "MB",
            1e6,
            "GB",
            1e9,
            "KiB",
            1024.0,
            "MiB",
            1024.0 * 1024,
            "GiB",
            1024.0 * 1024 * 1024);
    private static final String RATE_RULE =
            "a rate is written with its unit: \"200 KB/s\", \"1.5 MBps\" or \"800 kbit/s\"";

    private static final double MOST_RATE = 1e12;
    private static final double MOST_SECONDS = 86_400;

    private Quantity() {}

    /** Bytes per second. */
    public static double rate(Value value) {
        double rate = value.isText()
                ? rate(value.scalar().getAsString()).orElseThrow(() -> value.wrong(RATE_RULE))
                : refused(value, RATE_RULE);
        if (rate > MOST_RATE) {
            throw value.wrong("a rate is at most 10^12 bytes per second");
        }
        return rate;
    }

    /** Bytes per second; empty for {@code off} and null. */
    public static Optional<Long> cap(Value value) {
        if (value.isNull() || (value.isText() && value.scalar().getAsString().equals("off"))) {
            return Optional.empty();
        }
        return Optional.of(Math.round(rate(value)));
    }

    /** A text that is a rate, in bytes per second. */
    public static Optional<Double> rate(String text) {
        Matcher matcher = WITH_UNIT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        boolean bits = unit.endsWith("bit/s");
        String ending = bits ? "bit/s" : unit.endsWith("B/s") ? "B/s" : unit.endsWith("Bps") ? "Bps" : null;
        if (ending == null) {
            return Optional.empty();
        }
        Double prefix = PREFIX.get(unit.substring(0, unit.length() - ending.length()));
        return Optional.ofNullable(prefix)
                .map(factor -> Double.parseDouble(matcher.group(1)) * factor / (bits ? 8 : 1));
    }

    /** A time. */
    public static Duration time(Value value) {
        String rule = "a time is written with its unit: \"20 ms\", \"1.5 s\" or \"2 min\"";
        double seconds = value.isText() ? number(value, TIMES, rule) : refused(value, rule);
        if (seconds > MOST_SECONDS) {
            throw value.wrong("a time is at most " + (long) MOST_SECONDS + " s");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Seconds of the time line: a plain number, or a time. */
    public static double seconds(Value value) {
        double seconds = value.isNumber()
                ? value.scalar().getAsDouble()
                : number(value, TIMES, "this is seconds, or a time as \"500 ms\"");
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw value.wrong("a moment of the time line is 0 to 86400 s");
        }
        return seconds;
    }

    /** A number of bytes: plain, or with its unit. */
    public static int bytes(Value value) {
        double bytes = value.isNumber()
                ? value.scalar().getAsDouble()
                : number(value, SIZES, "a size is bytes, or as \"64 KiB\" or \"1 MB\"");
        if (bytes != Math.rint(bytes) || bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw value.wrong("a size is whole bytes");
        }
        return (int) bytes;
    }

    /** A part: 0 to 1, or per cent. */
    public static double share(Value value) {
        double share = value.isNumber()
                ? value.scalar().getAsDouble()
                : number(value, Map.of("%", 0.01), "a part is 0 to 1, or as \"30 %\"");
        if (share < 0 || share > 1) {
            throw value.wrong("a part is 0 to 1, or 0 % to 100 %");
        }
        return share;
    }

    /** A whole number within bounds. */
    public static long whole(Value value, long least, long most) {
        String rule = "this is a whole number from " + least + " to " + most;
        if (!value.isNumber()) {
            throw value.wrong(rule);
        }
        try {
            long number = new BigDecimal(value.scalar().getAsString()).longValueExact();
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ArithmeticException e) {
            throw value.wrong(rule);
        }
        throw value.wrong(rule);
    }

    /** A plain number. */
    public static double plain(Value value) {
        if (!value.isNumber()) {
            throw value.wrong("this is a number");
        }
        double number = value.scalar().getAsDouble();
        if (Math.abs(number) > 1e18) {
            throw value.wrong("a number is at most 10^18");
        }
        return number;
    }

    /** Settings in which a text that is a rate, under a name that ends with {@code PerSecond}, is a number. */
    public static Value ratesInSettings(Value value) {
        if (value.kind() != Value.Kind.OBJECT) {
            return value;
        }
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        value.members().forEach((key, member) -> {
            boolean rate = key.toLowerCase(Locale.ROOT).endsWith("persecond") && member.isText();
            members.put(
                    key,
                    rate ? member.withScalar(new JsonPrimitive(Math.round(rate(member)))) : ratesInSettings(member));
        });
        return new Value(value.place(), value.name(), value.scalar(), members, value.items(), value.kind());
    }

    private static double number(Value value, Map<String, Double> units, String rule) {
        if (value.isText()) {
            Matcher matcher = WITH_UNIT.matcher(value.scalar().getAsString().strip());
            if (matcher.matches() && units.containsKey(matcher.group(2))) {
                return Double.parseDouble(matcher.group(1)) * units.getOrDefault(matcher.group(2), 0.0);
            }
        }
        throw value.wrong(rule);
    }

    private static double refused(Value value, String rule) {
        throw value.wrong(rule);
    }
}
