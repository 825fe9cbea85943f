package ioverlay.cli;

import ioverlay.api.NodeId;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.cli.Table.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code overlay up}, {@code observer} and {@code node}: the container with the nodes that files configure and the command
 * line asks for, and with who observes them. A file that is wrong at the start ends the command; one that comes or changes
 * later is told in the log.
 *
 * <p><b>Threads:</b> one; an interrupt ends it.
 */
final class Up implements UpCommand.Container {
    private final Demo.Container container;
    private final Opening opening;
    private final Follower follower;
    private final Watching watching;
    private final Ticker ticker;
    private final PrintStream out;
    private final Shell shell;

    /** Brings back what a directory's journal says. */
    @FunctionalInterface
    interface Opening {
        void open(Path directory, Events events) throws IOException, InterruptedException;
    }

    /** Makes configurations of a directory's files. */
    @FunctionalInterface
    interface Follower {
        void follow(Path directory) throws InterruptedException;
    }

    /** Opens what shows the nodes, before there are any. */
    @FunctionalInterface
    interface Watching {
        /**
         * Opens it.
         *
         * @param elsewhere the observer of this container's nodes, if it is not in this container
         * @param embedded the one in this container
         * @param directory where it keeps what outlives it
         */
        Watched begin(Optional<Endpoint> elsewhere, Optional<ObserverOptions> embedded, Path directory)
                throws IOException, InterruptedException;

        /** Closes it, before the container stops in whatever order it does and before its directory goes away. */
        default void end() {}
    }

    Up(
            Demo.Container container,
            Opening opening,
            Follower follower,
            Watching watching,
            Ticker ticker,
            PrintStream out,
            Shell shell) {
        this.container = container;
        this.opening = opening;
        this.follower = follower;
        this.watching = watching;
        this.ticker = ticker;
        this.out = out;
        this.shell = shell;
    }

    @Override
    public int run(UpOptions options) throws IOException, InterruptedException {
        Optional<JsonFile> ready = options.readyFile().map(file -> JsonFile.at(file, "--ready-file"));
        if (ready.isPresent()) {
            ready.get().forget();
        }
        if (options.data().isPresent()) {
            return watched(options, options.data().get(), ready);
        }
        Scratch scratch = Scratch.open("up");
        try {
            return watched(options, scratch.directory(), ready);
        } finally {
            scratch.close();
        }
    }

    private int watched(UpOptions options, Path data, Optional<JsonFile> ready)
            throws IOException, InterruptedException {
        try {
            return run(options, data, ready);
        } finally {
            watching.end();
        }
    }

    private int run(UpOptions options, Path data, Optional<JsonFile> ready) throws IOException, InterruptedException {
        Path directory = DataDirectory.prepare(data);
        List<NodeFile> configured = NodeFile.in(directory);
        Steering steering = container.steering();
        opening.open(directory, steering.events());
        Watched watched = watching.begin(options.observer(), options.embedded(), directory);
        follower.follow(directory);
        new Settling(steering.events(), ticker).await(configured);
        options.population().settle(steering.nodes());
        List<NodeFile> missing = missing(steering, configured);
        show(steering, directory, options, configured);
        if (options.data().isEmpty()) {
            out.println("Until it ends its data is in " + directory + ": run/overlay shell --data " + directory
                    + " opens another shell here");
        }
        missing.forEach(node -> out.println(node + " is not there: " + why(steering, node)));
        List<NodeId> nodes =
                steering.nodes().list().stream().map(NodeStatus::id).toList();
        watched.registration().await(nodes);
        watched.show(out);
        if (ready.isPresent()) {
            ready.get().write(watched.ready(nodes));
        }
        serve(options.shell());
        return missing.isEmpty() ? Overlay.OK : Overlay.FAILED;
    }

    private void serve(boolean wanted) {
        if (!wanted || shell.serve() == Shell.End.INPUT_ENDED) {
            Standstill.untilInterrupted();
        }
    }

    private static List<NodeFile> missing(Steering steering, List<NodeFile> configured) {
        return configured.stream()
                .filter(node -> steering.nodes().status(node.node()).isEmpty())
                .toList();
    }

    private static String why(Steering steering, NodeFile node) {
        return steering.events().recent().stream()
                .filter(event -> event.node().equals(node.node()))
                .map(Event::sentence)
                .reduce((first, last) -> last)
                .orElse("the log says why");
    }

    private void show(Steering steering, Path directory, UpOptions options, List<NodeFile> configured) {
        List<NodeStatus> nodes = steering.nodes().list();
        if (nodes.isEmpty()) {
            if (options.isObserverAlone()) {
                return;
            }
            out.println(
                    configured.isEmpty()
                            ? "No nodes: there is no " + NodeFile.PREFIX + "NAME" + NodeFile.SUFFIX + " in " + directory
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
