package ioverlay.cli;

import ioverlay.api.container.Event;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.cli.Table.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code overlay up}: the container with the nodes that files configure.
 *
 * <p><b>Threads:</b> one; an interrupt ends it.
 */
final class Up implements UpCommand.Container {
    private static final String PREFIX = "ioverlay.node~";
    private static final String SUFFIX = ".cfg.json";

    /** How long the configured nodes may take to listen. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Demo.Container container;
    private final Follower follower;
    private final Ticker ticker;
    private final PrintStream out;
    private final Shell shell;

    /** Makes configurations of a directory's files. */
    @FunctionalInterface
    interface Follower {
        void follow(Path directory) throws InterruptedException;
    }

    Up(Demo.Container container, Follower follower, Ticker ticker, PrintStream out, Shell shell) {
        this.container = container;
        this.follower = follower;
        this.ticker = ticker;
        this.out = out;
        this.shell = shell;
    }

    @Override
    public int run(Path data) throws IOException, InterruptedException {
        Path directory = DataDirectory.prepare(data);
        List<Wanted> configured = configured(directory);
        Steering steering = container.steering();
        follower.follow(directory);
        List<Wanted> missing = await(steering, configured);
        show(steering, directory, configured);
        missing.forEach(node -> out.println(node + " is not there: " + why(steering, node)));
        List<String> twice = twice(configured);
        twice.forEach(out::println);
        if (shell.serve() == Shell.End.INPUT_ENDED) {
            Standstill.untilInterrupted();
        }
        return missing.isEmpty() && twice.isEmpty() ? Overlay.OK : Overlay.FAILED;
    }

    /** A node that a file asks for. */
    private record Wanted(String node, String file) {
        @Override
        public String toString() {
            return node + " (" + file + ")";
        }
    }

    private static List<Wanted> configured(Path directory) throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                wanted.add(new Wanted(name(file), file.getFileName().toString()));
            }
        }
        return wanted.stream().sorted(Comparator.comparing(Wanted::file)).toList();
    }

    /** The setting {@code name}, else what the file's name says; so too if the file cannot be read, which the log says. */
    private static String name(Path file) {
        String fileName = file.getFileName().toString();
        String otherwise = fileName.substring(PREFIX.length(), fileName.length() - SUFFIX.length());
        try {
            Object set =
                    ConfigFiles.properties(Files.readString(file), fileName).get("name");
            return set == null ? otherwise : set.toString();
        } catch (IOException | IllegalArgumentException e) {
            return otherwise;
        }
    }

    /** What to say of nodes that several files ask for: one of them has it, the others wait. */
    private static List<String> twice(List<Wanted> configured) {
        Map<String, String> files = configured.stream()
                .collect(Collectors.toMap(
                        Wanted::node, Wanted::file, (one, other) -> one + " and " + other, TreeMap::new));
        return files.entrySet().stream()
                .filter(node -> configured.stream()
                                .filter(wanted -> wanted.node().equals(node.getKey()))
                                .count()
                        > 1)
                .map(node -> node.getKey() + " is asked for more than once, by " + node.getValue())
                .toList();
    }

    /** Waits for the configured nodes; those that have not come are the answer. */
    private List<Wanted> await(Steering steering, List<Wanted> configured) throws InterruptedException {
        long began = ticker.now();
        List<Wanted> missing = missing(steering, configured);
        while (!missing.isEmpty() && ticker.now() - began < PATIENCE.toNanos()) {
            ticker.pause(LOOK_EVERY);
            missing = missing(steering, configured);
        }
        return missing;
    }

    private static List<Wanted> missing(Steering steering, List<Wanted> configured) {
        return configured.stream()
                .filter(node -> steering.nodes().status(node.node()).isEmpty())
                .toList();
    }

    private static String why(Steering steering, Wanted node) {
        return steering.events().recent().stream()
                .filter(event -> event.node().equals(node.node()))
                .map(Event::sentence)
                .reduce((first, last) -> last)
                .orElse("the log says why");
    }

    private void show(Steering steering, Path directory, List<Wanted> configured) {
        List<NodeStatus> nodes = steering.nodes().list();
        if (nodes.isEmpty()) {
            out.println(
                    configured.isEmpty()
                            ? "No nodes: there is no " + PREFIX + "NAME" + SUFFIX + " in " + directory
                            : "No nodes");
            return;
        }
        Table table = new Table(Column.left("node"), Column.left("listens at"), Column.left("algorithms"));
        nodes.forEach(node -> table.row(node.name(), node.id().toString(), slots(node)));
        table.lines(Glyphs.of(out.charset())).forEach(out::println);
    }

    private static String slots(NodeStatus node) {
        return node.slots().stream().map(Up::slot).collect(Collectors.joining(", "));
    }

    private static String slot(SlotStatus slot) {
        return slot.application() + ": " + slot.algorithm() + " " + slot.version();
    }
}
