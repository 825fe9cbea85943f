package ioverlay.scenario.plan;

import ioverlay.scenario.plan.Plot.Curve;
import ioverlay.scenario.plan.Plot.Kind;
import ioverlay.scenario.plan.Plot.Spot;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code plots}: pictures that a file asks for. */
final class PlotReader {
    private final Cast cast;
    private final MeasureReader measures;
    private final Map<String, Measure> figures = new LinkedHashMap<>();

    /**
     * Reads with what is known.
     *
     * @param figures that points may name
     */
    PlotReader(Cast cast, MeasureReader measures, List<Assertion> figures) {
        this.cast = cast;
        this.measures = measures;
        figures.forEach(figure -> this.figures.putIfAbsent(figure.name(), figure.measure()));
    }

    Plot plot(Value value) {
        Fields fields = new Fields(value, "a plot");
        String title = fields.needText("title");
        Optional<Kind> known = fields.need("kind", PlotReader::kind);
        String axis = fields.text("axis").orElse("");
        boolean logarithmic = fields.flag("logarithmic");
        Optional<String> unit = fields.text("unit");
        if (known.isEmpty()) {
            fields.stop(); // what its other members mean is not known
        }
        Kind kind = known.orElse(Kind.POINTS);
        Optional<Measure> measure = kind == Kind.POINTS ? Optional.empty() : Optional.of(measures.measure(fields));
        List<Curve> curves = new ArrayList<>();
        fields.need("series", any -> any);
        fields.members("series")
                .forEach((name, given) -> fields.check(() -> curves.addAll(
                        measure.map(one -> curves(name, given, one)).orElseGet(() -> List.of(points(name, given))))));
        if (fields.take("series").filter(one -> one.members().isEmpty()).isPresent()) {
            fields.check(() -> {
                throw fields.need("series").wrong("a plot's series are by name, at least one");
            });
        }
        List<Spot> lines = fields.each("lines", line -> spot(line, "a line", "name"));
        fields.end();
        return new Plot(title, kind, unit.orElseGet(() -> unit(measure, curves)), axis, logarithmic, curves, lines);
    }

    private static Kind kind(Value value) {
        List<String> words = Arrays.stream(Kind.values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList();
        String text = Fields.text(value);
        if (!words.contains(text)) {
            throw value.wrong("a plot's kind is one of " + String.join(", ", words) + Nearest.hint(text, words));
        }
        return Kind.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** A name of nodes is one curve, a list of names one for each of them. */
    private List<Curve> curves(String name, Value given, Measure measure) {
        List<Value> each = given.kind() == Value.Kind.LIST ? given.items() : List.of(given);
        return each.stream()
                .map(one -> new Curve(
                        name,
                        cast.chosen(one).stream()
                                .map(node -> new Spot(node, Optional.of(measure.at(node)), 0))
                                .toList()))
                .toList();
    }

    private Curve points(String name, Value given) {
        if (given.kind() != Value.Kind.LIST || given.items().isEmpty()) {
            throw given.wrong("points are a list as [{\"x\": \"N = 2\", \"figure\": name}, …]");
        }
        return new Curve(
                name,
                given.items().stream().map(item -> spot(item, "a point", "x")).toList());
    }

    /** A value that is said, that of a figure, or one that is measured. */
    private Spot spot(Value item, String what, String named) {
        Fields fields = new Fields(item, what);
        String text = fields.need(named, name -> name.isNumber() ? name.scalar().getAsString() : Fields.text(name))
                .orElse("");
        Optional<Value> said = fields.take("value");
        Optional<Value> figure = fields.take("figure");
        Spot spot;
        if (said.isPresent()) {
            double value = fields.take("value", MeasureReader::rateOrNumber).orElse(0.0);
            spot = new Spot(text, Optional.empty(), value);
        } else if (figure.isPresent()) {
            spot = new Spot(text, fields.take("figure", this::figure), 0);
        } else {
            spot = new Spot(text, Optional.of(measures.measure(fields)), 0);
        }
        fields.end();
        return spot;
    }

    private Measure figure(Value value) {
        Measure measure = figures.get(Fields.text(value));
        if (measure == null) {
            throw value.mistake(
                    "there is no figure " + value.shown() + Nearest.hint(Fields.text(value), figures.keySet()));
        }
        return measure;
    }

    /** That of what is measured, if it is not divided by something. */
    private static String unit(Optional<Measure> measure, List<Curve> curves) {
        return measure.or(() -> curves.stream()
                        .flatMap(curve -> curve.spots().stream())
                        .flatMap(spot -> spot.measure().stream())
                        .findFirst())
                .map(Measure::unit)
                .orElse("");
    }
}
