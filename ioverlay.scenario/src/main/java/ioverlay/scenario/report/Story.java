package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.scenario.plan.Assertion;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Verb;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Deed;
import ioverlay.scenario.run.Happening;
import ioverlay.scenario.run.Notebook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What happened in a run, as much of it as a page can show; {@code result.json} has all. */
final class Story {
    private static final int MOST_NAMED = 13;
    private static final int MOST_DEEDS = 500;
    private static final Pattern BAD = Pattern.compile("failed|broken|parked|condemned|returned");

    /** Events of a kind that are nearer to each other than this part of a run are one sign. */
    private static final int SIGNS = 240;

    private static final Set<String> SILENT = Set.of(Verb.WAIT.word(), Verb.MARK.word());

    private final Result result;
    private final Notebook notebook;

    Story(Result result) {
        this.result = result;
        this.notebook = result.traces().notebook();
    }

    /** Adds {@code moments}, {@code timeline}, {@code entries}, {@code latest}, {@code events} and {@code window}. */
    void into(JsonObject run) {
        List<Deed> deeds = notebook.deeds().stream()
                .sorted(Comparator.comparingDouble(Deed::at))
                .toList();
        run.add("moments", moments(deeds));
        run.add("timeline", table(deeds));
        run.addProperty("entries", deeds.size());
        run.addProperty(
                "latest",
                Result.rounded(deeds.stream()
                        .mapToDouble(deed -> deed.at() - deed.due())
                        .reduce(0, Math::max)));
        run.add("events", events());
        run.add("window", window());
    }

    /** Each entry once, with those who did it. */
    private static JsonArray moments(List<Deed> deeds) {
        Map<Integer, List<Deed>> entries = new LinkedHashMap<>();
        deeds.stream()
                .filter(deed -> !SILENT.contains(deed.verb()))
                .forEach(deed -> entries.computeIfAbsent(deed.entry(), entry -> new ArrayList<>())
                        .add(deed));
        JsonArray moments = new JsonArray();
        for (List<Deed> entry : entries.values()) {
            Deed first = entry.getFirst();
            JsonObject moment = sign(
                    first.at(),
                    entry.getLast().at(),
                    entry.stream().map(Deed::node).toList(),
                    first.sentence());
            moment.addProperty("do", first.verb());
            moment.addProperty("failed", entry.stream().anyMatch(deed -> !deed.succeeded()));
            moments.add(moment);
        }
        return moments;
    }

    private static JsonObject sign(double at, double until, List<String> nodes, String sentence) {
        JsonObject sign = new JsonObject();
        sign.addProperty("at", Result.rounded(at));
        sign.addProperty("until", Result.rounded(until));
        JsonArray names = new JsonArray();
        nodes.stream().limit(MOST_NAMED).forEach(names::add);
        sign.add("nodes", names);
        sign.addProperty("count", nodes.size());
        sign.addProperty("sentence", sentence);
        return sign;
    }

    /** The first, and all that failed. */
    private static JsonArray table(List<Deed> deeds) {
        JsonArray table = new JsonArray();
        Stream.concat(
                        deeds.stream().limit(MOST_DEEDS),
                        deeds.stream()
                                .skip(MOST_DEEDS)
                                .filter(deed -> !deed.succeeded())
                                .limit(MOST_DEEDS))
                .map(Result::json)
                .forEach(table::add);
        return table;
    }

    private JsonArray events() {
        double width = Math.max(0.01, notebook.end() / SIGNS);
        Map<String, List<Happening>> signs = new TreeMap<>();
        notebook.happenings().stream()
                .filter(event -> BAD.matcher(event.kind()).find())
                .forEach(event -> signs.computeIfAbsent(
                                "%s %09d".formatted(event.kind(), (long) (event.seconds() / width)),
                                key -> new ArrayList<>())
                        .add(event));
        JsonArray events = new JsonArray();
        for (List<Happening> some : signs.values()) {
            Happening first = some.getFirst();
            JsonObject sign = sign(
                    first.seconds(),
                    first.seconds(),
                    some.stream().map(Happening::node).distinct().toList(),
                    first.sentence());
            sign.addProperty("do", first.kind());
            events.add(sign);
        }
        return events;
    }

    /** What its throughput is to be looked at over: what an assertion or figure says, else the second half. */
    private JsonElement window() {
        Optional<Measure> said = Stream.concat(
                        result.scenario().assertions().stream(), result.scenario().figures().stream())
                .map(Assertion::measure)
                .filter(measure -> measure.probe().what() == What.THROUGHPUT && measure.isWindowed())
                .findFirst();
        JsonObject window = new JsonObject();
        window.addProperty(
                "from",
                Result.rounded(said.map(one -> notebook.seconds(one.from())).orElse(notebook.end() / 2)));
        window.addProperty(
                "to", Result.rounded(said.map(one -> notebook.seconds(one.to())).orElse(notebook.end())));
        window.addProperty("said", said.isPresent());
        return window;
    }
}
