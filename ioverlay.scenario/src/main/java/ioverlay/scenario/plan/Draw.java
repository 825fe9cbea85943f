package ioverlay.scenario.plan;

import com.google.gson.JsonPrimitive;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/** Values that differ among the nodes of a group: one of a list in turn, one at random, uniform between two. */
final class Draw {
    private static final List<String> KINDS = List.of("each", "choice", "uniform");

    private final long seed;

    Draw(long seed) {
        this.seed = seed;
    }

    /** The value for one of several nodes: itself, unless it is an object that says how it is drawn. */
    Value of(Value value, int index) {
        List<String> kinds = KINDS.stream().filter(value.members()::containsKey).toList();
        if (kinds.isEmpty()) {
            return value;
        }
        Fields fields = new Fields(value, "a distribution");
        List<Value> items = fields.list(kinds.getFirst());
        if (items.isEmpty()) {
            throw value.wrong("a distribution has a list of values");
        }
        // Two distributions that say the same 'draw' give the same values: a comparison needs the same network twice.
        SplittableRandom random = random(
                fields.text("draw")
                        .map(name -> "draw " + name)
                        .orElse(value.place().path()),
                index);
        fields.end();
        return switch (kinds.getFirst()) {
            case "each" -> items.get(index % items.size());
            case "choice" -> items.get(random.nextInt(items.size()));
            default -> uniform(value, items, random.nextDouble());
        };
    }

    /** A generator that depends on the seed, a place's name and an index alone. */
    SplittableRandom random(String name, int index) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode() * 31L + index);
    }

    /** An order that depends on the seed and a name. */
    Random shuffling(String name) {
        return new Random(random(name, 0).nextLong());
    }

    private static Value uniform(Value value, List<Value> items, double part) {
        if (items.size() != 2) {
            throw value.wrong("'uniform' has two values, the least and the most");
        }
        Value least = items.getFirst();
        Value most = items.getLast();
        if (least.isNumber()) {
            double low = Quantity.plain(least);
            return least.withScalar(new JsonPrimitive(low + part * (Quantity.plain(most) - low)));
        }
        String text = least.isText() ? least.scalar().getAsString() : "";
        if (Quantity.rate(text).isPresent()) {
            double low = Quantity.rate(least);
            return least.withScalar(new JsonPrimitive(
                    "%d B/s".formatted(Math.round(low + part * (Quantity.rate(most) - low)))));
        }
        double low = Quantity.time(least).toNanos() / 1e6;
        double high = Quantity.time(most).toNanos() / 1e6;
        return least.withScalar(new JsonPrimitive(String.format(Locale.ROOT, "%.3f ms", low + part * (high - low))));
    }
}
