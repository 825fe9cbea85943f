package ioverlay.cli;

import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.cli.Table.Column;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code overlay up}: the container with the nodes that files configure. A file that is wrong at the start ends the
 * command; one that comes or changes later is told in the log.
 *
 * <p><b>Threads:</b> one; an interrupt ends it.
 */
final class Up implements UpCommand.Container {
    private final Demo.Container container;
    private final Opening opening;
    private final Follower follower;
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

    Up(Demo.Container container, Opening opening, Follower follower, Ticker ticker, PrintStream out, Shell shell) {
        this.container = container;
        this.opening = opening;
        this.follower = follower;
        this.ticker = ticker;
        this.out = out;
        this.shell = shell;
    }

    @Override
    public int run(Path data) throws IOException, InterruptedException {
        Path directory = DataDirectory.prepare(data);
        List<NodeFile> configured = NodeFile.in(directory);
        Steering steering = container.steering();
        opening.open(directory, steering.events());
        follower.follow(directory);
        new Settling(steering.events(), ticker).await(configured);
        List<NodeFile> missing = missing(steering, configured);
        show(steering, directory, configured);
        missing.forEach(node -> out.println(node + " is not there: " + why(steering, node)));
        if (shell.serve() == Shell.End.INPUT_ENDED) {
            Standstill.untilInterrupted();
        }
        return missing.isEmpty() ? Overlay.OK : Overlay.FAILED;
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

    private void show(Steering steering, Path directory, List<NodeFile> configured) {
        List<NodeStatus> nodes = steering.nodes().list();
        if (nodes.isEmpty()) {
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
