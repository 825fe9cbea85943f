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
import java.util.List;
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
        List<String> configured = configured(directory);
        Steering steering = container.steering();
        follower.follow(directory);
        List<String> missing = await(steering, configured);
        show(steering, directory);
        missing.forEach(node -> out.println(node + " is not there: " + why(steering, node)));
        if (shell.serve() == Shell.End.INPUT_ENDED) {
            Standstill.untilInterrupted();
        }
        return missing.isEmpty() ? Overlay.OK : Overlay.FAILED;
    }

    private static List<String> configured(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
            }
        }
        return names.stream().sorted().toList();
    }

    /** Waits for the configured nodes; those that have not come are the answer. */
    private List<String> await(Steering steering, List<String> configured) throws InterruptedException {
        long began = ticker.now();
        List<String> missing = missing(steering, configured);
        while (!missing.isEmpty() && ticker.now() - began < PATIENCE.toNanos()) {
            ticker.pause(LOOK_EVERY);
            missing = missing(steering, configured);
        }
        return missing;
    }

    private static List<String> missing(Steering steering, List<String> configured) {
        return configured.stream()
                .filter(node -> steering.nodes().status(node).isEmpty())
                .toList();
    }

    private static String why(Steering steering, String node) {
        return steering.events().recent().stream()
                .filter(event -> event.node().equals(node))
                .map(Event::sentence)
                .reduce((first, last) -> last)
                .orElse("the log says why");
    }

    private void show(Steering steering, Path directory) {
        List<NodeStatus> nodes = steering.nodes().list();
        if (nodes.isEmpty()) {
            out.println("No nodes: there is no " + PREFIX + "NAME" + SUFFIX + " in " + directory);
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
