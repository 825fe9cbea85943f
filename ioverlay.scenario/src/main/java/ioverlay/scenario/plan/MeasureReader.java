package ioverlay.scenario.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Bound.Kind;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads measurements, what is expected of them, assertions and figures. */
final class MeasureReader {
    private static final int LONGEST_UNIT = 40;

    /** Units that numbers are written with in a file. */
    private static final Set<String> QUANTITIES = Set.of("B/s", "B", "s");

    private static final List<String> BOUNDS = List.of("expected", "atMost", "atLeast");

    private final Cast cast;
    private final Applications applications;
    private final Map<String, Double> marks;
    private final double seconds;

    /**
     * Reads with what is known.
     *
     * @param marks in the order of the time line, with the earliest moment that each can be
     * @param seconds how long the scenario takes
     */
    MeasureReader(Cast cast, Applications applications, Map<String, Double> marks, double seconds) {
        this.cast = cast;
        this.applications = applications;
        this.marks = marks;
        this.seconds = seconds;
    }

    /** One that must hold. */
    Assertion assertion(Value value) {
        Fields fields = new Fields(value, "an assertion");
        String name = fields.needText("name");
        Measure measure = measure(fields);
        Bound bound = bound(fields, measure);
        String note = fields.text("note").orElse("");
        fields.end();
        return new Assertion(name, measure, Optional.of(bound), note);
    }

    /** One that is only reported. */
    Assertion figure(Value value) {
        Fields fields = new Fields(value, "a figure");
        String name = fields.needText("name");
        Measure measure = measure(fields);
        String note = fields.text("note").orElse("");
        fields.end();
        return new Assertion(name, measure, Optional.empty(), note);
    }

    /** What is waited for. */
    Assertion condition(Value value) {
        Fields fields = new Fields(value, "a condition");
        Measure measure = measure(fields);
        Bound bound = bound(fields, measure);
        fields.end();
        return new Assertion(measure.probe().label(), measure, Optional.of(bound), "");
    }

    /** What is recorded: a word, or an object with the word and what belongs to it. */
    Probe probe(Value value) {
        if (value.isText()) {
            return new Probe(What.read(value), 0, "");
        }
        Fields fields = new Fields(value, "what is recorded");
        Optional<What> what = fields.need("measure", What::read);
        if (what.isEmpty()) {
            fields.stop();
        }
        Probe probe = probe(fields, what.orElse(What.NODES));
        fields.end();
        return probe;
    }

    private Probe probe(Fields fields, What what) {
        Optional<Long> id = fields.whole("application", 0, 0xffff_ffffL);
        int application = id.orElse(0L).intValue();
        id.ifPresent(number ->
                fields.check(() -> applications.check(fields.take("application").orElseThrow(), number, what)));
        String of = switch (what) {
            case COUNT -> fields.needText("of");
            case COUNTER -> fields.need("of", Names::counter).orElse("");
            case DETAIL, STATUS ->
                fields.need("pointer", MeasureReader::pointer).orElse("");
            case EVENTS -> fields.need("kind", Names::event).orElse("");
            default -> "";
        };
        return new Probe(what, application, of, isSaidByOthers(what) ? unit(fields) : "");
    }

    /** What an algorithm, an application or a node says of itself: only who writes the file knows its unit. */
    private static boolean isSaidByOthers(What what) {
        return switch (what) {
            case COUNT, COUNTER, DETAIL, STATUS -> true;
            default -> false;
        };
    }

    private static String unit(Fields fields) {
        return fields.take("unit", value -> {
                    String unit = Fields.text(value);
                    if (unit.length() > LONGEST_UNIT) {
                        throw value.wrong("a unit has at most " + LONGEST_UNIT + " characters");
                    }
                    return unit;
                })
                .orElse("");
    }

    private static String pointer(Value value) {
        String text = Fields.text(value);
        if (!text.startsWith("/")) {
            throw value.wrong("a JSON pointer begins with a stroke, as \"/slots/0/version\" (RFC 6901)");
        }
        return text;
    }

    /** Takes the members of a measurement. */
    Measure measure(Fields fields) {
        return measure(fields, Optional.empty());
    }

    /** Another measurement that this one is divided by: of its nodes and its window, if it does not say otherwise. */
    private Measure divisor(Value value, Measure of) {
        Fields fields = new Fields(value, "what is divided by");
        Measure measure = measure(fields, Optional.of(of));
        fields.end();
        return measure;
    }

    private Measure measure(Fields fields, Optional<Measure> like) {
        Optional<What> known = fields.need("measure", What::read);
        if (known.isEmpty()) {
            fields.stop(); // what its other members mean is not known
        }
        What what = known.orElse(What.NODES);
        Probe probe = probe(fields, what);
        String which = fields.take("node").isPresent() ? "node" : "nodes";
        fields.take("nodes");
        List<String> nodes = fields.take(which, this::some)
                .orElseGet(() -> like.map(Measure::nodes).orElseGet(cast::nodes));
        Gather gather = fields.take("gather", MeasureReader::gather)
                .orElseGet(() -> like.map(Measure::gather).orElseGet(() -> gather(what)));
        Moment begin = fields.take("from", this::moment)
                .orElseGet(() -> like.map(Measure::from).orElse(Moment.START));
        Moment end = fields.take("to", this::moment)
                .orElseGet(() -> like.map(Measure::to).orElse(Moment.LAST));
        fields.check(() -> inOrder(fields, begin, end));
        double factor = fields.take("times", Quantity::plain).orElse(1.0);
        String root = fields.take("root", value -> some(value).getFirst()).orElse("");
        boolean windowed =
                fields.take("from").isPresent() || like.map(Measure::isWindowed).orElse(false);
        Measure plain = new Measure(probe, nodes, gather, begin, windowed, end, factor, root, Optional.empty());
        return like.isPresent()
                ? plain
                : fields.take("over", value -> plain.over(divisor(value, plain)))
                        .orElse(plain);
    }

    /** Of nobody nothing can be measured, which is soon forgotten when all results hold. */
    private List<String> some(Value value) {
        List<String> nodes = cast.chosen(value);
        if (nodes.isEmpty()) {
            throw value.wrong("a measurement is of at least one node");
        }
        return nodes;
    }

    private void inOrder(Fields fields, Moment begin, Moment end) {
        if (isBefore(end, begin)) {
            throw fields.take("to").or(() -> fields.take("from")).orElseThrow().wrong("a window begins before it ends");
        }
    }

    /** Whether it is sure that one moment is before another. */
    private boolean isBefore(Moment one, Moment other) {
        if (one.mark().equals(other.mark())) {
            return one.seconds() < other.seconds();
        }
        if (one.mark().isEmpty()) {
            double earliest = other.mark().equals(Moment.END) ? seconds : marks.getOrDefault(other.mark(), 0.0);
            return one.seconds() < earliest + other.seconds();
        }
        List<String> order = List.copyOf(marks.keySet());
        return !one.mark().equals(Moment.END)
                && !other.mark().isEmpty()
                && !other.mark().equals(Moment.END)
                && order.indexOf(one.mark()) < order.indexOf(other.mark())
                && one.seconds() < other.seconds() + 1e-9;
    }

    private Moment moment(Value value) {
        Moment moment = Moment.read(value, marks.keySet());
        if (moment.mark().isEmpty() && moment.seconds() > seconds) {
            throw value.wrong("the scenario takes " + seconds + " s, and this is after its end");
        }
        return moment;
    }

    private static Gather gather(What what) {
        return switch (what) {
            case COUNT, COUNTER, RECEIVED, SENT, MESSAGES -> Gather.SUM;
            default -> Gather.EACH;
        };
    }

    private static Gather gather(Value value) {
        List<String> words = Arrays.stream(Gather.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        String text = Fields.text(value);
        if (!words.contains(text)) {
            throw value.wrong("nodes' values are gathered as one of " + String.join(", ", words)
                    + Nearest.of(text, words)
                            .map(near -> " (did you mean '" + near + "'?)")
                            .orElse(""));
        }
        return Gather.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private Bound bound(Fields fields, Measure measure) {
        List<String> given =
                BOUNDS.stream().filter(key -> fields.take(key).isPresent()).toList();
        What what = measure.probe().what();
        if (given.size() != 1 && !(given.isEmpty() && what == What.TREE)) {
            fields.check(() -> {
                throw new Wrong(
                        fields.place(),
                        "one of 'expected', 'atMost' and 'atLeast' says what is expected, not "
                                + (given.isEmpty() ? "none" : String.join(" and ", given)));
            });
        }
        Kind kind = switch (given.isEmpty() ? "" : given.getFirst()) {
            case "atMost" -> Kind.AT_MOST;
            case "atLeast" -> Kind.AT_LEAST;
            default -> Kind.EQUAL;
        };
        boolean part = fields.take("tolerance").filter(MeasureReader::isPart).isPresent();
        double margin = fields.take("tolerance", value -> tolerance(value, part, measure.unit()))
                .orElse(0.0);
        Bound tree = new Bound(kind, new JsonPrimitive("a tree"), Optional.empty(), 0, false);
        return given.isEmpty()
                ? tree
                : fields.need(given.getFirst(), value -> bound(value, measure, kind, margin, part))
                        .orElse(tree);
    }

    private static boolean isPart(Value tolerance) {
        return tolerance.isText() && tolerance.scalar().getAsString().strip().endsWith("%");
    }

    private static double tolerance(Value value, boolean part, String unit) {
        String rule = "a tolerance is a part of what is expected, as \"3 %\", or as absolute as "
                + switch (unit) {
                    case "B/s" -> "\"5 KB/s\"";
                    case "s" -> "\"20 ms\"";
                    case "B" -> "\"4 KB\"";
                    default -> "2";
                };
        double margin;
        try {
            margin = part ? Quantity.share(value) : number(value, unit);
        } catch (Wrong e) {
            throw value.wrong(rule);
        }
        if (margin < 0) {
            throw value.wrong(rule + ", and not below 0");
        }
        return margin;
    }

    private Bound bound(Value expected, Measure measure, Kind kind, double margin, boolean part) {
        if (expected.kind() == Value.Kind.OBJECT) {
            Fields other = new Fields(expected, "another measurement");
            Measure with = measure(other);
            other.end();
            return new Bound(kind, com.google.gson.JsonNull.INSTANCE, Optional.of(with), margin, part);
        }
        return new Bound(kind, expected(expected, measure), Optional.empty(), margin, part);
    }

    private JsonElement expected(Value value, Measure measure) {
        if (measure.divisor().isPresent()) {
            return whole(Quantity.plain(value));
        }
        return switch (measure.probe().what()) {
            case EDGES -> edges(value);
            case VERSION -> new JsonPrimitive(Fields.text(value));
            case DETAIL, STATUS ->
                QUANTITIES.contains(measure.unit()) ? whole(number(value, measure.unit())) : value.json();
            default -> whole(number(value, measure.unit()));
        };
    }

    private static JsonPrimitive whole(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? new JsonPrimitive((long) number)
                : new JsonPrimitive(number);
    }

    private static double number(Value value, String unit) {
        return switch (unit) {
            case "B/s" -> Quantity.rate(value);
            case "s" ->
                value.isNumber() ? Quantity.plain(value) : Quantity.time(value).toNanos() / 1e9;
            case "B" -> Quantity.bytes(value);
            default -> Quantity.plain(value);
        };
    }

    /** A value of a picture: a rate with its unit, or a number. */
    static double rateOrNumber(Value value) {
        return value.isNumber() ? Quantity.plain(value) : Quantity.rate(value);
    }

    private JsonArray edges(Value value) {
        if (value.kind() != Value.Kind.LIST) {
            throw value.wrong("edges are a list as [\"a > b\", \"a > c\"]");
        }
        JsonArray edges = new JsonArray();
        for (Value item : value.items()) {
            String[] ends = Fields.text(item).split(">", -1);
            if (ends.length != 2) {
                throw item.wrong("an edge is two nodes as \"a > b\"");
            }
            for (String end : ends) {
                if (!cast.isNode(end.strip())) {
                    throw item.mistake(
                            "there is no node '" + end.strip() + "'" + Nearest.hint(end.strip(), cast.nodes()));
                }
            }
            edges.add(ends[0].strip() + " > " + ends[1].strip());
        }
        return edges;
    }
}
