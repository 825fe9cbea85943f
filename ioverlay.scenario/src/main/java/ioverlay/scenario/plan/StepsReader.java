package ioverlay.scenario.plan;

import com.google.gson.JsonArray;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the time line. */
final class StepsReader {
    private static final double DEFAULT_LIMIT = 30;

    private static final Set<String> STILL = Arrays.stream(Verb.values())
            .filter(verb -> !Set.of(Verb.CREATE, Verb.REMOVE, Verb.FAIL, Verb.START, Verb.STOP)
                    .contains(verb))
            .map(Verb::word)
            .collect(Collectors.toSet());

    private final Cast cast;
    private final Applications applications;
    private final Offers offers;
    private final Path folder;
    private final double seconds;
    private final boolean isHosted;
    private final References references;
    private final SequencedMap<String, Double> marks = new LinkedHashMap<>();
    private double before;
    private boolean isTold = true;

    /**
     * Reads with what is known.
     *
     * @param isHosted whether there is an observer
     */
    StepsReader(Cast cast, Applications applications, Offers offers, Path folder, double seconds, boolean isHosted) {
        this.applications = applications;
        this.isHosted = isHosted;
        this.cast = cast;
        this.offers = offers;
        this.folder = folder;
        this.seconds = seconds;
        this.references = new References(cast);
    }

    /** The moments that have a name, with the earliest that each can be; those of all entries once they are read. */
    SequencedMap<String, Double> marks() {
        return marks;
    }

    List<Step> read(List<Value> entries, Problems problems) {
        List<Step> steps = new ArrayList<>();
        for (Value entry : entries) {
            int before = steps.size();
            problems.note(() -> steps.add(step(entry)));
            isTold &= steps.size() > before || changesNobody(entry);
        }
        return steps;
    }

    /** Whether it is told by the entries that were read who is there when: no wrong one would have changed that. */
    boolean isTold() {
        return isTold;
    }

    private static boolean changesNobody(Value entry) {
        Value verb = entry.members().get("do");
        return verb != null && verb.isText() && STILL.contains(verb.scalar().getAsString());
    }

    private Step step(Value entry) {
        Fields fields = new Fields(entry, "an entry of the time line");
        Optional<Verb> known = fields.need("do", Verb::read);
        Optional<Value> after = fields.take("after");
        double moment = fields.read(() -> moment(fields)).orElse(0.0);
        double spacing = fields.take("spacing", Quantity::seconds).orElse(0.0);
        String mark = fields.take("mark", this::mark).orElse("");
        String note = fields.text("note").orElse("");
        boolean mayFail = fields.flag("mayFail");
        boolean turns = fields.flag("turns");
        // A word that is nearly one is read as that one, so that what else is wrong is said as well.
        Optional<Verb> meant = known.or(() -> fields.take("do").flatMap(Verb::meant));
        if (meant.isEmpty()) {
            unknown(entry, fields);
        }
        Verb verb = meant.orElse(Verb.MARK);
        Optional<List<String>> nodes = fields.read(() -> nodes(fields, verb, turns));
        Outcome outcome = verb == Verb.SWAP
                ? fields.take("expect", StepsReader::outcome).orElse(Outcome.SWITCHED)
                : Outcome.SWITCHED;
        boolean mayMiss =
                mayFail || outcome == Outcome.REFUSED; // that a version is not there may be what is to be seen
        List<Act> acts = acts(fields, verb, nodes.orElse(List.of()), spacing, mayMiss);
        Optional<Assertion> condition = verb == Verb.WAIT
                ? fields.need("until", value -> new MeasureReader(cast, applications, marks, seconds).condition(value))
                : Optional.empty();
        double limit =
                verb == Verb.WAIT ? fields.take("limit", Quantity::seconds).orElse(DEFAULT_LIMIT) : 0;
        fields.end();
        return new Step(
                fields.place(), moment, after.isPresent(), verb, acts, mark, note, mayFail, outcome, condition, limit);
    }

    /** What can be told of an entry of which it is not known what it does: who there is, and what no entry has. */
    private void unknown(Value entry, Fields fields) {
        fields.take("node", cast::chosen);
        fields.take("nodes", cast::chosen);
        entry.members().keySet().stream().filter(Verb::anyHas).forEach(fields::take);
        fields.end();
        throw new IllegalStateException("an entry without a verb was found right");
    }

    private double moment(Fields fields) {
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
        return moment;
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
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")
                || name.equals(Moment.END)
                || marks.putIfAbsent(name, before) != null) {
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

    private List<Act> acts(Fields fields, Verb verb, List<String> nodes, double spacing, boolean mayMiss) {
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (String member : verb.members()) {
            if (verb.isTogether() || !List.of("expect", "until", "limit").contains(member)) {
                fields.take(member).ifPresent(value -> given.put(member, value));
            }
        }
        check(fields, verb, given, mayMiss);
        if (verb.isTogether()) {
            return List.of(together(fields, nodes, given));
        }
        List<Act> acts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int index = i;
            JsonObject arguments = new JsonObject();
            for (Map.Entry<String, Value> member : given.entrySet()) {
                fields.check(() -> arguments.add(member.getKey(), references.expand(member.getValue(), nodes, index)));
            }
            acts.add(new Act(nodes.get(i), i * spacing, arguments));
        }
        return acts;
    }

    private Act together(Fields fields, List<String> nodes, SequencedMap<String, Value> given) {
        JsonObject arguments = new JsonObject();
        given.forEach((name, value) ->
                fields.check(() -> arguments.add(name, references.expand(value, cast.nodes(), 0))));
        JsonArray all = new JsonArray();
        nodes.forEach(node -> all.add("${" + node + "}"));
        arguments.add("nodes", all);
        return new Act("", 0, arguments);
    }

    /** The members by their names, and in the place of some what they mean. */
    private void check(Fields fields, Verb verb, SequencedMap<String, Value> given, boolean mayMiss) {
        if (verb.members().contains("application") && !verb.isTogether()) {
            long least = verb == Verb.START || verb == Verb.STOP ? 1 : 0;
            fields.need("application", value -> Quantity.whole(value, least, 0xffff_ffffL));
        }
        switch (verb) {
            case START -> fields.need("type", value -> offers.application(value, Fields.text(value)));
            case SWAP, SHADOW -> {
                Optional<String> name = fields.need("algorithm", value -> offers.algorithm(value, Fields.text(value)));
                fields.need("versions", value -> versions(value, name.orElse("an algorithm"), mayMiss));
            }
            case ROLLOUT -> Rollouts.check(fields, given, offers, isHosted);
            case EMULATE -> fields.need("change", value -> given.put("change", change(value)));
            case WEIGH -> {
                fields.need("weight", value -> Quantity.whole(value, 1, 1000));
                fields.need("upstream", value -> given.put("upstream", node(value)));
            }
            case MEASURE -> {
                fields.need("peer", value -> given.put("peer", node(value)));
                fields.flag("bandwidth");
            }
            case DEPLOY -> fields.need("bundle", value -> given.put("bundle", bundle(value, folder)));
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
        if (verb.members().contains("settings")) {
            fields.take("settings", StepsReader::settings).ifPresent(value -> given.put("settings", value));
        }
        if (verb == Verb.SHADOW) {
            fields.need("seconds", value -> value.withScalar(new JsonPrimitive(Quantity.seconds(value))))
                    .ifPresent(value -> given.put("seconds", value));
        }
        if (verb == Verb.SWAP) {
            fields.take("probation", Probations::checked).ifPresent(value -> given.put("probation", value));
        }
    }

    private String versions(Value value, String algorithm, boolean mayMiss) {
        return mayMiss ? offers.range(value, algorithm) : offers.versions(value, algorithm);
    }

    private static Value settings(Value value) {
        Fields.settings(value);
        return Quantity.ratesInSettings(value);
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
