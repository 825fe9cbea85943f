package ioverlay.scenario.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Assertion;
import ioverlay.scenario.plan.Bound;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Deed;
import ioverlay.scenario.run.Notebook;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares what was recorded with what was expected. */
public final class Checks {
    private Checks() {}

    /** Whether a condition holds now, in a run that goes on. */
    public static boolean holds(Assertion condition, Notebook notebook) {
        return of(condition, new Gauge(notebook, true)).stream().allMatch(Finding::passed);
    }

    /** What came out at the end: one for each assertion, each node or each edge; entries that failed are among them. */
    public static List<Finding> of(List<Assertion> assertions, Notebook notebook) {
        List<Finding> findings = new ArrayList<>();
        notebook.failures().forEach(failure -> findings.add(failed(failure.expected(), "yes", failure.sentence())));
        for (Deed deed : notebook.deeds()) {
            if (!deed.succeeded() && !deed.excused()) {
                findings.add(failure(deed));
            }
        }
        assertions.forEach(assertion -> findings.addAll(of(assertion, new Gauge(notebook, false))));
        return findings;
    }

    /** What is only reported. */
    public static List<Finding> figures(List<Assertion> figures, Notebook notebook) {
        Gauge gauge = new Gauge(notebook, false);
        return figures.stream().flatMap(figure -> of(figure, gauge).stream()).toList();
    }

    private static Finding failure(Deed deed) {
        String who = deed.node().isEmpty() ? "" : " at " + deed.node();
        return failed("time line entry " + (deed.entry() + 1) + ": " + deed.verb() + who, "done", deed.sentence());
    }

    private static Finding failed(String name, String expected, String measured) {
        return new Finding(
                name, new JsonPrimitive(expected), new JsonPrimitive(measured), JsonNull.INSTANCE, false, "", "=", "");
    }

    private static List<Finding> of(Assertion assertion, Gauge gauge) {
        Measure measure = assertion.measure();
        if (measure.probe().what() == What.EDGES && assertion.bound().isPresent()) {
            return edges(assertion, gauge);
        }
        if (!measure.probe().what().isPerNode()
                || measure.gather() != Gather.EACH
                || measure.nodes().size() == 1) {
            return List.of(one(assertion, assertion.name(), measure, gauge));
        }
        return measure.nodes().stream()
                .map(node -> one(assertion, assertion.name() + ": " + node, measure.at(node), gauge))
                .toList();
    }

    private static List<Finding> edges(Assertion assertion, Gauge gauge) {
        JsonElement measured = gauge.value(assertion.measure());
        List<String> there = texts(measured);
        List<String> expected = texts(assertion.bound().orElseThrow().value());
        List<Finding> findings = new ArrayList<>();
        for (String edge : expected) {
            boolean is = there.contains(edge);
            findings.add(plain(assertion, assertion.name() + ": " + edge, "there", is ? "there" : "missing", is));
        }
        TreeSet<String> more = new TreeSet<>(there);
        more.removeAll(expected);
        String others = more.isEmpty() ? "none" : String.join(", ", more);
        findings.add(plain(assertion, assertion.name() + ": no other edge", "none", others, more.isEmpty()));
        return findings;
    }

    private static Finding plain(Assertion assertion, String name, String expected, String measured, boolean passed) {
        return new Finding(
                name,
                new JsonPrimitive(expected),
                new JsonPrimitive(measured),
                JsonNull.INSTANCE,
                passed,
                "",
                "=",
                assertion.note());
    }

    private static List<String> texts(JsonElement list) {
        return list instanceof JsonArray array
                ? array.asList().stream().map(JsonElement::getAsString).toList()
                : List.of();
    }

    private static Finding one(Assertion assertion, String name, Measure measure, Gauge gauge) {
        JsonElement measured = gauge.value(measure);
        String unit = measure.unit();
        if (assertion.bound().isEmpty()) {
            return new Finding(name, JsonNull.INSTANCE, measured, JsonNull.INSTANCE, true, unit, "", assertion.note());
        }
        Bound bound = assertion.bound().get();
        JsonElement expected = bound.other().map(gauge::value).orElse(bound.value());
        return new Finding(
                name,
                expected,
                measured,
                tolerance(bound),
                passed(bound, expected, measured),
                unit,
                switch (bound.kind()) {
                    case EQUAL -> "=";
                    case AT_MOST -> "≤";
                    case AT_LEAST -> "≥";
                },
                assertion.note());
    }

    private static JsonElement tolerance(Bound bound) {
        if (bound.tolerance() == 0) {
            return new JsonPrimitive(0);
        }
        return bound.isPart()
                ? new JsonPrimitive(new java.math.BigDecimal(bound.tolerance() * 100)
                                .round(new java.math.MathContext(6))
                                .stripTrailingZeros()
                                .toPlainString()
                        + " %")
                : new JsonPrimitive(bound.tolerance());
    }

    static boolean passed(Bound bound, JsonElement expected, JsonElement measured) {
        if (measured.isJsonNull() || expected.isJsonNull()) {
            return false;
        }
        if (!isNumber(expected) || !isNumber(measured)) {
            return bound.kind() == Bound.Kind.EQUAL && expected.equals(measured);
        }
        double aim = expected.getAsDouble();
        double is = measured.getAsDouble();
        // What two sums of decimal fractions differ by is no difference.
        double margin =
                (bound.isPart() ? Math.abs(aim) * bound.tolerance() : bound.tolerance()) + Math.abs(aim) * 1e-12;
        return switch (bound.kind()) {
            case EQUAL -> Math.abs(is - aim) <= margin;
            case AT_MOST -> is <= aim + margin;
            case AT_LEAST -> is >= aim - margin;
        };
    }

    private static boolean isNumber(JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isNumber();
    }
}
