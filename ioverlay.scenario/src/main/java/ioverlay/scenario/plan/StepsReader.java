package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads the time line. */
final class StepsReader {
    private static final double DEFAULT_LIMIT = 30;

    private final Cast cast;
    private final Offers offers;
    private final Path folder;
    private final double seconds;
    private final References references;
    private final Set<String> marks = new LinkedHashSet<>();
    private double before;

    StepsReader(Cast cast, Offers offers, Path folder, double seconds) {
        this.cast = cast;
        this.offers = offers;
        this.folder = folder;
        this.seconds = seconds;
        this.references = new References(cast);
    }

    /** The moments that have a name, those of all entries once they are read. */
    Set<String> marks() {
        return marks;
    }

    List<Step> read(List<Value> entries, Problems problems) {
        List<Step> steps = new ArrayList<>();
        entries.forEach(entry -> problems.note(() -> steps.add(step(entry))));
        return steps;
    }

    private Step step(Value entry) {
        Fields fields = new Fields(entry, "an entry of the time line");
        Verb verb = Verb.read(fields.need("do"));
        Optional<Value> at = fields.take("at");
        Optional<Value> after = fields.take("after");
        if (at.isPresent() == after.isPresent()) {
            throw new Wrong(
                    fields.place(),
                    "an entry of the time line says either 'at' (seconds from the start) or 'after' (seconds from the end of"
                            + " the entry before), not " + (at.isPresent() ? "both" : "neither"));
        }
        double moment = Quantity.seconds(at.or(() -> after).orElseThrow());
        at.ifPresent(value -> inOrder(value, moment));
        double spacing = fields.take("spacing").map(Quantity::seconds).orElse(0.0);
        String mark = fields.take("mark").map(this::mark).orElse("");
        String note = fields.text("note").orElse("");
        boolean mayFail = fields.flag("mayFail");
        List<String> nodes = nodes(fields, verb, fields.flag("turns"));
        List<Act> acts = acts(fields, verb, nodes, spacing);
        Outcome outcome = verb == Verb.SWAP
                ? fields.take("expect").map(StepsReader::outcome).orElse(Outcome.SWITCHED)
                : Outcome.SWITCHED;
        Optional<Assertion> condition = verb == Verb.WAIT
                ? Optional.of(new MeasureReader(cast, marks, seconds).condition(fields.need("until")))
                : Optional.empty();
        double limit =
                verb == Verb.WAIT ? fields.take("limit").map(Quantity::seconds).orElse(DEFAULT_LIMIT) : 0;
        fields.end();
        return new Step(
                fields.place(), moment, after.isPresent(), verb, acts, mark, note, mayFail, outcome, condition, limit);
    }

    private void inOrder(Value value, double moment) {
        if (moment < before) {
            throw value.wrong("the time line is in order, and the entry before is at " + before + " s");
        }
        if (moment > seconds) {
            throw value.wrong("the scenario takes " + seconds + " s, and this is after its end");
        }
        before = moment;
    }

    private String mark(Value value) {
        String name = Fields.text(value);
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*") || name.equals(Moment.END) || !marks.add(name)) {
            throw value.wrong("a mark is a word of its own, other than 'end'");
        }
        return name;
    }

    private List<String> nodes(Fields fields, Verb verb, boolean byTurns) {
        Optional<Value> one = fields.take("node");
        Optional<Value> several = fields.take("nodes");
        if (!verb.isOfNodes()) {
            return List.of("");
        }
        Value value = one.or(() -> several)
                .orElseThrow(() -> new Wrong(fields.place(), "'" + verb.word() + "' needs 'node' or 'nodes'"));
        return byTurns && value.kind() == Value.Kind.LIST
                ? byTurns(value.items().stream().map(cast::chosen).toList())
                : cast.chosen(value);
    }

    /** The first of each, the second of each, and so on. */
    private static List<String> byTurns(List<List<String>> groups) {
        int most = groups.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, most)
                .boxed()
                .flatMap(i -> groups.stream().filter(group -> i < group.size()).map(group -> group.get(i)))
                .distinct()
                .toList();
    }

    private List<Act> acts(Fields fields, Verb verb, List<String> nodes, double spacing) {
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (String member : verb.members()) {
            if (!List.of("expect", "until", "limit").contains(member)) {
                fields.take(member).ifPresent(value -> given.put(member, value));
            }
        }
        check(fields, verb, given);
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            JsonObject arguments = new JsonObject();
            for (Map.Entry<String, Value> member : given.entrySet()) {
                arguments.add(member.getKey(), references.expand(member.getValue(), nodes, i));
            }
            acts.add(new Act(nodes.get(i), i * spacing, arguments));
        }
        return acts;
    }

    /** The members by their names, and in the place of some what they mean. */
    private void check(Fields fields, Verb verb, SequencedMap<String, Value> given) {
        if (verb.members().contains("application")) {
            long least = verb == Verb.START || verb == Verb.STOP ? 1 : 0;
            Quantity.whole(fields.need("application"), least, 0xffff_ffffL);
        }
        switch (verb) {
            case START -> offers.application(fields.need("type"), fields.needText("type"));
            case SWAP, SHADOW -> {
                String name = offers.algorithm(fields.need("algorithm"), fields.needText("algorithm"));
                offers.range(fields.need("versions"), name);
            }
            case EMULATE -> given.put("change", change(fields.need("change")));
            case WEIGH -> {
                Quantity.whole(fields.need("weight"), 1, 1000);
                given.put("upstream", node(fields.need("upstream")));
            }
            case MEASURE -> {
                given.put("peer", node(fields.need("peer")));
                fields.flag("bandwidth");
            }
            case DEPLOY -> given.put("bundle", bundle(fields.need("bundle"), folder));
            case CUSTOM -> {
                fields.whole("param1", Integer.MIN_VALUE, Integer.MAX_VALUE);
                fields.whole("param2", Integer.MIN_VALUE, Integer.MAX_VALUE);
                fields.whole("type", 32_773, 49_151);
                fields.text("text");
            }
            default -> {
                // Nothing but the application, which was looked at.
            }
        }
        given.computeIfPresent("settings", (key, value) -> {
            Fields.settings(value);
            return Quantity.ratesInSettings(value);
        });
        if (verb == Verb.SHADOW) {
            Value seconds = fields.need("seconds");
            given.put("seconds", seconds.withScalar(new JsonPrimitive(Quantity.seconds(seconds))));
        }
        given.computeIfPresent("probation", (key, value) -> Probations.checked(value));
    }

    /** A node's name as a reference; a reference stays. */
    private Value node(Value value) {
        String text = Fields.text(value);
        return text.startsWith("${")
                ? value
                : value.withScalar(new JsonPrimitive("${" + cast.chosen(value).getFirst() + "}"));
    }

    /** A bundle's file, as its path from nowhere. */
    static Value bundle(Value value, Path folder) {
        Path file = folder.resolve(Fields.text(value)).normalize();
        if (!java.nio.file.Files.isRegularFile(file)) {
            throw value.wrong("a bundle is a file, seen from the scenario's folder, and there is none at " + file);
        }
        return value.withScalar(new JsonPrimitive(file.toAbsolutePath().toString()));
    }

    private Value change(Value value) {
        Value rates = Changes.withRates(value, this::node);
        Map<String, String> addresses = new HashMap<>();
        JsonElement json = references.expand(rates, cast.nodes(), 0);
        for (String name : References.in(json)) {
            addresses.putIfAbsent(
                    name, NodeId.parse("127.0.0.1:" + (1 + addresses.size())).toString());
        }
        JsonObject resolved = References.resolved(json, addresses).getAsJsonObject();
        NodesReader.refused(value, () -> Emulation.NONE.changed(resolved));
        return rates;
    }

    private static Outcome outcome(Value value) {
        String text = Fields.text(value);
        List<String> words = List.of("switched", "refused", "returned");
        if (!words.contains(text)) {
            throw value.wrong("a swap is expected to be switched, refused or returned" + Nearest.hint(text, words));
        }
        return Outcome.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
