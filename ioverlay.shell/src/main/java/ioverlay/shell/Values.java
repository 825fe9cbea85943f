package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Repository.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an argument can be, by what the command calls it. */
final class Values {
    private static final List<String> RATES = List.of("off", "100K", "400K", "1M", "10M");
    private static final List<String> WEIGHTS = List.of("1", "2", "5", "10", "100");
    private static final List<String> SHORT_TIMES = List.of("0ms", "1ms", "10ms", "20ms", "50ms", "100ms");
    private static final List<String> TIMES = List.of("0s", "5s", "10s", "1m");

    /** Of a directory with more files than this, only so many are offered. */
    private static final int MOST_FILES = 1000;

    private final Container container;
    private final List<String> verbs;
    private final Map<String, String> given;
    private final Path directory;

    /**
     * Takes what it needs.
     *
     * @param given the arguments that are there already, by what they are called
     */
    Values(Container container, List<String> verbs, Map<String, String> given, Path directory) {
        this.container = container;
        this.verbs = verbs;
        this.given = given;
        this.directory = directory;
    }

    List<String> of(String command, String label, String word) {
        return switch (label) {
            case "NODE" -> command.equals("config") ? configured() : names().toList();
            case "NODES" -> several(word);
            case "PEER", "UPSTREAM" -> peers();
            case "RATE" -> RATES;
            case "WEIGHT" -> WEIGHTS;
            case "ALGORITHM" -> algorithms().distinct().toList();
            case "VERSIONS", "VERSION" ->
                versions(given.getOrDefault("ALGORITHM", ""), "").toList();
            case "APP" ->
                switch (command) {
                    case "stop", "terminate" -> applications();
                    case "topology" -> sessions();
                    case "join", "leave", "weights" ->
                        Stream.of(sessions(), slots(), applications())
                                .flatMap(List::stream)
                                .filter(app -> !app.equals("0"))
                                .distinct()
                                .toList();
                    default -> slots();
                };
            case "APP=ALGORITHM[@VERSIONS]" -> slot(word);
            case "BUNDLE|NODE[/APP]" -> explained();
            case "ROLLOUT" ->
                container.rollouts().get().stream()
                        .flatMap(rollouts -> rollouts.rollouts().stream())
                        .map(rollout -> Long.toString(rollout.id()))
                        .toList();
            case "TYPE" -> container.applicationTypes().get();
            case "TIME" -> command.equals("bandwidth") ? SHORT_TIMES : TIMES;
            case "KIND" -> List.copyOf(Kinds.all(container.events()));
            case "LEVEL" -> LogCommand.Severity.NAMES;
            case "BUNDLE" ->
                container.log().recent().stream()
                        .map(LogLine::bundle)
                        .distinct()
                        .sorted()
                        .toList();
            case "KEY=VALUE" -> settings(word);
            case "COMMAND" ->
                verbs.stream().filter(verb -> !verb.startsWith("_")).sorted().toList();
            case "PATH" -> files(word);
            default -> List.of();
        };
    }

    private Stream<String> names() {
        return container.nodes().list().stream().map(NodeStatus::name);
    }

    private List<String> configured() {
        return container.configurations().list().stream().map(NodeSetup::node).toList();
    }

    private List<String> several(String word) {
        String before = word.substring(0, word.lastIndexOf(',') + 1);
        List<String> taken = List.of(before.split(",", -1));
        Stream<String> free = names().filter(name -> !taken.contains(name)).map(name -> before + name);
        return before.isEmpty() ? Stream.concat(Stream.of(Names.ALL), free).toList() : free.toList();
    }

    private Stream<String> algorithms() {
        return container.repository().algorithms().stream().map(Offer::name);
    }

    private Stream<String> versions(String algorithm, String prefix) {
        return container.repository().algorithms().stream()
                .filter(offer -> offer.name().equals(algorithm))
                .map(offer -> prefix + offer.version());
    }

    private List<String> slot(String word) {
        int equals = word.indexOf('=');
        int at = word.indexOf('@');
        if (at > equals && equals > 0) {
            return versions(word.substring(equals + 1, at), word.substring(0, at + 1))
                    .toList();
        }
        String application = equals > 0 ? word.substring(0, equals) : "0";
        return algorithms()
                .distinct()
                .map(algorithm -> application + "=" + algorithm)
                .toList();
    }

    /** The nodes here by name, and the neighbours that the node has elsewhere. */
    private List<String> peers() {
        List<NodeStatus> here = container.nodes().list();
        Stream<String> others = chosen().flatMap(
                        node -> Stream.concat(node.upstreams().stream(), node.downstreams().stream()))
                .map(LinkStatus::peer)
                .filter(peer -> here.stream().noneMatch(node -> node.id().equals(peer)))
                .map(NodeId::toString);
        return Stream.concat(here.stream().map(NodeStatus::name), others)
                .distinct()
                .toList();
    }

    private List<String> sessions() {
        return container.nodes().list().stream()
                .flatMap(node -> node.sessions().stream())
                .map(session -> States.id(session.application()))
                .distinct()
                .toList();
    }

    private Stream<NodeStatus> chosen() {
        String first =
                given.getOrDefault("NODE", given.getOrDefault("NODES", "")).split(",", -1)[0];
        return first.equals(Names.ALL) ? container.nodes().list().stream() : container.nodes().status(first).stream();
    }

    private List<String> slots() {
        return chosen().flatMap(node -> node.slots().stream())
                .map(SlotStatus::application)
                .map(States::id)
                .distinct()
                .toList();
    }

    private List<String> applications() {
        return chosen().flatMap(node -> node.applications().stream())
                .map(ApplicationStatus::application)
                .map(States::id)
                .distinct()
                .toList();
    }

    private List<String> explained() {
        Stream<String> slots = container.nodes().list().stream()
                .flatMap(node -> node.slots().stream().map(slot -> node.name() + "/" + States.id(slot.application())));
        Stream<String> bundles = container.repository().algorithms().stream().map(Offer::bundle);
        return Stream.of(names(), slots, bundles).flatMap(all -> all).distinct().toList();
    }

    /** Keys, and behind one the value that it has. */
    private List<String> settings(String word) {
        return container.configurations().of(given.getOrDefault("NODE", "")).stream()
                .flatMap(setup -> setup.settings().stream())
                .flatMap(setting -> word.startsWith(setting.key() + "=")
                        ? setting.values().stream().map(value -> setting.key() + "=" + value)
                        : Stream.of(setting.key() + "="))
                .toList();
    }

    private List<String> files(String word) {
        String start = word.substring(0, word.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.list(directory.resolve(start))) {
            return files.limit(MOST_FILES)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(file -> start + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (IOException | InvalidPathException e) {
            return List.of(); // there is nothing to complete there
        }
    }
}
