package ioverlay.scenario.plan;

import ioverlay.api.container.RefusedException;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Place;
import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.SourceText;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads a scenario file as a whole, or says all that is wrong with it. */
public final class ScenarioReader {
    private static final double DEFAULT_INTERVAL = 0.5;
    private static final double LEAST_INTERVAL = 0.05;
    private static final double MOST_SECONDS = 3600;

    /** Members that are read once there are nodes. */
    private static final List<String> LATER = List.of("groups", "record", "assert", "figures", "plots");

    private final Path file;
    private final Problems problems;
    private final Given given;
    private final Given.Surroundings surroundings;

    private ScenarioReader(Path file, Problems problems, Given given, Given.Surroundings surroundings) {
        this.file = file;
        this.problems = problems;
        this.given = given;
        this.surroundings = surroundings;
    }

    /**
     * Reads a file's text.
     *
     * @throws ioverlay.api.container.RefusedException with a line for each mistake
     */
    public static Scenario read(Path file, String text, Given given, Given.Surroundings surroundings) {
        Problems problems = new Problems(file.toString());
        Scenario scenario =
                problems.noted(() -> new ScenarioReader(file, problems, given, surroundings).scenario(text));
        problems.refuseIfAny();
        return Objects.requireNonNull(scenario);
    }

    private Scenario scenario(String text) {
        Value raw = SourceText.read(text);
        Variables variables = new Variables(raw, given.variables(), problems);
        Value value = variables.applied(raw);
        Fields fields = new Fields(value, "a scenario");
        fields.take("variables");
        Optional<Value> hosts = fields.take("hosts");
        Optional<URI> observer = given.observer()
                .or(() -> hosts.flatMap(named -> Optional.ofNullable(problems.noted(() -> observer(named)))));
        String name = fields.text("scenario").orElseGet(this::nameOfFile);
        String title = fields.text("title").orElse(name);
        List<String> notes = fields.each("notes", Fields::text);
        Optional<Long> seedOfFile = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        long seed = given.seed().orElseGet(() -> seedOfFile.orElse(1L));
        double seconds = fields.need("seconds", ScenarioReader::seconds).orElse(MOST_SECONDS);
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
        List<Path> bundles = new ArrayList<>();
        fields.list("bundles")
                .forEach(one -> problems.note(() -> bundles.add(
                        Path.of(StepsReader.bundle(one, folder).scalar().getAsString()))));
        Deliveries deliveries = Deliveries.of(fields.list("timeline"), folder);
        Offers said = offers(
                observer, deliveries.after(bundles), hosts.map(Value::place).orElse(Place.START));
        Offers known = deliveries.isOpen() ? said.withoutVersions() : said;
        Draw draw = new Draw(seed);
        Cast cast = new Cast();
        NodesReader nodes = new NodesReader(fields.list("nodes"), cast, draw, known, problems);
        if (fields.list("nodes").isEmpty()) {
            fields.take("nodes")
                    .filter(list -> !list.items().isEmpty() || list.kind() != Value.Kind.LIST)
                    .ifPresentOrElse(
                            list -> {},
                            () -> fields.check(() -> {
                                throw new Wrong(fields.place(), "a scenario has 'nodes', a list of at least one");
                            }));
            LATER.forEach(fields::take); // known, though nothing more is told of them
            fields.end();
        }
        nodes.introduce();
        fields.members("groups").forEach((group, one) -> {
            problems.note(() -> group(cast, draw, group, one));
            cast.excuse(group);
        });
        new References(cast).check(value, variables.names(), problems);
        List<PlannedNode> planned = nodes.read();
        Applications applications = Applications.of(fields.list("nodes"), fields.list("timeline"));
        StepsReader timeLine =
                new StepsReader(cast, applications, known, folder, seconds, hosts.isPresent() || observer.isPresent());
        List<Step> steps = timeLine.read(fields.list("timeline"), problems);
        if (timeLine.isTold() && planned.size() == cast.size()) {
            Presence.check(planned, steps, problems);
            problems.note(() -> Loops.refuse(planned, steps, fields.place()));
        }
        MeasureReader measures = new MeasureReader(cast, applications, timeLine.marks(), seconds);
        List<Assertion> assertions = new ArrayList<>();
        fields.list("assert").forEach(one -> problems.note(() -> assertions.add(measures.assertion(one))));
        List<Assertion> figures = new ArrayList<>();
        fields.list("figures").forEach(one -> problems.note(() -> figures.add(measures.figure(one))));
        PlotReader pictures = new PlotReader(cast, measures, figures);
        List<Plot> plots = new ArrayList<>();
        fields.list("plots").forEach(one -> problems.note(() -> plots.add(pictures.plot(one))));
        Recording recording = fields.read(() -> recording(fields, cast, measures))
                .orElseGet(() -> new Recording(DEFAULT_INTERVAL, List.of(), List.of()));
        problems.note(fields::end);
        return new Scenario(
                name,
                title,
                notes,
                seed,
                variables.values(),
                observer,
                bundles,
                planned,
                cast.groups(),
                steps,
                recording.interval,
                recording.probes,
                recording.nodes,
                assertions,
                figures,
                plots,
                seconds);
    }

    private static URI observer(Value hosts) {
        Fields fields = new Fields(hosts, "'hosts'");
        Value value = fields.need("observer");
        fields.end();
        return NodesReader.refused(value, () -> ObserverAddress.of(Fields.text(value)));
    }

    /** Nothing is known of what an observer has that cannot be asked; that is said once, and no name is doubted then. */
    private Offers offers(Optional<URI> observer, List<Path> bundles, Place place) {
        try {
            return surroundings.offers(observer, bundles);
        } catch (RefusedException e) {
            problems.add(new Wrong(place, String.valueOf(e.getMessage())));
            return new Offers(Set.of(), Set.of());
        }
    }

    private record Recording(double interval, List<Probe> probes, List<String> nodes) {}

    private Recording recording(Fields scenario, Cast cast, MeasureReader measures) {
        Value value = scenario.take("record").orElse(null);
        if (value == null) {
            return new Recording(DEFAULT_INTERVAL, List.of(), cast.nodes());
        }
        Fields fields = new Fields(value, "what is recorded");
        double interval = fields.take("interval", ScenarioReader::interval).orElse(DEFAULT_INTERVAL);
        List<Probe> probes = fields.each("what", measures::probe);
        List<String> nodes = fields.take("nodes", cast::chosen).orElseGet(cast::nodes);
        fields.end();
        return new Recording(interval, probes, nodes);
    }

    private static double interval(Value value) {
        double interval = Quantity.seconds(value);
        if (interval < LEAST_INTERVAL) {
            throw value.wrong("samples are at least " + LEAST_INTERVAL + " s apart");
        }
        return interval;
    }

    private static double seconds(Value value) {
        double seconds = Quantity.seconds(value);
        if (seconds <= 0 || seconds > MOST_SECONDS) {
            throw value.wrong("a scenario takes more than 0 and at most " + MOST_SECONDS + " s");
        }
        return seconds;
    }

    /** A name for some nodes: those of another name, a part of them by chance, without some. */
    private static void group(Cast cast, Draw draw, String name, Value value) {
        if (value.kind() != Value.Kind.OBJECT) {
            cast.name(value, name, cast.chosen(value));
            return;
        }
        Fields fields = new Fields(value, "a group");
        List<String> nodes = new ArrayList<>(fields.need("of", cast::chosen).orElse(List.of()));
        long part = Math.round(fields.take("share", Quantity::share).orElse(1.0) * nodes.size());
        long count = fields.whole("count", 1, Math.max(1, nodes.size())).orElse(part);
        fields.take("except", cast::chosen).ifPresent(nodes::removeAll);
        fields.end();
        Collections.shuffle(nodes, draw.shuffling(name));
        List<String> chosen = nodes.stream().limit(count).toList();
        if (chosen.isEmpty()) {
            throw value.wrong("a group has at least one node, and nobody is left for this one");
        }
        cast.name(
                value,
                name,
                cast.nodes().stream().filter(Set.copyOf(chosen)::contains).toList());
    }

    private String nameOfFile() {
        String last = String.valueOf(file.getFileName());
        return last.endsWith(".json") ? last.substring(0, last.length() - 5) : last;
    }
}
