package ioverlay.api.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Reads what an emulation is to become. Every value that is wrong gives the rule and the value. */
final class EmulationChange {
    private static final String TOTAL = "total";
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String METERING = "meteringMillis";
    private static final String SEED = "seed";
    private static final String LINKS = "links";
    private static final String TO = "to";
    private static final String FROM = "from";
    private static final String RATE = "bytesPerSecond";
    private static final String LATENCY = "latencyMillis";
    private static final String JITTER = "jitterMillis";
    private static final String LOSS = "loss";

    private static final List<String> OF_NODE = List.of(TOTAL, IN, OUT, METERING, SEED, LINKS);
    private static final List<String> OF_LINK = List.of(TO, FROM, RATE, LATENCY, JITTER, LOSS);

    /** Longer texts are not numbers, and are not shown whole. */
    private static final int MOST_DIGITS = 60;

    private record Link(Way way, NodeId peer) {}

    private final Emulation before;
    private final BiPredicate<Way, NodeId> exists;

    /**
     * Begins.
     *
     * @param exists whether a link that was not emulated before may be
     */
    EmulationChange(Emulation before, BiPredicate<Way, NodeId> exists) {
        this.before = before;
        this.exists = exists;
    }

    Emulation apply(JsonObject change) {
        requireKnown(change, OF_NODE, "an emulation");
        return new Emulation(
                rate(change, TOTAL, "a node's total", before.total()),
                rate(change, IN, "a node's in", before.in()),
                rate(change, OUT, "a node's out", before.out()),
                (int) whole(
                        change,
                        METERING,
                        Emulation.METERING_RULE,
                        new Range(1, Emulation.MOST_METERING_MILLIS),
                        Emulation.DEFAULT_METERING_MILLIS,
                        before.meteringMillis()),
                whole(
                        change,
                        SEED,
                        "a seed is a whole number of 64 bits",
                        new Range(Long.MIN_VALUE, Long.MAX_VALUE),
                        0,
                        before.seed()),
                links(change));
    }

    private static void requireKnown(JsonObject object, List<String> known, String what) {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw new RefusedException(
                        what + " has " + String.join(", ", known) + ", but no '" + shortened(key) + "'");
            }
        }
    }

    private List<LinkEmulation> links(JsonObject change) {
        if (!change.has(LINKS)) {
            return before.links();
        }
        JsonElement given = change.get(LINKS);
        if (given.isJsonNull()) {
            return List.of();
        }
        if (!(given instanceof JsonArray array)) {
            throw refused("an emulation's links are a list", given);
        }
        Map<Link, LinkEmulation> links = new LinkedHashMap<>();
        before.links().forEach(link -> links.put(new Link(link.way(), link.peer()), link));
        Set<Link> named = new HashSet<>();
        for (JsonElement one : array) {
            if (!(one instanceof JsonObject entry)) {
                throw refused("each of an emulation's links is an object", one);
            }
            Link link = link(entry);
            if (!named.add(link)) {
                throw new RefusedException(Emulation.twice(link.way(), link.peer()));
            }
            links.put(link, changed(entry, link, links.get(link)));
        }
        return List.copyOf(links.values());
    }

    private static Link link(JsonObject entry) {
        requireKnown(entry, OF_LINK, "a link of an emulation");
        if (entry.has(TO) == entry.has(FROM)) {
            throw refused("a link of an emulation is either 'to' or 'from' a neighbour", entry);
        }
        Way way = entry.has(TO) ? Way.TO : Way.FROM;
        JsonElement peer = entry.get(way == Way.TO ? TO : FROM);
        if (!(peer instanceof JsonPrimitive text)
                || !text.isString()
                || text.getAsString().length() > MOST_DIGITS) {
            throw refused("a link's neighbour is a node as \"127.0.0.1:7000\"", peer);
        }
        try {
            return new Link(way, NodeId.parse(text.getAsString()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    private LinkEmulation changed(JsonObject entry, Link link, @Nullable LinkEmulation known) {
        if (known == null && !exists.test(link.way(), link.peer())) {
            throw new RefusedException("there is no link " + (link.way() == Way.TO ? "to " : "from ") + link.peer()
                    + " to emulate: a live change names links that are there, or are emulated already");
        }
        LinkEmulation was = known == null ? LinkEmulation.plain(link.way(), link.peer()) : known;
        long latency = micros(entry, LATENCY, LinkEmulation.LATENCY_RULE, was.latencyMicros());
        boolean without = entry.has(LATENCY) && latency == 0; // then there is no jitter either
        return new LinkEmulation(
                link.way(),
                link.peer(),
                rate(entry, RATE, "a link's cap", was.bytesPerSecond()),
                latency,
                micros(entry, JITTER, LinkEmulation.JITTER_RULE, without ? 0 : was.jitterMicros()),
                loss(entry, was.loss()));
    }

    private static OptionalLong rate(JsonObject object, String key, String whose, OptionalLong otherwise) {
        if (!object.has(key)) {
            return otherwise;
        }
        if (object.get(key).isJsonNull()) {
            return OptionalLong.empty();
        }
        Range range = new Range(LinkEmulation.LEAST_RATE, LinkEmulation.MOST_RATE);
        return OptionalLong.of(whole(object, key, LinkEmulation.rateRule(whose), range, 0, 0));
    }

    private record Range(long least, long most) {
        boolean contains(long value) {
            return value >= least && value <= most;
        }
    }

    private static long whole(JsonObject object, String key, String rule, Range range, long none, long otherwise) {
        if (!object.has(key)) {
            return otherwise;
        }
        JsonElement given = object.get(key);
        if (given.isJsonNull()) {
            return none;
        }
        try {
            long value = new BigDecimal(number(given, rule)).longValueExact();
            if (range.contains(value)) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new RefusedException(sentence(rule, given), e);
        }
        throw refused(rule, given);
    }

    private static long micros(JsonObject object, String key, String rule, long otherwise) {
        if (!object.has(key)) {
            return otherwise;
        }
        double millis = decimal(object.get(key), rule);
        if (!(millis >= 0 && millis <= LinkEmulation.MOST_LATENCY_MICROS / 1000.0)) {
            throw refused(rule, object.get(key));
        }
        return Math.round(millis * 1000);
    }

    private static double loss(JsonObject object, double otherwise) {
        if (!object.has(LOSS)) {
            return otherwise;
        }
        double loss = decimal(object.get(LOSS), LinkEmulation.LOSS_RULE);
        if (!(loss >= 0 && loss <= 1)) {
            throw refused(LinkEmulation.LOSS_RULE, object.get(LOSS));
        }
        return loss;
    }

    private static double decimal(JsonElement given, String rule) {
        if (given.isJsonNull()) {
            return 0;
        }
        try {
            return Double.parseDouble(number(given, rule));
        } catch (NumberFormatException e) {
            throw new RefusedException(sentence(rule, given), e);
        }
    }

    private static String number(JsonElement given, String rule) {
        if (given instanceof JsonPrimitive number && number.isNumber()) {
            String text = number.getAsString();
            if (text.length() <= MOST_DIGITS) {
                return text;
            }
        }
        throw refused(rule, given);
    }

    private static RefusedException refused(String rule, JsonElement given) {
        return new RefusedException(sentence(rule, given));
    }

    private static String sentence(String rule, JsonElement given) {
        String text = given instanceof JsonPrimitive one ? one.getAsString() : given.toString();
        return rule + ", not '" + shortened(text) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= MOST_DIGITS ? text : text.substring(0, MOST_DIGITS) + "…";
    }

    static JsonObject json(Emulation emulation) {
        JsonObject json = new JsonObject();
        json.add(TOTAL, json(emulation.total()));
        json.add(IN, json(emulation.in()));
        json.add(OUT, json(emulation.out()));
        json.addProperty(METERING, emulation.meteringMillis());
        json.addProperty(SEED, emulation.seed());
        JsonArray links = new JsonArray();
        emulation.links().forEach(link -> links.add(json(link)));
        json.add(LINKS, links);
        return json;
    }

    private static JsonObject json(LinkEmulation link) {
        JsonObject json = new JsonObject();
        json.addProperty(link.way() == Way.TO ? TO : FROM, link.peer().toString());
        json.add(RATE, json(link.bytesPerSecond()));
        if (link.way() == Way.TO) {
            json.addProperty(LATENCY, millis(link.latencyMicros()));
            json.addProperty(JITTER, millis(link.jitterMicros()));
            json.addProperty(LOSS, link.loss());
        }
        return json;
    }

    private static JsonElement json(OptionalLong rate) {
        return rate.isPresent() ? new JsonPrimitive(rate.getAsLong()) : JsonNull.INSTANCE;
    }

    private static Number millis(long micros) {
        return micros % 1000 == 0 ? (Number) (micros / 1000) : (Number) (micros / 1000.0);
    }
}
